/** Socket Mode: tickets, open sockets, envelopes and their acknowledgements. https://docs.slack.dev/apis/events-api/using-socket-mode */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject, type JsonObject, readJson, textAt } from './json.ts';
import { SOCKETS } from './limits.ts';
import type { World } from './world.ts';

export interface Sockets {
  /** The address of one new socket; null when there are ten already. */
  ticket(): string | null;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends to any one socket; false when there is none. */
  send(envelope: JsonObject, heard: Heard): boolean;
  count(): number;
  /** Resolves once so many are open. */
  opened(count: number): Promise<void>;
  /** Tells all that they will be closed, and closes them. */
  refresh(reason: string): void;
  /** Breaks all without a word. */
  drop(): void;
  /** So many acknowledgements are lost on the way. */
  loseNext: number;
}

export interface Heard {
  acknowledged(answer: JsonObject): void;
  /** The socket went away before. */
  lost(): void;
}

type Pending = Map<string, Heard>;
type Open = Map<WebSocket, Pending>;

export function createSockets(world: World): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open: Open = new Map();
  const waiting = new Set<{ count: number; resolve: () => void }>();
  let turn = 0;
  const ready = () => [...open].filter(([socket]) => socket.readyState === socket.OPEN);

  function welcome(socket: WebSocket): void {
    attend(open, socket, (heard, answer) => {
      sockets.loseNext -= 1;
      if (sockets.loseNext >= 0) return false;
      sockets.loseNext = 0;
      heard.acknowledged(answer);
      return true;
    });
    socket.send(JSON.stringify(hello(world, open.size)));
    for (const one of waiting) {
      if (open.size < one.count) continue;
      waiting.delete(one);
      one.resolve();
    }
  }

  const sockets: Sockets = {
    loseNext: 0,
    count: () => ready().length,
    ticket() {
      if (ready().length >= SOCKETS) return null;
      const ticket = world.ids.secret();
      tickets.add(ticket);
      return `${world.origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${world.bot.appId}`;
    },
    upgrade(request, socket, head) {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (pathname !== '/link/' || !tickets.delete(searchParams.get('ticket') ?? '')) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },
    send(envelope, heard) {
      const able = ready();
      turn += 1;
      const [socket, pending] = able[turn % Math.max(able.length, 1)] ?? [];
      if (socket === undefined || pending === undefined) return false;
      pending.set(textAt(envelope, 'envelope_id') ?? '', heard);
      socket.send(JSON.stringify(envelope));
      return true;
    },
    opened: (count) =>
      new Promise((resolve) => {
        if (ready().length >= count) resolve();
        else waiting.add({ count, resolve });
      }),
    refresh: (reason) => recycle(open.keys(), reason),
    drop() {
      for (const socket of open.keys()) socket.terminate();
    },
  };
  return sockets;
}

/** Keeps an open socket and what waits on it; `take` says whether an acknowledgement arrived or was lost on the way. */
function attend(open: Open, socket: WebSocket, take: (heard: Heard, answer: JsonObject) => boolean): void {
  const pending: Pending = new Map();
  open.set(socket, pending);
  socket.on('message', (data) => {
    const said = readJson(String(data));
    if (!isObject(said)) return;
    const id = textAt(said, 'envelope_id') ?? '';
    const heard = pending.get(id);
    const answer = said['payload'];
    if (heard !== undefined && take(heard, isObject(answer) ? answer : {})) pending.delete(id);
  });
  // A client that breaks off in the middle is nothing that the stand-in has to tell anybody.
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    open.delete(socket);
    for (const heard of pending.values()) heard.lost();
  });
}

function recycle(sockets: Iterable<WebSocket>, reason: string): void {
  for (const socket of sockets) {
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: '127.0.0.1' } }));
    // A warning comes ten seconds before; the end itself is another call.
    if (reason !== 'warning') socket.close(1000);
  }
}

function hello(world: World, connections: number): JsonObject {
  return {
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: world.bot.appId },
    debug_info: { host: '127.0.0.1', build_number: 1, approximate_connection_time: 18_060 },
  };
}
