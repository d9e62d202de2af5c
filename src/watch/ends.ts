/** Watches that end: their time is over, what they waited for is back, or CUCM has no record of it any more. */
import type { AttendInput, ClusterSight } from './attend.ts';
import { wentBefore } from './changes.ts';
import type { Announcement } from './incident.ts';
import type { Known, Transition } from './known.ts';
import type { Outgoing } from './outgoing.ts';
import type { Scope, Watch } from './watch.ts';

export interface Ends {
  readonly ended: readonly number[];
  readonly outgoing: readonly Outgoing[];
}

export interface EndOptions {
  /** The room is told nothing of the cluster at the moment: nothing ends either. */
  isHeld(cluster: string): boolean;
  wake(at: number): void;
}

export function endWatches(input: AttendInput, { isHeld, wake }: EndOptions): Ends {
  const { now, room } = input;
  const ended: number[] = [];
  const outgoing: Outgoing[] = [];
  for (const { watch, scope } of input.watches) {
    if (watch.until === null) continue;
    if (typeof watch.until === 'number') wake(watch.until);
    const end = endOf(input, watch, scope);
    if (end === null || isHeld(watch.cluster)) continue;
    ended.push(watch.id);
    const slot = `watch:${watch.id}:${end.type === 'back' ? 'back' : 'over'}`;
    outgoing.push({ slot, room, under: null, inPlace: false, announcement: end, at: now, notBefore: now });
  }
  return { ended, outgoing };
}

function endOf({ now, clusters }: AttendInput, watch: Watch, scope: Scope): Announcement | null {
  const { id, text, cluster } = watch;
  if (typeof watch.until === 'number') {
    return watch.until <= now ? { type: 'watch-over', watch: id, text, why: 'expired' } : null;
  }
  const sight = clusters.find((one) => one.cluster === cluster);
  if (sight === undefined) return null;
  const devices = devicesOf(scope, sight);
  const isNew = ({ baseline, since }: Known) => !baseline && since > watch.createdAt;
  const back = devices.find((known) => known.condition === 'up' && isNew(known));
  if (back !== undefined) return { type: 'back', cluster, watch: id, transition: returnOf(back, watch) };
  const isGone = devices.length > 0 && devices.every(({ condition }) => condition === 'gone');
  return isGone && devices.some(isNew) ? { type: 'watch-over', watch: id, text, why: 'no-record' } : null;
}

/** Named ones whatever their state; else those that are not up, or came up a while ago. */
function devicesOf(
  { names, numbers, exceptions, cti, matches }: Scope,
  sight: ClusterSight,
): readonly Known[] {
  if (numbers.length === 0 && exceptions === null && cti.length === 0) {
    return names.flatMap((name) => sight.known.get(name) ?? sight.known.get(name.toUpperCase()) ?? []);
  }
  return [...sight.noteworthy.values()].filter(({ row }) => matches(row));
}

/** How it came back: the room's watch may not have seen it go. */
function returnOf(known: Known, { createdAt }: Watch): Transition {
  const { cluster, row, since, move, gapMs } = known;
  const wentAt = wentBefore(known, since);
  const hasMoved = move !== null && move.at >= since;
  return {
    cluster,
    name: row.name,
    at: since,
    kind: 'back',
    because: 'registered',
    statusReason: row.statusReason,
    from: hasMoved ? move.from : row.node,
    to: row.node,
    awayMs: since - (wentAt ?? createdAt),
    gapMs,
    description: row.description,
  };
}
