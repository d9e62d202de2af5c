/** The cloud on a server of its own, with as much of the REST API as the SDK cannot do without. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { realTime } from '../../../simulator/stand-in/time.ts';
import { type Cloud, createCloud } from '../../../simulator/webex/cloud/cloud.ts';
import { idOf, uuidOf } from '../../../simulator/webex/ids.ts';
import type { Occurrence } from '../../../simulator/webex/occurrence.ts';

export const BOT = idOf('PEOPLE', uuidOf('the bot'));
export const ANNA = idOf('PEOPLE', uuidOf('anna'));
export const ROOM = idOf('ROOM', uuidOf('a room'));
const BOT_ACCOUNT = {
  id: BOT,
  type: 'bot',
  emails: ['risbot@webex.bot'],
  displayName: 'risbot',
  orgId: 'org',
};

export interface Host {
  readonly url: string;
  readonly cloud: Cloud;
  readonly token: string;
  /** Calls of the REST API, `GET /v1/people/me`. */
  readonly calls: string[];
  /** What the next calls of the REST API get instead of an answer; empty: the answer. */
  readonly instead: { readonly status: number; readonly retryAfter?: number }[];
  accept(isGood: boolean): void;
  stop(): Promise<void>;
}

export async function startHost(port = 0): Promise<Host> {
  const token = `not-a-real-token_PF84_${uuidOf('org')}`;
  let isGood = true;
  let url = '';
  const calls: string[] = [];
  const instead: { readonly status: number; readonly retryAfter?: number }[] = [];
  const accepts = (bearer: string) => isGood && bearer === token;
  const cloud = createCloud({ origin: () => url, token: accepts, clock: realTime, bot: () => BOT });
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { pathname } = new URL(request.url ?? '/', url);
    if (cloud.handles(pathname)) {
      await cloud.handle(request, response, Buffer.concat(chunks));
      return;
    }
    calls.push(`${request.method} ${pathname}`);
    const spoilt = instead.shift();
    const bearer = (request.headers.authorization ?? '').replace('Bearer ', '');
    const status = spoilt?.status ?? (accepts(bearer) ? 200 : 401);
    const wait = spoilt?.retryAfter === undefined ? {} : { 'retry-after': String(spoilt.retryAfter) };
    response.writeHead(status, { 'content-type': 'application/json', ...wait });
    const body =
      pathname === '/v1/people/me' ? BOT_ACCOUNT : { id: pathname.split('/').at(-1), personId: ANNA };
    response.end(JSON.stringify(status === 200 ? body : { message: 'no' }));
  });
  server.on('upgrade', cloud.upgrade);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    cloud,
    token,
    calls,
    instead,
    accept(good) {
      isGood = good;
    },
    stop() {
      cloud.drop();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const data = (resource: Occurrence['resource'], id: string, personId: string) => ({
  id,
  personId,
  roomId: ROOM,
  roomType: 'group',
  ...(resource === 'attachmentActions' ? { messageId: idOf('MESSAGE', uuidOf('a card')) } : {}),
});

/** That somebody wrote a message. */
export function wrote(id: string, personId = ANNA): Occurrence {
  return {
    resource: 'messages',
    event: 'created',
    actorId: personId,
    data: data('messages', id, personId),
    at: 1_000,
  };
}

/** That somebody pressed a button. */
export function pressed(id: string, personId = ANNA): Occurrence {
  const what = data('attachmentActions', id, personId);
  return { resource: 'attachmentActions', event: 'created', actorId: personId, data: what, at: 1_000 };
}

export const messageId = (name: string) => idOf('MESSAGE', uuidOf(`message ${name}`));
export const actionId = (name: string) => idOf('ATTACHMENT_ACTION', uuidOf(`action ${name}`));
