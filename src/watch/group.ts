/** What devices have in common, and whether that says anything. Pure. */
import ipaddr from 'ipaddr.js';
import { isCtiRow } from './cti.ts';
import type { Factor } from './incident.ts';
import type { Known } from './known.ts';
import { FACTOR_COMMON, FACTOR_COVERS, FACTOR_ODDS } from './limits.ts';

export type FactorBy = Factor['by'];

/** The most particular first: of two that say the same, the first is named. */
const FACTORS: readonly FactorBy[] = ['subnet', 'node', 'app', 'load', 'model', 'class', 'reason'];

/** How common an attribute is among all devices that are known: 0 to 1. */
export interface Shares {
  of(by: FactorBy, value: string): number;
  /** How many have it and are up, of these classes; those that have left the node are not on it. */
  left(by: FactorBy, value: string, classes: ReadonlySet<string>): number;
}

/** Devices looked at to learn how common something is: enough to tell a site from a cluster. */
const SAMPLE = 4_000;
const GOLDEN = 0.618_033_988_749_895;

/** None, or a lost connection: what most losses look like, whatever is behind them. */
const EVERYDAY_REASONS: ReadonlySet<string> = new Set(['0', '1', '6', '13', '18']);
/** Devices that are up have no reason to compare with, so how common another reason is among losses is a guess. */
const OTHER_REASON_SHARE = 0.2;

/** Counts when it is first asked: most of the time nothing has to be grouped. */
export function createShares(known: ReadonlyMap<string, Known>): Shares {
  let sampled: { readonly counts: ReadonlyMap<string, number>; readonly total: number } | null = null;
  return {
    of(by, value) {
      if (by === 'reason') return EVERYDAY_REASONS.has(value) ? 1 : OTHER_REASON_SHARE;
      sampled ??= sample(known);
      return (sampled.counts.get(keyOf(by, value)) ?? 0) / Math.max(1, sampled.total);
    },
    left(by, value, classes) {
      let left = 0;
      for (const one of known.values()) {
        if (one.condition !== 'up' || !classes.has(one.row.deviceClass)) continue;
        if ((by === 'node' ? one.row.node : factorValue(one, by)) === value) left += 1;
      }
      return left;
    },
  };
}

function sample(known: ReadonlyMap<string, Known>) {
  const counts = new Map<string, number>();
  const share = SAMPLE / known.size;
  let place = 0;
  let total = 0;
  for (const one of known.values()) {
    // Steps by the golden ratio keep no time with the order of names, as every tenth device might.
    place = (place + GOLDEN) % 1;
    if (place >= share) continue;
    total += 1;
    for (const key of keysOf(one)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { counts, total };
}

/** What the device has of a factor; null when it has nothing. A device that moved counts with the node that it left. */
export function factorValue(known: Known, by: FactorBy): string | null {
  const { row, move, condition } = known;
  switch (by) {
    case 'node':
      return (condition === 'up' && move !== null && !move.home ? move.from : row.node) || null;
    case 'subnet':
      return subnetOf(row.ipAddress[0]?.ip ?? '');
    case 'model':
      return row.model === null ? null : String(row.model);
    case 'load':
      return row.activeLoadId || null;
    case 'reason':
      return condition === 'up' || row.statusReason === null ? null : String(row.statusReason);
    case 'class':
      return row.deviceClass;
    case 'app':
      return isCtiRow(row) ? row.loginUserId || null : null;
  }
}

/** `by value` of everything that the device has. */
export function keysOf(known: Known): readonly string[] {
  return FACTORS.flatMap((by) => {
    const value = factorValue(known, by);
    return value === null ? [] : [keyOf(by, value)];
  });
}

function keyOf(by: FactorBy, value: string): string {
  return `${by} ${value}`;
}

/** The /24 of an IPv4 address, the /64 of an IPv6 one; null when it is neither. */
export function subnetOf(ip: string): string | null {
  const [, net] = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(ip) ?? [];
  if (net !== undefined) return `${net}.0/24`;
  if (!ip.includes(':') || !ipaddr.IPv6.isValid(ip)) return null;
  const address = ipaddr.IPv6.parse(ip);
  if (address.isIPv4MappedAddress()) return subnetOf(address.toIPv4Address().toString());
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`);
  return `${network.toString()}/64`;
}

/**
 * How much more a factor says than chance does, as the logarithm of the odds: `count` of `total` devices have it, and `share` of all.
 * 0 when they have it no more often than others do.
 */
export function oddsOf(count: number, total: number, share: number): number {
  const coverage = count / total;
  if (coverage <= share || share > FACTOR_COMMON) return 0;
  const common = Math.max(share, 1e-4);
  const rest = coverage === 1 ? 0 : (1 - coverage) * Math.log((1 - coverage) / (1 - common));
  return total * (coverage * Math.log(coverage / common) + rest);
}

/**
 * The best common factor of devices: it covers most of them, others lack it, and it is no chance. Where they went from says more than why,
 * so a reason is named when there is nothing else. `among`: no others are looked at. Null: nothing worth saying.
 */
export function bestFactor(
  devices: readonly Known[],
  shares: Shares,
  among: readonly FactorBy[] = FACTORS,
): Factor | null {
  let best: Factor | null = null;
  let bestOdds = 0;
  if (devices.length < 2) return null;
  for (const by of among) {
    const found = mostFrequent(devices, by);
    if (found === null || found.count < FACTOR_COVERS * devices.length) continue;
    const odds = oddsOf(found.count, devices.length, shares.of(by, found.value));
    if (odds < FACTOR_ODDS || odds <= bestOdds || (by === 'reason' && best !== null)) continue;
    best = found;
    bestOdds = odds;
  }
  return best;
}

function mostFrequent(devices: readonly Known[], by: FactorBy): Factor | null {
  return (
    frequent(
      devices.map((device) => factorValue(device, by)),
      by,
      1,
    )[0] ?? null
  );
}

/** The values that occur most often, the first first. */
export function frequent(values: readonly (string | null)[], by: FactorBy, most: number): readonly Factor[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([value, count]) => ({ by, value, count }));
}

export function hasFactor(known: Known, factor: Pick<Factor, 'by' | 'value'>): boolean {
  return factorValue(known, factor.by) === factor.value;
}
