/** The plan of a cluster, made from its watches as they are remembered. */
import { type Coverage, createCoverage } from './coverage.ts';
import type { Memory } from './memory.ts';
import { plan, type WatchPlan } from './plan.ts';

export interface Plannable {
  readonly name: string;
  /** Requests in any 60 s. */
  readonly allowance: number;
  /** Rows in a reply at most. */
  readonly maxDevices: number;
}

/** What is asked of a cluster, and which watches cover what of it, until the watches change. */
export interface Planning {
  plan(): WatchPlan;
  coverage(): Coverage;
  replan(): void;
}

export function createPlanning(cluster: Plannable, memory: Memory): Planning {
  let current = planned(cluster, memory);
  return {
    plan: () => current.plan,
    coverage: () => current.coverage,
    replan() {
      current = planned(cluster, memory);
    },
  };
}

function planned({ name, allowance, maxDevices }: Plannable, memory: Memory) {
  const watches = [...memory.watches.values()].filter(({ watch }) => watch.cluster === name);
  const taught = [...memory.cluster(name).standing.values()].flatMap(({ key, parts }) =>
    parts === null ? [] : [[key, parts] as const],
  );
  const scopes = watches.map(({ scope }) => scope);
  return {
    plan: plan({ scopes, allowance, maxDevices, parts: new Map(taught) }),
    coverage: createCoverage(watches),
  };
}
