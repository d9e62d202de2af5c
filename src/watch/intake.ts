/** What is seen of a cluster, taken into memory: a reply or a failure → what changes, in turn with everything else. */
import type { Snapshot } from '../device/snapshot.ts';
import type { Coverage } from './coverage.ts';
import { dividedAfter } from './divide.ts';
import { toFollow } from './follow.ts';
import { createGap, type Gap, type GapNow } from './gap.ts';
import type { Blind } from './known.ts';
import { BLIND_CLUSTER_MS } from './limits.ts';
import type { Memory } from './memory.ts';
import { mergeDeltas } from './merge.ts';
import { type Observation, observe, observeFailure, type Source } from './observe.ts';
import type { WatchPlan } from './plan.ts';
import type { Delta } from './ports.ts';

export interface IntakeOptions {
  readonly cluster: { readonly name: string; readonly maxDevices: number };
  readonly memory: Memory;
  /** Epoch milliseconds, never going back. */
  readonly now: () => number;
  readonly take: (read: () => Delta) => Promise<void>;
  readonly coverage: () => Coverage;
  readonly plan: () => WatchPlan;
}

export interface Taken {
  /** Names that have to be asked for by name before anybody is told. */
  readonly confirm: readonly string[];
  /** A query is asked in parts from now on, or as a whole again. */
  readonly replan: boolean;
}

export interface Intake {
  /** Resolves when it is committed, or kept for the next commit. */
  take(source: Source, snapshot: Snapshot): Promise<Taken>;
  /** The cluster did not answer what was asked at `askedAt`, epoch milliseconds. */
  fail(code: string, askedAt: number): Promise<void>;
  trouble(): string | null;
  /** Epoch milliseconds of the first answer after the last failure; null: none has failed. */
  answersSince(): number | null;
  /**
   * Epoch milliseconds of the first look that succeeded, since the start or since nobody looked, or -Infinity when it was looked a moment
   * before the start; null: none has yet.
   */
  resumedAt(): number | null;
  /** No look has succeeded for long, as after a start or when the machine has slept. */
  isStale(): boolean;
  gap(): GapNow | null;
  /** Rows of a standing query's last reply that had any; null: none yet. */
  rows(key: string): number | null;
  /** The ReturnCode with which a node refused the standing query; null: none did. */
  refused(key: string): string | null;
}

/** What is remembered is not known to be so still when nobody has looked for so long. Milliseconds. */
const STALE_AFTER_MS = 120_000;
/** A restart that was quicker is no absence: one that is repeated again and again must not put the news off for ever. Milliseconds. */
const ABSENT_AFTER_MS = 30_000;

export function createIntake({ cluster, memory, now, take, coverage, plan }: IntakeOptions): Intake {
  const { name } = cluster;
  const remembered = memory.cluster(name);
  const gap = createGap(memory.lookedAt.get(name) ?? null);
  const answers = createAnswers();
  const lastSeen = () => memory.lookedAt.get(name) ?? null;
  const health = createHealth();
  let resumedAt: number | null = null;
  const isStale = () => resumedAt === null || now() - (lastSeen() ?? now()) >= STALE_AFTER_MS;

  function read(source: Source, snapshot: Snapshot): Observation {
    const at = now();
    return observe({
      cluster: name,
      source,
      snapshot,
      memory: 'key' in source ? (remembered.standing.get(source.key) ?? null) : null,
      standingMemories: [...remembered.standing.values()],
      known: remembered.known,
      blindNodes: new Set(remembered.blind.keys()),
      lastSeen: lastSeen(),
      isWatched: coverage().isWatched,
      now: at,
      gapMs: gap.seenAt(at, keyOf(source))?.ms ?? 0,
    });
  }

  return {
    async take(source, snapshot) {
      health.answered(now(), remembered.blind.has(''));
      gap.looked(now(), keyOf(source));
      const resumes = isStale();
      if (resumes) resumedAt = resumedNow(resumedAt === null, lastSeen(), now());
      let taken: Taken = { confirm: [], replan: false };
      await take(() => {
        const { delta, confirm, cut, refused } = read(source, snapshot);
        noteSeen(delta, remembered.blind, gap, now());
        answers.note(source, snapshot, refused);
        const { standing } = remembered;
        const divided = dividedAfter({ source, snapshot, delta, cut, cluster, plan: plan(), standing });
        // What was not up before it went out of sight may have come back unseen.
        const isUnsure = resumes || wasBlind(delta, remembered.blind, now());
        const again = isUnsure ? toFollow(remembered.noteworthy.values(), []) : [];
        taken = { confirm: [...confirm, ...again], replan: divided.length > 0 };
        return mergeDeltas(delta, ...divided, { lookedAt: { [name]: now() } });
      });
      return taken;
    },
    async fail(code, askedAt) {
      health.failed(code);
      const failed = { cluster: name, code, askedAt, blind: [...remembered.blind.values()] };
      await take(() => observeFailure({ ...failed, now: now(), lastSeen: lastSeen() }));
    },
    ...health.read,
    resumedAt: () => resumedAt,
    isStale,
    gap: () => gap.now(now()),
    rows: answers.rows,
    refused: answers.refused,
  };
}

/** Whether the last look succeeded, and since when they do. */
function createHealth() {
  let trouble: string | null = null;
  let answersSince: number | null = null;
  return {
    answered(at: number, wasBlind: boolean): void {
      if (trouble !== null || wasBlind) answersSince = at;
      trouble = null;
    },
    failed(code: string): void {
      trouble = code;
    },
    read: { trouble: () => trouble, answersSince: () => answersSince },
  };
}

function resumedNow(isStart: boolean, lastSeen: number | null, now: number): number {
  const wasHere = isStart && now - (lastSeen ?? 0) < ABSENT_AFTER_MS;
  return wasHere ? Number.NEGATIVE_INFINITY : now;
}

/** Polls that failed for less than that have left nothing unseen. */
function wasBlind({ seen = [] }: Delta, blind: ReadonlyMap<string, Blind>, at: number): boolean {
  return seen.some(({ node }) => node !== null || at - (blind.get('')?.since ?? at) >= BLIND_CLUSTER_MS);
}

/** A node that answers again: what changed on it may have changed while it did not. */
function noteSeen({ seen = [] }: Delta, blind: ReadonlyMap<string, Blind>, gap: Gap, at: number): void {
  for (const { node } of seen) {
    const was = blind.get(node ?? '');
    if (was !== undefined && node !== null) gap.nodeSeen(at - was.since, at);
  }
}

function keyOf(source: Source): string | undefined {
  return 'key' in source ? source.key : undefined;
}

/** What the last answers to standing queries were like, for those who ask how the watch does. */
function createAnswers() {
  const rows = new Map<string, number>();
  const refused = new Map<string, string>();
  return {
    note(source: Source, { devices, ctiItems, nodes }: Snapshot, refusal: string | null): void {
      if (!('key' in source)) return;
      if (refusal === null) refused.delete(source.key);
      else refused.set(source.key, refusal);
      const count = devices.length + ctiItems.length;
      if (count > 0 || !nodes.some(({ noChange }) => noChange)) rows.set(source.key, count);
    },
    rows: (key: string) => rows.get(key) ?? null,
    refused: (key: string) => refused.get(key) ?? null,
  };
}
