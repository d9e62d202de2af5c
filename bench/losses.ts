/** Phones lost one after the other at random moments, and how soon each is noticed. */
import { systemClock } from '../src/clock.ts';
import type { BenchCluster } from './cluster.ts';
import type { Report, Watcher } from './watcher.ts';

export interface Losses {
  readonly cluster: BenchCluster;
  readonly watcher: Watcher;
  /** Those that may be lost. */
  readonly phones: readonly string[];
  readonly losses: number;
  /** Between two losses, least and most; even in between. Milliseconds. */
  readonly betweenMs: readonly [number, number];
  readonly say: (words: string) => void;
}

const LONGEST_LOOK_MS = 90_000;

/** Milliseconds from the change of the row in CUCM to the commit of the transition; infinite when it never came. */
export async function loseOneByOne(options: Losses): Promise<readonly number[]> {
  const { cluster, watcher, phones, losses, betweenMs, say } = options;
  const [least, most] = betweenMs;
  const seenMs: Promise<number>[] = [];
  const lost = new Set<string>();
  while (seenMs.length < losses) {
    const name = phones[Math.floor(Math.random() * phones.length)] ?? '';
    if (lost.has(name) || !(await cluster.isRegistered(name))) continue;
    lost.add(name);
    await systemClock.sleep(least + Math.random() * (most - least));
    const lostAt = systemClock.now();
    await cluster.play(`low battery ${name}`);
    const isIt = (report: Report) => report.type === 'committed' && report.names.includes(name);
    const seen = watcher.next(isIt, LONGEST_LOOK_MS).then((report) => {
      const ms = report === null ? Number.POSITIVE_INFINITY : report.at - lostAt;
      say(`${name} seen after ${seconds(ms)}`);
      return ms;
    });
    seenMs.push(seen);
  }
  return Promise.all(seenMs);
}

/** The most in any 60 s. */
export function mostInAMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));
}

export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
