/** A chat platform that is no more than its rooms: it confirms after a moment, keeps everything, and knows no message twice. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from '../../simulator/cucm/random.ts';
import { systemClock } from '../../src/clock.ts';

export interface Message {
  readonly id: string;
  /** The life of the sender in which it came. */
  readonly life: number;
  readonly room: string;
  /** The message that it answers. */
  readonly thread: string | null;
  readonly key: string;
  readonly title: string;
  /** As it was posted, and as it is now. */
  readonly data: unknown;
  now: unknown;
  /** Epoch milliseconds. */
  readonly at: number;
  /** When the confirmation was handed to a connection that still stood; null: it never was. */
  confirmedAt: number | null;
}

export interface RoomServer {
  readonly url: string;
  readonly messages: readonly Message[];
  /** How many changes came, and what was wrong with what was sent. */
  changes(): number;
  readonly faults: readonly string[];
  /** Rooms that have been told something which is not confirmed yet. */
  underWay(): ReadonlySet<string>;
  close(): Promise<void>;
}

/** Milliseconds until a message is confirmed. */
const LEAST_MS = 3;
const MOST_MS = 60;
/** Before it is in the room, and then until the confirmation goes out. */
const ARRIVAL_SHARE = 0.3;

interface Sent {
  readonly life: number;
  readonly room?: string;
  readonly thread?: string | null;
  readonly key?: string;
  readonly id?: string;
  readonly title: string;
  readonly data: unknown;
}

export async function startRoomServer(random: Random): Promise<RoomServer> {
  const messages: Message[] = [];
  const byId = new Map<string, Message>();
  const faults: string[] = [];
  const underWay = new Map<string, number>();
  let changes = 0;

  function post({ life, room = '', thread = null, key = '', title, data }: Sent): Message {
    const id = String(messages.length + 1);
    const message = {
      id,
      life,
      room,
      thread,
      key,
      title,
      data,
      now: data,
      at: Date.now(),
      confirmedAt: null,
    };
    if (room === '' || key === '') faults.push(`without room or key: ${title}`);
    if (thread !== null && byId.get(thread)?.room !== room) faults.push(`answers nothing: ${title}`);
    messages.push(message);
    byId.set(id, message);
    return message;
  }

  function change({ id = '', title, data }: Sent): Message | null {
    const message = byId.get(id) ?? null;
    changes += 1;
    if (message === null) faults.push(`changes nothing: ${title}`);
    else message.now = data;
    return message;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = JSON.parse(Buffer.concat(await request.toArray()).toString()) as Sent;
    const room = sent.room ?? byId.get(sent.id ?? '')?.room ?? '';
    const takesMs = LEAST_MS + random.next() * (MOST_MS - LEAST_MS);
    underWay.set(room, (underWay.get(room) ?? 0) + 1);
    await systemClock.sleep(takesMs * ARRIVAL_SHARE);
    // Whoever sent it may be dead by now: the message is on its way all the same.
    const isPost = request.url === '/post';
    const message = isPost ? post(sent) : change(sent);
    await systemClock.sleep(takesMs * (1 - ARRIVAL_SHARE));
    underWay.set(room, (underWay.get(room) ?? 1) - 1);
    if (isPost && message !== null && !response.destroyed) message.confirmedAt = Date.now();
    response.end(JSON.stringify({ id: message?.id ?? '' }));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    changes: () => changes,
    faults,
    underWay: () => new Set([...underWay].flatMap(([room, count]) => (count > 0 ? [room] : []))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
