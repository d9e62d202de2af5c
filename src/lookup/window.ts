/**
 * The window that holds always: so many requests in any 60 s, as CUCM counts them. Times are on the monotonic clock but for those of an
 * earlier process.
 */
import type Bottleneck from 'bottleneck';
import type { Clock } from '../clock.ts';
import { createLimiter } from './limiter.ts';
import { WINDOW_MS } from './turn.ts';

/** Two at once: a slow reply of thousands of rows does not hold up a question about one phone. */
const AT_ONCE = 2;

/** Added to the window, because two clocks never agree to the millisecond. */
const MARGIN_MS = 500;

/** A request that was under way when its process died reached the server until then, or a little later what was on the wire. */
const TRANSIT_MS = 10_000;

/** No request takes longer: the highest of the time limits that can be configured. */
const LONGEST_MS = 600_000;

/** A request of an earlier process; epoch milliseconds. */
export interface SpentRequest {
  readonly at: number;
  /** Null: nobody knows, the process died first. */
  readonly endedAt: number | null;
}

/** One request of the allowance, while it is taken. */
export interface Place {
  /** When it comes back; infinite while the request is under way. */
  backAt: number;
}

export interface Window {
  /** For the paces to chain to. */
  readonly limiter: Bottleneck;
  /** To be called in the limiter's turn. */
  take(): Place;
  /** Used: a window after now. Unused: at once. */
  giveBack(place: Place, used: boolean): Promise<void>;
  /** Keeps every free place for a window, and those beyond `allowance` for good. */
  hold(allowance: number): void;
  free(): number;
  /** When each place can be used, soonest first. */
  freeAt(): readonly number[];
}

export interface WindowOptions {
  /** Requests in any 60 s. */
  readonly size: number;
  readonly spent: readonly SpentRequest[];
  readonly clock: Clock;
  /** Lets go of the timers that give places back. */
  readonly stopped: AbortSignal;
}

export function createWindow({ size, spent, clock, stopped }: WindowOptions): Window {
  const taken = new Set<Place>(stillTaken(spent, clock));
  let allowance = size;
  /** Bottleneck's own count, followed here because it can only be read a moment later. */
  let free = Math.max(0, size - taken.size);
  const limiter = createLimiter({ reservoir: free, maxConcurrent: AT_ONCE });
  for (const place of taken) void comeBack(place);

  function take(): Place {
    const place = { backAt: Number.POSITIVE_INFINITY };
    taken.add(place);
    free -= 1;
    return place;
  }

  async function giveBack(place: Place, used: boolean): Promise<void> {
    place.backAt = clock.monotonic() + (used ? WINDOW_MS + MARGIN_MS : 0);
    await comeBack(place);
  }

  async function comeBack(place: Place): Promise<void> {
    const afterMs = place.backAt - clock.monotonic();
    // Only stopping ends this sleep early, and then nobody counts any more.
    if (afterMs > 0) await clock.sleep(afterMs, stopped).catch(() => {});
    taken.delete(place);
    if (stopped.aborted || taken.size + free >= allowance) return;
    free += 1;
    await limiter.incrementReservoir(1);
  }

  function hold(learnt: number): void {
    allowance = learnt;
    const held = Math.max(0, free);
    void limiter.incrementReservoir(-held);
    for (let count = 0; count < held; count += 1) void giveBack(take(), true);
  }

  function freeAt(): readonly number[] {
    const now = clock.monotonic();
    const back = [...taken].map((place) => Math.min(place.backAt, now + WINDOW_MS));
    const places = [...Array.from({ length: Math.max(0, free) }, () => now), ...back];
    return places.sort((a, b) => a - b).slice(-allowance);
  }

  return { limiter, take, giveBack, hold, free: () => Math.max(0, free), freeAt };
}

/**
 * The places of an earlier process's requests that are not back yet. Requests of the future were noted before the clock was set back: the
 * last of them counts as sent just now, which is never too early, and the others as long before it as they were.
 */
function stillTaken(spent: readonly SpentRequest[], clock: Clock): readonly Place[] {
  const now = clock.now();
  const last = spent.reduce((latest, { at, endedAt }) => Math.max(latest, at, endedAt ?? at), now);
  return spent
    .map(({ at, endedAt }) => {
      const present = at > now ? last : now;
      const reached =
        endedAt === null
          ? Math.min(at + LONGEST_MS, present + TRANSIT_MS)
          : Math.min(Math.max(at, endedAt), present);
      return { backAt: clock.monotonic() + reached - present + WINDOW_MS + MARGIN_MS };
    })
    .filter(({ backAt }) => backAt > clock.monotonic());
}
