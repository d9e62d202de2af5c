/** Servers on loopback for one test each: what a CUCM might do to a client, done for real. */
import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { createServer as createNet } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Seen {
  readonly headers: IncomingMessage['headers'];
  readonly url: string;
  readonly body: string;
}

export type Answer = (request: Seen, response: ServerResponse, nth: number) => void;

export interface Running {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Whole requests, in their order. */
  readonly seen: Seen[];
  /** Connections that carried at least a byte of HTTP or TLS. */
  readonly connections: () => number;
}

/** An HTTP server, or an HTTPS one with `tls`; gone when the test is over. */
export async function serve(answer: Answer, tls?: ServerOptions): Promise<Running> {
  const seen: Seen[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ headers: request.headers, url: request.url ?? '', body: Buffer.concat(chunks).toString() });
      answer(seen.at(-1)!, response, seen.length);
    });
  };
  const server = tls === undefined ? createHttp(listener) : createHttps(tls, listener);
  // A client that refuses the certificate is what some tests are about.
  server.on('tlsClientError', () => {});
  return await listen(server, tls === undefined ? 'http' : 'https', seen);
}

/** A bare TCP server. */
export async function serveSocket(accept: (socket: Socket) => void): Promise<Running> {
  const server = createNet((socket) => {
    socket.on('error', () => {});
    accept(socket);
  });
  return await listen(server, 'http', []);
}

async function listen(server: NetServer, protocol: string, seen: Seen[]): Promise<Running> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${protocol}://127.0.0.1:${port}`, port, seen, connections: () => connections };
}
