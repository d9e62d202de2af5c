/** Whether many went at once: a mass event, found in losses and moves along the time. Pure. */
import { bestFactor, type FactorBy, factorValue, hasFactor, keysOf, oddsOf, type Shares } from './group.ts';
import type { Factor } from './incident.ts';
import {
  FACTOR_ODDS,
  MASS_ANYWAY,
  MASS_COUNT,
  MASS_SHARE,
  MASS_SHARE_LEAST,
  MASS_WINDOW_MS,
} from './limits.ts';
import type { Subject } from './policy.ts';
import { sitesOf } from './sites.ts';

/** Fewer of one subnet than that are no site that was cut. A count. */
const SITE_LEAST = 5;
/** A factor that fewer of them have explains nothing of hundreds that went together. */
const SHARE_OF_MANY = 0.1;

/** A device that left its node: it is lost, or it has moved. */
export interface Swing extends Subject {
  /** Epoch milliseconds at which it left. */
  readonly at: number;
  readonly lost: boolean;
  /** The room has not been told. */
  readonly fresh: boolean;
}

export interface Mass {
  readonly swings: readonly Swing[];
  readonly factor: Factor | null;
  readonly grouping: 'mass-count' | 'mass-share';
}

/** `swings` the oldest first; `size` of the cluster, null when unknown. The first mass event among them, or null. */
export function findMass(swings: readonly Swing[], size: number | null, shares: Shares): Mass | null {
  const counts = new Map<string, number>();
  const add = ({ known }: Swing, step: number) => {
    for (const key of keysOf(known)) counts.set(key, (counts.get(key) ?? 0) + step);
  };
  const enough = sharedBy(size);
  let total = 0;
  let start = 0;
  for (const swing of swings) {
    add(swing, 1);
    total += 1;
    for (const old of swings.slice(start, start + total)) {
      if (old.at >= swing.at - MASS_WINDOW_MS) break;
      add(old, -1);
      start += 1;
      total -= 1;
    }
    const isSwept = (key: string) => isMassCount(key, counts.get(key) ?? 0, total, shares);
    if (total >= enough || total >= MASS_ANYWAY || keysOf(swing.known).some(isSwept)) {
      return massFrom(swings, start, enough, shares);
    }
  }
  return null;
}

/** So many devices are a mass event whatever they have in common. */
export function sharedBy(size: number | null): number {
  return size === null ? Number.POSITIVE_INFINITY : Math.max(MASS_SHARE_LEAST, Math.ceil(size * MASS_SHARE));
}

function isMassCount(key: string, count: number, total: number, shares: Shares): boolean {
  return count >= MASS_COUNT && odds(key, count, total, shares) >= FACTOR_ODDS;
}

function odds(key: string, count: number, total: number, shares: Shares): number {
  const { by, value } = factorOf(key, count);
  return oddsOf(count, total, shares.of(by, value));
}

function factorOf(key: string, count: number): Factor {
  const space = key.indexOf(' ');
  return { by: key.slice(0, space) as FactorBy, value: key.slice(space + 1), count };
}

function massFrom(swings: readonly Swing[], start: number, enough: number, shares: Shares): Mass {
  const from = swings[start]?.at ?? 0;
  const together = swings.slice(start).filter(({ at }) => at <= from + MASS_WINDOW_MS);
  const window = ofOneSite(together, enough, shares);
  const all = bestFactor(
    window.map(({ known }) => known),
    shares,
  );
  if (window.length >= enough) return { swings: window, factor: all, grouping: 'mass-share' };
  const factor = bestCount(window, shares);
  if (factor === null || factor.count < SHARE_OF_MANY * window.length)
    return { swings: window, factor: all, grouping: 'mass-count' };
  const swept = window.filter(({ known }) => hasFactor(known, factor));
  return { swings: swept, factor, grouping: 'mass-count' };
}

/** Sites that are cut at one time are an event each, the largest first; where phones only moved, it is their node. */
function ofOneSite(window: readonly Swing[], enough: number, shares: Shares): readonly Swing[] {
  const devices = window.map(({ known }) => known);
  const [largest] = window.every(({ lost }) => lost) ? sitesOf(devices, shares, SITE_LEAST) : [];
  if (largest === undefined) return window;
  const site = window.filter(({ known }) => factorValue(known, 'subnet') === largest);
  return site.length >= Math.min(enough, MASS_COUNT) ? site : window;
}

/** The factor that says most of those that enough of them have; a reason when there is no other. */
function bestCount(window: readonly Swing[], shares: Shares): Factor | null {
  const counts = new Map<string, number>();
  for (const key of window.flatMap(({ known }) => keysOf(known))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [best] = [...counts]
    .map(([key, count]) => ({ factor: factorOf(key, count), odds: odds(key, count, window.length, shares) }))
    .filter((one) => one.factor.count >= MASS_COUNT && one.odds >= FACTOR_ODDS)
    .toSorted(
      (a, b) => Number(a.factor.by === 'reason') - Number(b.factor.by === 'reason') || b.odds - a.odds,
    );
  return best?.factor ?? null;
}
