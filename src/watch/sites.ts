/** Whether several sites were hit at one time, and not one thing that they have in common. Pure. */
import { type FactorBy, factorValue, frequent, oddsOf, type Shares } from './group.ts';
import type { Known } from './known.ts';
import { FACTOR_COVERS, FACTOR_ODDS } from './limits.ts';

/** More sites than that at one time are one event of all of them. */
const MOST_SITES = 3;
/** What explains devices of several sites, when it took nearly everything that has it. */
const WIDER: readonly FactorBy[] = ['app', 'node', 'load', 'model'];

/**
 * The subnets that devices have to be told apart by, the largest first, each with at least `least` of them, two or more. Empty: it is one
 * site, or many, or chance, or something else took nearly all that it has: a node, say, whose phones are at two sites.
 */
export function sitesOf(devices: readonly Known[], shares: Shares, least: number): readonly string[] {
  const all = frequent(
    devices.map((device) => factorValue(device, 'subnet')),
    'subnet',
    devices.length,
  );
  const sites = all.filter(({ count }) => count >= least);
  const [only, ...others] = sites;
  if (only === undefined || all.length < 2 || sites.length > MOST_SITES) return [];
  if (others.length === 0 && only.count >= FACTOR_COVERS * devices.length) return [];
  const covered = sites.reduce((sum, { count }) => sum + count, 0);
  if (covered < FACTOR_COVERS * devices.length && all.length > MOST_SITES) return [];
  const share = sites.reduce((sum, { value }) => sum + shares.of('subnet', value), 0);
  if (oddsOf(covered, covered, share) < FACTOR_ODDS) return [];
  return WIDER.some((by) => tookNearlyAll(devices, shares, by)) ? [] : sites.map(({ value }) => value);
}

function tookNearlyAll(devices: readonly Known[], shares: Shares, by: FactorBy): boolean {
  const [most] = frequent(
    devices.map((device) => factorValue(device, by)),
    by,
    1,
  );
  if (most === undefined || most.count < FACTOR_COVERS * devices.length) return false;
  const classes = new Set(devices.map(({ row }) => row.deviceClass));
  return most.count >= FACTOR_COVERS * (most.count + shares.left(by, most.value, classes));
}
