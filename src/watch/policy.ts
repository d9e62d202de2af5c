/** Whether a device that is not up is news to a room, and why not: every answer is a literal. Pure. */
import type { KnownRow } from '../device/known.ts';
import type { IncidentKind } from './incident.ts';
import type { Known } from './known.ts';
import { MASS_PATIENCE_MS, ON_ITS_WAY_MS, PHONE_GRACE_MS, SERVICE_GRACE_MS } from './limits.ts';
import type { Watch } from './watch.ts';

/** Why an incident was told: `Why.reason`. */
export type Telling =
  | 'grace-passed'
  /** Rejected and the like: waiting mends nothing. */
  | 'at-once'
  | 'mass'
  /** Many moved, and nobody is lost. */
  | 'failover'
  | 'flapping'
  | 'blind'
  | 'after-mute'
  | 'after-quiet'
  /** It happened while nobody could look. */
  | 'after-gap';

/** How the members of an incident were put together: `Why.grouping`. */
export type Grouping = 'alone' | 'burst' | 'mass-count' | 'mass-share' | 'joined';

/** Why nothing is told of a device. */
export type Holding =
  | 'up'
  /** So when it was first looked at. */
  | 'baseline'
  /** No record, or a state that says nothing. */
  | 'no-signal'
  | 'not-watched'
  /** It went before the watch was made. */
  | 'before-watch'
  /** It is in an open incident. */
  | 'told'
  /** It stayed behind when its incident closed. */
  | 'left-behind'
  | 'flapping'
  | 'blind'
  /** It can be seen again, and is looked at once more. */
  | 'just-seen-again'
  | 'muted'
  | 'quiet'
  | 'in-grace';

export type Decision =
  | { readonly type: 'hold'; readonly reason: Holding; readonly until: number | null }
  | { readonly type: 'tell'; readonly reason: Telling; readonly kind: IncidentKind };

/** A device that the room may be told of, with those of its watches that make it so. */
export interface Subject {
  readonly known: Known;
  readonly watches: readonly Watch[];
  readonly graceMs: number;
}

/** One that is not up. Times are epoch milliseconds. */
export interface News extends Subject {
  readonly kind: Extract<IncidentKind, 'loss' | 'fault' | 'partial' | 'user'>;
  /** When it is told by itself; and when as part of a mass event, infinite when never. */
  readonly dueAt: number;
  readonly readyAt: number;
}

/** What else has to be known of a device to decide. */
export interface Surroundings {
  watchesOf(row: KnownRow): readonly Watch[];
  isTold(name: string): boolean;
  /** It flaps, and has not been down for so long that this would be an outage: see `flapsUntil`. */
  isFlapping(known: Known): boolean;
  isBlind(known: Known): boolean;
  /** Epoch milliseconds until which it is looked at once more; null: no need. */
  settlesAt(known: Known): number | null;
  /** Epoch milliseconds until which nothing is told of it; null: it may be. */
  mutedUntil(row: KnownRow): number | null;
}

export type Judged = { readonly type: 'news'; readonly news: News } | Extract<Decision, { type: 'hold' }>;

export function judge(known: Known, around: Surroundings): Judged {
  const kind = kindOf(known);
  if (known.condition === 'up') return hold('up');
  if (kind === null) return hold('no-signal');
  if (known.baseline) return hold('baseline');
  if (around.isFlapping(known)) {
    return hold('flapping', flapsUntil(known, graceOf(known.row, around.watchesOf(known.row))));
  }
  if (around.isTold(known.row.name)) return hold('told');
  const watched = around.watchesOf(known.row);
  const watches = watched.filter(({ createdAt }) => known.since >= createdAt);
  if (watches.length === 0) return hold(watched.length === 0 ? 'not-watched' : 'before-watch');
  if (watches.some(({ left }) => left?.[known.row.name] === known.since)) return hold('left-behind');
  if (around.isBlind(known)) return hold('blind');
  const settlesAt = around.settlesAt(known);
  if (settlesAt !== null) return hold('just-seen-again', settlesAt);
  const mutedUntil = around.mutedUntil(known.row);
  if (mutedUntil !== null) return hold('muted', mutedUntil);
  return { type: 'news', news: newsOf(known, kind, watches) };
}

function hold(reason: Holding, until: number | null = null): Judged {
  return { type: 'hold', reason, until };
}

/**
 * Until when a device that flaps is held back: then it is judged as any other is, so that it is told when its grace has passed, and sooner
 * when many went with it. A fault, which is told at once otherwise, waits for the grace.
 */
export function flapsUntil({ since, condition }: Known, graceMs: number): number {
  return since + (condition === 'fault' ? graceMs : Math.min(graceMs, ON_ITS_WAY_MS));
}

/** What an incident about it would be called; null: there is none. */
function kindOf({ condition }: Known): News['kind'] | null {
  switch (condition) {
    case 'lost':
    case 'expected':
      return 'loss';
    case 'fault':
    case 'partial':
    case 'user':
      return condition;
    case 'up':
    case 'gone':
    case 'unknown':
      return null;
  }
}

function newsOf(known: Known, kind: News['kind'], watches: readonly Watch[]): News {
  const graceMs = graceOf(known.row, watches);
  const dueAt = known.since + (kind === 'fault' ? 0 : graceMs);
  return { known, watches, graceMs, kind, dueAt, readyAt: readyAt(known, graceMs) };
}

/** What comes back by itself is no loss before its grace has passed, however many it is; what people switch off is never an event. */
function readyAt({ condition, since }: Known, graceMs: number): number {
  if (condition === 'lost') return since + Math.min(graceMs, MASS_PATIENCE_MS);
  return condition === 'expected' ? since + graceMs : Number.POSITIVE_INFINITY;
}

/** The shortest that a watch asks for, or what the class of the device asks for. */
export function graceOf({ deviceClass }: Pick<KnownRow, 'deviceClass'>, watches: readonly Watch[]): number {
  return watches.reduce(
    (least, { graceMs }) => Math.min(least, graceMs ?? classGraceMs(deviceClass)),
    Number.POSITIVE_INFINITY,
  );
}

const SERVICES: ReadonlySet<string> = new Set([
  'Gateway',
  'SIPTrunk',
  'H323',
  'HuntList',
  'MediaResources',
  'VoiceMail',
]);

function classGraceMs(deviceClass: string): number {
  return SERVICES.has(deviceClass) || deviceClass.startsWith('Cti') ? SERVICE_GRACE_MS : PHONE_GRACE_MS;
}
