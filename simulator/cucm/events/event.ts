/** What can happen to a simulated cluster. `parse-event.ts` reads these from words, `apply-event.ts` makes them happen. */
import type { Misbehaviour } from '../misbehaviour.ts';

/** Words that point at devices: names, MACs, `*` patterns, numbers, models, sites (`LON`), networks (`10.4.2.0/24`). */
export type Targets = readonly string[];

export type SimEvent =
  | { readonly type: 'unplug'; readonly targets: Targets }
  | { readonly type: 'plug'; readonly targets: Targets }
  | { readonly type: 'reset'; readonly targets: Targets }
  | { readonly type: 'flap'; readonly targets: Targets }
  | { readonly type: 'partial'; readonly targets: Targets }
  | { readonly type: 'low-battery'; readonly targets: Targets }
  | { readonly type: 'delete'; readonly targets: Targets }
  | { readonly type: 'unknown'; readonly targets: Targets }
  | { readonly type: 'replace'; readonly old: string; readonly by: string }
  | { readonly type: 'wan-cut'; readonly network: string }
  | { readonly type: 'wan-restore'; readonly network: string | null }
  | { readonly type: 'node-down'; readonly node: string }
  | { readonly type: 'node-off'; readonly node: string }
  | { readonly type: 'node-up'; readonly node: string }
  | { readonly type: 'node-silent'; readonly node: string }
  | { readonly type: 'node-responding'; readonly node: string }
  | { readonly type: 'ris-restart'; readonly node: string | null }
  | { readonly type: 'login'; readonly device: string; readonly user: string }
  | { readonly type: 'logout'; readonly device: string }
  | {
      readonly type: 'upgrade';
      readonly targets: Targets;
      readonly load: string;
      readonly fails: boolean;
    }
  | { readonly type: 'cti-restart'; readonly app: string }
  | { readonly type: 'cti-crash'; readonly app: string }
  | { readonly type: 'cti-open'; readonly app: string }
  /** The other clients of the cluster take so many requests now; null: all there are. */
  | { readonly type: 'throttle'; readonly requests: number | null }
  | { readonly type: 'auth'; readonly works: boolean }
  | { readonly type: 'role'; readonly granted: boolean }
  | { readonly type: 'expire-sessions' }
  | { readonly type: 'expire-rows' }
  | { readonly type: 'slow'; readonly ms: number }
  /** `times` null: until told otherwise. `kind` null: behave. */
  | { readonly type: 'misbehave'; readonly kind: Misbehaviour | null; readonly times: number | null };
