/** The PostgreSQL of the tests: RISBOT_TEST_POSTGRES names one, `.ci/run` starts one. Each test has a schema of its own there. */
import { Client } from 'pg';

// biome-ignore lint/style/noProcessEnv: an optional input of these tests alone, not of risbot.
const { RISBOT_TEST_POSTGRES = '', RISBOT_REQUIRE = '' } = process.env;

/** `postgres://user:password@host:port/database`; blank when there is none. */
export const POSTGRES = RISBOT_TEST_POSTGRES;

/** Where it is required, its absence is a failure. */
export const IS_REQUIRED = RISBOT_REQUIRE.split(',').includes('postgres');

let count = 0;

/** A new, empty schema: its name, and the URL of a database that knows no other. */
export async function freshSchema(): Promise<{ readonly schema: string; readonly url: string }> {
  count += 1;
  const schema = `test_${process.pid}_${count}`;
  await onServer(`create schema ${schema}`);
  return { schema, url: withOptions(`-c search_path=${schema}`) };
}

/** The URL with more of libpq's `options`. */
export function withOptions(options: string, base = POSTGRES): string {
  const url = new URL(base);
  url.searchParams.set('options', [url.searchParams.get('options') ?? '', options].join(' ').trim());
  return url.href.replaceAll('+', '%20');
}

/** Statements as the server's owner. */
export async function onServer(statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client(POSTGRES);
  await client.connect();
  try {
    return (await client.query(statement)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

/** Removes the schemas of this process. */
export async function dropSchemas(): Promise<void> {
  for (let n = 1; n <= count; n += 1)
    await onServer(`drop schema if exists test_${process.pid}_${n} cascade`);
}
