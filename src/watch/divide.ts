/** Standing queries divided and joined: one that was cut is asked in parts, and parts that have become small as a whole again. Pure. */
import type { Snapshot } from '../device/snapshot.ts';
import type { Source } from './observe.ts';
import { inheritParts, rejoined } from './parts.ts';
import type { WatchPlan } from './plan.ts';
import type { Delta } from './ports.ts';
import type { StandingMemory } from './standing.ts';

export interface DivideInput {
  readonly source: Source;
  readonly snapshot: Snapshot;
  /** What `observe` made of it. */
  readonly delta: Pick<Delta, 'standing'>;
  readonly cut: boolean;
  readonly cluster: { readonly name: string; readonly maxDevices: number };
  readonly plan: WatchPlan;
  /** As they were before the reply. */
  readonly standing: ReadonlyMap<string, StandingMemory>;
}

/** What is remembered of the queries that were divided or joined by this reply; empty: none was. */
export function dividedAfter(input: DivideInput): readonly Delta[] {
  const { source, snapshot, delta, cut, cluster } = input;
  if (!('key' in source)) return [];
  const after = new Map([...input.standing, ...(delta.standing ?? []).map((one) => [one.key, one] as const)]);
  if (!cut) return joinedAfter(source.key, after, input);
  const parts = inheritParts(source, snapshot, { standing: after }, cluster.name, cluster.maxDevices);
  return parts.length === 0 ? [] : [{ standing: parts }];
}

function joinedAfter(
  asked: string,
  standing: ReadonlyMap<string, StandingMemory>,
  { cluster, plan }: DivideInput,
): readonly Delta[] {
  return plan.divided.flatMap(({ key, parts }) => {
    const whole = standing.get(key);
    const memories = parts.flatMap((part) => standing.get(part) ?? []);
    if (!parts.includes(asked) || whole === undefined || memories.length < parts.length) return [];
    const joined = rejoined(whole, memories, cluster.maxDevices);
    if (joined === null) return [];
    return [{ standing: [joined], dropped: parts.map((part) => ({ cluster: cluster.name, key: part })) }];
  });
}
