/** The websocket: a token first, then the news, each with a number, and pongs. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { uuidOf } from '../ids.ts';
import { isObject, type JsonObject, readJson, textAt } from '../json.ts';

/** As the close codes of the real one are read by the SDK. */
const BAD_TOKEN = 4401;
const NO_DEVICE = 4404;

export interface Mercury {
  /** `device` is who it is for; null when there is no such device. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, device: string | null): void;
  /** To every socket whose token was accepted. */
  send(data: JsonObject): void;
  /** Accepted ones that are still open. */
  count(): number;
  opened(count: number): Promise<void>;
  /** Breaks all without a word; only those of one device, if one is named. */
  drop(device?: string): void;
  /** Closes all with a code and a reason. */
  close(code: number, reason: string): void;
  /** Open sockets say nothing any more, pongs neither; new ones are let in and say nothing. */
  isSilent: boolean;
}

export interface MercuryOptions {
  readonly token: (token: string) => boolean;
  readonly now: () => number;
}

interface Line {
  readonly socket: WebSocket;
  readonly device: string;
  /** Whether its token was accepted. */
  isKnown: boolean;
  /** Of the last thing said. */
  number: number;
}

export function createMercury({ token, now }: MercuryOptions): Mercury {
  const server = new WebSocketServer({ noServer: true });
  const lines = new Set<Line>();
  const waiting = new Set<{ count: number; resolve: () => void }>();
  const known = () =>
    [...lines].filter(({ isKnown, socket }) => isKnown && socket.readyState === socket.OPEN);

  function tell(line: Line, data: JsonObject): void {
    line.number += 1;
    const id = uuidOf(`${line.device} ${line.number}`);
    if (mercury.isSilent) return;
    line.socket.send(JSON.stringify({ id, data, timestamp: now(), sequenceNumber: line.number }));
  }

  function welcome(line: Line): void {
    attend(line, {
      pong(id) {
        if (!mercury.isSilent) line.socket.send(JSON.stringify({ id, type: 'pong' }));
      },
      authorized(bearer) {
        if (!token(bearer)) {
          line.socket.close(BAD_TOKEN, 'authentication failed');
          return;
        }
        line.isKnown = true;
        tell(line, { eventType: 'mercury.buffer_state', bufferState: { general: 'EMPTY' } });
        for (const one of waiting) {
          if (known().length < one.count) continue;
          waiting.delete(one);
          one.resolve();
        }
      },
      gone: () => void lines.delete(line),
    });
  }

  const mercury: Mercury = {
    isSilent: false,
    upgrade(request, socket, head, device) {
      server.handleUpgrade(request, socket, head, (open) => {
        if (device === null) {
          open.close(NO_DEVICE, 'not found');
          return;
        }
        const line = { socket: open, device, isKnown: false, number: 0 };
        lines.add(line);
        welcome(line);
      });
    },
    send(data) {
      for (const line of known()) tell(line, data);
    },
    count: () => known().length,
    opened: (count) =>
      new Promise((resolve) => {
        if (known().length >= count) resolve();
        else waiting.add({ count, resolve });
      }),
    drop(device) {
      for (const line of lines) if (device === undefined || device === line.device) line.socket.terminate();
    },
    close(code, reason) {
      for (const { socket } of known()) socket.close(code, reason);
    },
  };
  return mercury;
}

interface Heard {
  pong(id: unknown): void;
  authorized(bearer: string): void;
  gone(): void;
}

function attend({ socket }: Line, heard: Heard): void {
  socket.on('message', (text) => {
    const said = readJson(String(text));
    if (!isObject(said)) return;
    if (said['type'] === 'ping') heard.pong(said['id']);
    if (said['type'] !== 'authorization') return;
    const data = isObject(said['data']) ? said['data'] : {};
    heard.authorized((textAt(data, 'token') ?? '').replace(/^Bearer /, ''));
  });
  // A client that breaks off in the middle is nothing that the stand-in has to tell anybody.
  socket.on('error', () => socket.terminate());
  socket.on('close', heard.gone);
}
