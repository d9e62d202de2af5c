/** Carries one announcement to its room, and sees to what comes of it: told, later, given up, or the room is lost. */
import type { Clock } from '../clock.ts';
import type { Waiting } from './outgoing.ts';
import { afterFailure, DATABASE, growingPause, isPast, type Trouble } from './patience.ts';
import { AnnounceError, type Announcer, type Due, type Outbox } from './ports.ts';
import type { Rooms } from './rooms.ts';
import { type Placed, tell } from './tell.ts';
import type { Room } from './watch.ts';

type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void;

export interface CourierOptions {
  readonly outbox: Outbox;
  readonly announcer: Announcer;
  readonly clock: Clock;
  readonly log: { readonly info: Write; readonly warn: Write; readonly error: Write };
  /** Called once a room and outage: the platform takes nothing there. `waiting` is how many wait for it. */
  readonly onRoomLost: (room: Room, reason: string, waiting: number) => void | Promise<void>;
}

/** What carrying needs beside its options. */
interface Bag extends CourierOptions {
  readonly rooms: Rooms;
  /** Epoch milliseconds that never go back. */
  readonly now: () => number;
  /** Ends every wait. */
  readonly signal: AbortSignal;
}

/** Never rejects. */
export async function carry(due: Due, bag: Bag): Promise<void> {
  const { waiting } = due;
  const { rooms, now, log } = bag;
  try {
    if (isPast(due, now())) return await giveUp(waiting, 'too old', bag);
    const placed = await attempt(due, bag);
    if (placed !== null) await remember(waiting, placed, bag);
  } catch (error) {
    log.error({ err: error, ...about(waiting) }, 'the outbox could not be written');
    // So that what could not be put off is not tried in a circle.
    const outage = new AnnounceError('unreachable', 'outbox', { cause: error });
    const trouble = afterFailure(rooms.trouble(waiting.room), waiting.room, outage, now());
    rooms.suffer({ ...trouble, restUntil: Math.min(trouble.restUntil, now() + DATABASE.longest) });
  }
}

/** Null when it was not told; what follows from that is seen to. */
async function attempt(due: Due, bag: Bag): Promise<Placed | null> {
  try {
    return await tell(due, bag.announcer);
  } catch (error) {
    const isKnown = error instanceof AnnounceError;
    const problem = isKnown ? error : new AnnounceError('unreachable', 'unknown', { cause: error });
    await putOff(due.waiting, problem, bag);
    return null;
  }
}

/** Nothing else is told in the room before this is in the outbox: after a restart it would be told again. */
async function remember(waiting: Waiting, { place, id }: Placed, bag: Bag): Promise<void> {
  const { outbox, rooms, now, log, clock, signal } = bag;
  const told = { slot: waiting.slot, room: waiting.room, place, id, at: now() };
  for (let tries = 0; ; tries += 1) {
    try {
      await outbox.told(waiting, told);
      if (rooms.recovered(waiting.room)) log.info(about(waiting), 'the room can be told again');
      return;
    } catch (error) {
      log.error({ err: error, ...about(waiting) }, 'what was told could not be remembered; trying again');
      await clock.sleep(growingPause(tries, DATABASE), signal);
    }
  }
}

async function putOff(waiting: Waiting, problem: AnnounceError, bag: Bag): Promise<void> {
  const { outbox, rooms, now, log } = bag;
  if (problem.code === 'unfit') {
    log.error({ err: problem, ...about(waiting) }, 'the platform does not take this announcement');
    return giveUp(waiting, problem.reason, bag);
  }
  const before = rooms.trouble(waiting.room);
  const after = afterFailure(before, waiting.room, problem, now());
  rooms.suffer(after);
  if (before === undefined) log.warn({ err: problem, ...about(waiting) }, 'a room could not be told');
  await outbox.postpone(waiting, after.restUntil);
  if (before?.lost == null && after.lost !== null) await lose(after, after.lost.reason, bag);
}

async function lose(trouble: Trouble, reason: string, bag: Bag): Promise<void> {
  const { outbox, rooms, log, onRoomLost } = bag;
  const { room } = trouble;
  log.error({ platform: room.platform, room: room.room, reason }, 'a room is lost');
  try {
    await onRoomLost(room, reason, await outbox.count(room));
  } catch (error) {
    log.error(
      { err: error, room: room.room },
      'that a room is lost could not be passed on; the next try does',
    );
    rooms.suffer({ ...trouble, lost: null });
  }
}

async function giveUp(waiting: Waiting, why: string, { outbox, log }: Bag): Promise<void> {
  log.warn({ ...about(waiting), why }, 'an announcement was given up');
  await outbox.giveUp(waiting);
}

function about({ room, slot }: Waiting): Readonly<Record<string, unknown>> {
  return { platform: room.platform, room: room.room, slot };
}
