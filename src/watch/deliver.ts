/**
 * Committed announcements reach the rooms: side by side, and each room's in order, one at a time. At least once: a message counts as
 * told when the outbox has it, so that a crash repeats no more than the one that was under way.
 */
import { type CourierOptions, carry } from './courier.ts';
import { DATABASE, growingPause } from './patience.ts';
import type { Due } from './ports.ts';
import { createRooms, type DeliveryStatus } from './rooms.ts';
import { createSteadyTime } from './steady.ts';
import { createWaiter } from './waiter.ts';
import { roomKey } from './watch.ts';

export interface DeliveryOptions extends CourierOptions {
  /** Epoch milliseconds that it is at least, whatever the clock says: the last look that is remembered. */
  readonly floor?: number;
  /** Stops it, as `stop` does. */
  readonly signal?: AbortSignal;
}

export interface Delivery {
  start(): void;
  /** Something was committed. */
  wake(): void;
  /** Resolves when what is under way has come to its end, or after a few seconds without. */
  stop(): Promise<void>;
  status(): DeliveryStatus;
}

/** While rooms are being told, others are looked for this often; what is committed meanwhile wakes it. Milliseconds. */
const BUSY_LOOK_MS = 2_000;
/** While something waits for a room that rests, the outbox cannot say when the next of another room is due. Milliseconds. */
const RESTING_LOOK_MS = 10_000;
/** What was just committed may be due by a clock that is a little ahead of this one. Milliseconds. */
const COMMITTED_LOOK_MS = 50;
const LAST_DELIVERIES_MS = 5_000;

/** Does nothing before `start`. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { clock, log } = options;
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, ...(options.signal ? [options.signal] : [])]);
  const now = createSteadyTime(clock, options.floor ?? 0);
  const waiter = createWaiter(clock, signal);
  const rooms = createRooms();
  const look = createLook({ ...options, rooms, now, signal }, waiter.call);
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      let pauseMs = growingPause(failures, DATABASE);
      try {
        pauseMs = await look.again();
        failures = 0;
      } catch (error) {
        log.error({ err: error }, 'what is to be told could not be read; trying again');
        failures += 1;
      }
      // Only stopping ends a wait in another way.
      await waiter.wait(pauseMs).catch(() => {});
    }
  }

  return {
    start() {
      running ??= run();
    },
    wake() {
      look.isStale();
      waiter.call();
    },
    async stop() {
      ending.abort();
      const over = new AbortController();
      const late = clock.sleep(LAST_DELIVERIES_MS, over.signal).catch(() => {});
      await Promise.race([Promise.all([running, rooms.idle()]), late]);
      over.abort();
    },
    status: () => rooms.status(now()),
  };
}

interface Look {
  /** Begins with everything that may be begun with. Milliseconds until the next look. Rejects as the outbox does. */
  again(): Promise<number>;
  /** What was read is not the latest any more. */
  isStale(): void;
}

function createLook(bag: Parameters<typeof carry>[1], onDone: () => void): Look {
  const { outbox, rooms, now } = bag;
  let ready: readonly Due[] = [];
  let isStale = true;

  /** Reads no more often than needed: with a thousand rooms in line, one that is done makes room for the next of those. */
  async function refresh(time: number): Promise<void> {
    // What these are told now may still stand in a list that is read at the same time.
    const busy = rooms.busy();
    const due = await outbox.due(time);
    ready = due.filter(({ waiting: { room } }) => !busy.has(roomKey(room)) && rooms.isOpen(room, time));
  }

  function begin(time: number): void {
    ready = ready.filter((due) => {
      const { room } = due.waiting;
      const isFree = rooms.isFree(room, time);
      if (isFree) rooms.begin(room, carry(due, bag), onDone);
      return !isFree;
    });
  }

  async function untilNext(time: number, longestMs: number): Promise<number> {
    if (rooms.busy().size > 0) return Math.min(BUSY_LOOK_MS, longestMs);
    const next = (await outbox.next()) ?? Number.POSITIVE_INFINITY;
    return next > time ? next - time : Math.min(longestMs, rooms.restEndsIn(time));
  }

  return {
    async again() {
      const time = now();
      const wasStale = isStale;
      isStale = false;
      if (wasStale || !ready.some(({ waiting }) => rooms.isFree(waiting.room, time))) await refresh(time);
      begin(time);
      return untilNext(time, wasStale ? COMMITTED_LOOK_MS : RESTING_LOOK_MS);
    },
    isStale() {
      isStale = true;
    },
  };
}
