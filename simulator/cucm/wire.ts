/** Puts answers on the wire, and the worst of them not quite. */
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { SimulatorClock } from '../stand-in/time.ts';
import type { HttpReply } from './http-reply.ts';
import type { WireMisbehaviour } from './misbehave.ts';

const squeeze = promisify(gzip);
const WORTH_SQUEEZING = 500;
const DRIP_MS = 200;
const HUGE_CHUNK = 'x'.repeat(1 << 20);
const HUGE_CHUNKS = 200;

export interface SendOptions {
  readonly gzip: boolean;
  readonly clock: SimulatorClock;
}

export async function send(response: ServerResponse, reply: HttpReply, options: SendOptions): Promise<void> {
  const body = Buffer.from(reply.body);
  setHeaders(response, reply, options);
  if (!options.gzip || body.length < WORTH_SQUEEZING) {
    response.writeHead(reply.status, { 'content-length': body.length }).end(body);
    return;
  }
  const squeezed = await squeeze(body, { level: constants.Z_BEST_SPEED });
  response
    .writeHead(reply.status, {
      'content-encoding': 'gzip',
      'content-length': squeezed.length,
      vary: 'Accept-Encoding',
    })
    .end(squeezed);
}

/** The Date header tells the simulator's time, which a test may have set. */
function setHeaders(response: ServerResponse, reply: HttpReply, { clock }: SendOptions): void {
  response.setHeader('date', new Date(clock.now()).toUTCString());
  response.setHeader('content-type', reply.contentType);
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
}

/** Sends it as `kind` does. Resolves when the connection is done with, or for `hang` and `silent` at once. */
export async function sendBadly(
  kind: WireMisbehaviour,
  response: ServerResponse,
  reply: HttpReply,
  options: SendOptions,
): Promise<void> {
  const body = Buffer.from(reply.body);
  setHeaders(response, reply, options);
  switch (kind) {
    case 'silent':
      return;
    case 'reset':
      response.destroy();
      return;
    case 'hang':
      response.writeHead(reply.status, { 'content-length': body.length }).flushHeaders();
      return;
    case 'cut':
      response.writeHead(reply.status, { 'content-length': body.length });
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
      return;
    case 'drip':
      response.writeHead(reply.status, { 'content-length': body.length });
      return drip(response, body, options.clock);
    case 'huge':
      response.writeHead(reply.status);
      return pour(response, body);
  }
}

async function drip(response: ServerResponse, body: Buffer, clock: SimulatorClock): Promise<void> {
  for (let index = 0; index < body.length && !response.destroyed; index += 1) {
    response.write(body.subarray(index, index + 1));
    await clock.sleep(DRIP_MS);
  }
  response.end();
}

/** Goes on for 200 MB, no faster than the reader, and stops when the reader has gone. */
async function pour(response: ServerResponse, body: Buffer): Promise<void> {
  response.write(body.subarray(0, Math.floor(body.length / 2)));
  for (let sent = 0; sent < HUGE_CHUNKS && !response.destroyed; sent += 1) {
    if (!response.write(HUGE_CHUNK)) await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
