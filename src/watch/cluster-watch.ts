/** Watches one cluster: asks what is due, one question at a time, and hands on what it sees. */
import type { Clock } from '../clock.ts';
import type { Lookup } from '../device/lookup.ts';
import { deviceQuery, type Query } from '../device/query.ts';
import type { Snapshot } from '../device/snapshot.ts';
import { type Agenda, createAgenda } from './agenda.ts';
import { type Audit, createAudit } from './audit.ts';
import type { Choice } from './choose.ts';
import type { Coverage } from './coverage.ts';
import { toFollow } from './follow.ts';
import type { GapNow } from './gap.ts';
import { createIntake, type Intake } from './intake.ts';
import type { ClusterMemory, Memory } from './memory.ts';
import type { Source } from './observe.ts';
import { createPauses } from './pauses.ts';
import type { WatchPlan } from './plan.ts';
import { createPlanning } from './planning.ts';
import type { Delta } from './ports.ts';
import { pendingOf } from './standing-memory.ts';
import { createWaiter } from './waiter.ts';

/** What the engine needs of a cluster. */
export interface WatchedCluster {
  readonly name: string;
  /** One request a question, within the cluster's allowance. */
  readonly lookup: Lookup;
  /** A lookup whose answers are whole, in as many requests as it takes, of one whose answers may be cut. */
  readonly walk: (lookup: Lookup) => Lookup;
  /** Requests in any 60 s. */
  readonly allowance: number;
  /** Rows in a reply at most. */
  readonly maxDevices: number;
}

export interface ClusterWatchOptions {
  readonly cluster: WatchedCluster;
  readonly memory: Memory;
  readonly clock: Clock;
  /** Epoch milliseconds, never going back. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Takes a look in: `read` is called in turn, and what it says is applied and committed with what follows from it. */
  readonly take: (read: () => Delta) => Promise<void>;
  /** Hears of every look that failed. */
  readonly onFailure: (error: unknown) => void;
}

export interface ClusterWatch {
  readonly name: string;
  /** Asks until the signal. Never rejects. */
  run(): Promise<void>;
  /** The watches have changed. */
  replan(): void;
  plan(): WatchPlan;
  coverage(): Coverage;
  /** Of a standing query: when it was asked last, and the rows of its last reply with rows. */
  report(key: string): {
    readonly rows: number | null;
    readonly lastAskedAt: number | null;
    /** The code of what keeps it from being asked or answered; null: nothing does. */
    readonly trouble: string | null;
  };
  /** The code of what keeps the cluster from being asked; null: nothing does. */
  trouble(): string | null;
  /** Epoch milliseconds of the first answer after the last failure; null: none has failed. */
  answersSince(): number | null;
  readonly audit: Pick<Audit, 'status'>;
  /** Epoch milliseconds of the first look that succeeded, since the start or since nobody looked; null: none has yet. */
  resumedAt(): number | null;
  /** No look has succeeded for so long that what is remembered is not known to be so still. */
  isStale(): boolean;
  /** Not null: what is seen now may have happened while nobody could look. */
  gap(): GapNow | null;
}

export function createClusterWatch(options: ClusterWatchOptions): ClusterWatch {
  const { cluster, memory, now, signal, onFailure } = options;
  const remembered = memory.cluster(cluster.name);
  const waiter = createWaiter(options.clock, signal);
  const pauses = createPauses();
  const agenda = createAgenda();
  const { plan, coverage, replan: planAgain } = createPlanning(cluster, memory);
  const intake = createIntake({ ...options, coverage, plan });
  const isBlind = () => intake.trouble() !== null;
  const audit = createAudit({ ...options, plan, isBlind, observe: (walked) => see(WALK, walked) });
  agenda.confirm(unsettled(remembered));

  async function step(): Promise<void> {
    const { standing, paceMs } = plan();
    const follow = toFollow(remembered.noteworthy.values(), standing);
    const choice = agenda.choose({ now: now(), standing, follow, most: cluster.maxDevices, paceMs });
    if (choice.type === 'wait') return waiter.wait(choice.until - now());
    const askedAt = now();
    agenda.asked(choice, askedAt);
    const [source, query] = questionOf(choice);
    const isRemembered = 'key' in source && !agenda.isAfresh(source.key);
    try {
      const stateInfo = (isRemembered && remembered.standing.get(source.key)?.stateInfo) || '';
      await see(source, await cluster.lookup(query, { priority: 'watch', stateInfo, signal }));
    } catch (error) {
      signal.throwIfAborted();
      onFailure(error);
      agenda.failed(choice, now());
      agenda.pauseUntil(now() + pauses.afterFailure(codeOf(error), { at: now(), paceMs }));
      await intake.fail(codeOf(error), askedAt);
    }
  }

  async function see(source: Source, snapshot: Snapshot): Promise<void> {
    pauses.succeeded();
    agenda.pauseUntil(0);
    const { confirm, replan } = await intake.take(source, snapshot);
    agenda.seen(source, confirm);
    if (replan) planAgain();
  }

  return {
    name: cluster.name,
    run: async () => void (await Promise.all([audit.run(), untilStopped(signal, step, onFailure)])),
    replan() {
      planAgain();
      agenda.askAfresh(plan().standing.map(({ key }) => key));
      waiter.call();
      audit.call();
    },
    plan,
    coverage,
    report: (key) => reportOf(key, agenda, intake),
    trouble: intake.trouble,
    answersSince: intake.answersSince,
    audit,
    resumedAt: intake.resumedAt,
    isStale: intake.isStale,
    gap: intake.gap,
  };
}

function reportOf(key: string, agenda: Agenda, intake: Intake): ReturnType<ClusterWatch['report']> {
  return {
    rows: intake.rows(key),
    lastAskedAt: agenda.lastAskedAt(key),
    trouble: intake.trouble() ?? intake.refused(key),
  };
}

/** What was still to be asked for when risbot ended, and what was not up, which may have come back since. */
function unsettled({ standing, noteworthy }: ClusterMemory): readonly string[] {
  return [...[...standing.values()].flatMap(pendingOf), ...toFollow(noteworthy.values(), [])];
}

const WALK: Source = { role: 'audit', names: [] };

function questionOf(choice: Exclude<Choice, { type: 'wait' }>): readonly [Source, Query] {
  if (choice.type === 'standing') return [choice.standing, choice.standing.query];
  const names = choice.type === 'confirm' ? [...choice.names, ...(choice.also ?? [])] : choice.names;
  return [{ role: 'confirm', names }, deviceQuery({ operation: 'selectCmDeviceExt', items: names })];
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unexpected';
}

async function untilStopped(
  signal: AbortSignal,
  step: () => Promise<void>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await step().catch((error: unknown) => {
      if (!signal.aborted) onFailure(error);
    });
  }
}
