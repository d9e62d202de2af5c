/** One connection to PostgreSQL, made when it is needed and made anew when it broke; whoever wants it waits in line. */
import type { ConnectionOptions } from 'node:tls';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { Client, type ClientConfig } from 'pg';

export interface Connection extends PostgresPool {
  /** Gives the connection up: the next statement gets another. */
  drop(): void;
}

/**
 * A URL that asks for TLS says what is checked only where it switches checking off; what it leaves open pg leaves to a variable of the
 * environment. Its type does not know the settings that it has made of the URL.
 */
function checking(client: Client): Client {
  const { connection } = client as unknown as { connection: { ssl?: boolean | ConnectionOptions } };
  if (connection.ssl === true) connection.ssl = { rejectUnauthorized: true };
  else if (connection.ssl) connection.ssl.rejectUnauthorized ??= true;
  return client;
}

/** `begin` is run on each new connection before anything else; what it throws is thrown to whoever wanted to use it. */
export function createConnection(config: ClientConfig, begin: (client: Client) => Promise<void>): Connection {
  let client: Client | null = null;
  let line: Promise<void> = Promise.resolve();

  async function connect(): Promise<PostgresPoolClient> {
    const before = line;
    const { promise, resolve: leave } = Promise.withResolvers<void>();
    line = promise;
    await before;
    try {
      const open = client ?? (await openClient());
      client = open;
      // Kysely hands an error in when it could not leave the connection as it found it.
      const release = (error?: unknown) => {
        if (error) drop(open);
        leave();
      };
      return Object.assign(open, { release }) as unknown as PostgresPoolClient;
    } catch (error) {
      leave();
      throw error;
    }
  }

  async function openClient(): Promise<Client> {
    const fresh = checking(new Client(config));
    // What breaks between two statements has nobody else to tell.
    for (const event of ['error', 'end'] as const) fresh.on(event, () => drop(fresh));
    try {
      await fresh.connect();
      await begin(fresh);
      return fresh;
    } catch (error) {
      drop(fresh);
      throw error;
    }
  }

  function drop(broken: Client | null): void {
    if (client === broken) client = null;
    broken?.end().catch(() => {});
  }

  return {
    connect,
    options: {},
    drop: () => drop(client),
    async end() {
      await line;
      const last = client;
      client = null;
      await last?.end();
    },
  };
}
