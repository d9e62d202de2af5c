/** A plan, and how it goes, for people. Pure. */
import type { PlanReport } from './desk.ts';
import { lossSeenMs, type WatchPlan } from './plan.ts';
import type { Plannable } from './planning.ts';

type Answer = Pick<PlanReport['standing'][number], 'rows' | 'lastAskedAt' | 'trouble'>;

/** Of a standing query that has not been asked yet. */
export const NO_ANSWER: Answer = { rows: null, lastAskedAt: null, trouble: null };

export interface Progress {
  readonly watches: number;
  /** Devices known. */
  readonly devices: number;
  /** Of the standing query with that key. */
  readonly answers: (key: string) => Answer;
  /** Of the walk through all devices; null: none has begun. */
  readonly audit: { readonly requests: number; readonly lastAt: number | null } | null;
}

/** `plan` null: nothing is planned. */
export function planReport(
  { name, allowance }: Pick<Plannable, 'name' | 'allowance'>,
  plan: WatchPlan | null,
  { watches, devices, answers, audit }: Progress,
): PlanReport {
  const everyMs = plan?.auditEveryMs ?? null;
  return {
    cluster: name,
    watches,
    standing: (plan?.standing ?? []).map((standing) => ({ ...standing, ...answers(standing.key) })),
    devices,
    audit:
      everyMs === null ? null : { requests: audit?.requests ?? 0, everyMs, lastAt: audit?.lastAt ?? null },
    requestsPerMinute: plan?.requestsPerMinute ?? 0,
    allowance,
    lossSeenMs: plan === null ? null : lossSeenMs(plan),
  };
}
