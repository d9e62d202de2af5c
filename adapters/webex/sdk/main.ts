/**
 * The process that the framework and the SDK live in, apart from everything else: they are heavy, leave rejections unhandled and
 * never end. It is told over the channel to its parent, by a link, what to connect with, and goes with its parent.
 */
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { systemClock } from '../../../src/clock.ts';
import type { Connection, Listener } from './connection.ts';
import type { FromChild, Order, ToChild } from './protocol.ts';
import { isToken, NOT_ACCEPTED, readFailure, reasonOf } from './trouble.ts';

/** Of taking the device back, before the process ends without it. */
const FAREWELL_MS = 2_000;

let connection: Connection | null = null;
let isLeaving = false;
/** The last words; awaited, since a process that ends takes along what was not sent yet. */
let said: Promise<unknown> = Promise.resolve();

function say(words: FromChild): void {
  // A parent that is gone hears nothing more; `disconnect` comes for that.
  if (process.connected) said = new Promise((resolve) => process.send?.(words, resolve));
}

/**
 * Ends by a signal: the usual way out waits for V8's threads, and one of them may be waiting for memory that only the main thread
 * could free. The process would stand still for ever.
 */
async function leave(): Promise<void> {
  if (isLeaving) return;
  isLeaving = true;
  const farewell = Promise.allSettled([said, connection?.close()]);
  await Promise.race([farewell, systemClock.sleep(FAREWELL_MS)]);
  process.kill(process.pid, 'SIGKILL');
}

const listener: Listener = {
  open: () => say({ type: 'open' }),
  closed(reason) {
    if (!isLeaving) say({ type: 'closed', reason });
  },
  trouble(reason) {
    if (!isLeaving) say({ type: 'trouble', reason });
  },
  notice: (notice) => say({ type: 'notice', notice }),
  failed(reason) {
    say({ type: 'failed', reason, isRefused: false });
    void leave();
  },
};

async function connect(order: Order): Promise<void> {
  if (!isToken(order.token)) {
    say({ type: 'failed', reason: 'not the token of a bot', isRefused: true });
    await leave();
    return;
  }
  if (order.authorities.length > 0) {
    setDefaultCACertificates([...getCACertificates('default'), ...order.authorities]);
  }
  const { createConnection } = await import('./connection.ts');
  say({ type: 'loaded' });
  connection = createConnection(order, systemClock, listener);
  try {
    await connection.start();
  } catch (error) {
    complain(error);
    say(failure(error));
    await leave();
  }
}

/** Without a reason of its own, the last call that failed is the reason. */
function failure(error: unknown): FromChild {
  const isRefused = reasonOf(readFailure({}, error)) === NOT_ACCEPTED;
  return { type: 'failed', reason: isRefused ? NOT_ACCEPTED : '', isRefused };
}

/** For the parent's log, which knows what must not stand in it. */
function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}

process.on('message', (words: ToChild) => {
  switch (words.type) {
    case 'connect':
      void connect(words.order);
      break;
    case 'ping':
      say({ type: 'pong' });
      break;
    case 'stop':
      void leave();
      break;
  }
});
process.on('disconnect', () => void leave());
process.on('SIGTERM', () => void leave());
// Whoever presses Ctrl-C or hangs up means the parent, which says so here.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('unhandledRejection', complain);
process.on('uncaughtException', (error) => {
  complain(error);
  process.kill(process.pid, 'SIGKILL');
});
