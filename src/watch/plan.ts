/** All watches of a cluster → the fewest standing queries, and how often each is asked. Pure. */
import type { DeviceClass } from '../device/device.ts';
import { isSoftClient } from '../device/soft-clients.ts';
import { paceMsOf, pacesOf, perMinute } from './pace.ts';
import { exceptionsClass, lossesQuery, type Question, questionsOf } from './questions.ts';
import type { Standing } from './standing.ts';
import { standingKey } from './standing-key.ts';
import type { Scope } from './watch.ts';

export interface PlanInput {
  readonly scopes: readonly Scope[];
  /** Requests in any 60 s, and rows in a reply at most. */
  readonly allowance: number;
  readonly maxDevices: number;
  /** What cut replies taught, by the key of the query that was cut: lists of SelectItems that cover it. */
  readonly parts: ReadonlyMap<string, readonly (readonly string[])[]>;
}

export interface WatchPlan {
  readonly standing: readonly Standing[];
  /** Milliseconds between the requests of the walk through all devices; null: nothing needs it. */
  readonly auditEveryMs: number | null;
  /** What the walk has to cover; null: nothing. */
  readonly auditClass: DeviceClass | null;
  /** Requests in 60 s that all this takes in quiet times. */
  readonly requestsPerMinute: number;
  /** Milliseconds between two requests when the whole share is used. */
  readonly paceMs: number;
  /** Exception queries that are asked in parts, with the keys of these: they may be joined again, see `parts.ts`. */
  readonly divided: readonly Divided[];
}

export interface Divided {
  readonly key: string;
  readonly parts: readonly string[];
}

/** What the slow queries, and the walk, would like. Milliseconds. */
const SLOW_MS = 60_000;
const APPLICATIONS_MS = 30_000;
/** A request is to spare for what was seen, so that it is asked for at once. Milliseconds to its answer, seldom more. */
const CONFIRMED_MS = 1_000;
/** Of the losses, those that `lossSeenMs` speaks of. */
const MOST_LOSSES = 0.95;

/** Never takes the share of people: a fifth of the allowance is left to them. */
export function plan({ scopes, allowance, maxDevices, parts }: PlanInput): WatchPlan {
  const divided: Divided[] = [];
  const auditClass = exceptionsClass(scopes);
  const needsSoftClients = scopes.some(({ exceptions }) => exceptions?.softClients);
  const lossParts =
    auditClass === null ? null : parts.get(standingKey('exceptions', lossesQuery(auditClass)));
  const withoutSoftClients = !needsSoftClients && (lossParts ?? []).some(areSoftClients);
  const questions = questionsOf({ scopes, maxDevices, withoutSoftClients })
    .flatMap((question) => inParts(question, parts, divided))
    .filter((question) => needsSoftClients || !isOfSoftClients(question));
  const slow = questions.filter(({ reason }) => reason !== 'fast').map(wishedMs);
  const walk = auditClass === null ? [] : [SLOW_MS];
  const { fastMs, stretch } = pacesOf(
    allowance,
    questions.length - slow.length,
    [...slow, ...walk],
    questions.some(isConfirmed),
  );
  const standing = questions.map(
    (question): Standing => ({
      ...question,
      everyMs: question.reason === 'fast' ? fastMs : Math.ceil(wishedMs(question) * stretch),
    }),
  );
  const auditEveryMs = auditClass === null ? null : Math.ceil(SLOW_MS * stretch);
  const periods = [
    ...standing.map(({ everyMs }) => everyMs),
    ...(auditEveryMs === null ? [] : [auditEveryMs]),
  ];
  return {
    standing,
    auditEveryMs,
    auditClass,
    requestsPerMinute: perMinute(periods),
    paceMs: paceMsOf(allowance),
    divided,
  };
}

/** Milliseconds within which 95 % of losses are seen, and confirmed where that is needed; null: nothing is watched. */
export function lossSeenMs({ standing }: WatchPlan): number | null {
  const fast = standing.filter(({ reason }) => reason === 'fast');
  const asked = fast.length > 0 ? fast : standing;
  if (asked.length === 0) return null;
  return Math.max(
    ...asked.map((one) => Math.ceil(one.everyMs * MOST_LOSSES) + (isConfirmed(one) ? CONFIRMED_MS : 0)),
  );
}

/** Whether what it shows is asked for by name before it counts. */
function isConfirmed({ role }: Pick<Question, 'role'>): boolean {
  return role === 'exceptions' || role === 'numbers';
}

type Keyed = Question & { readonly key: string };

/** Asked for apart from the others once a reply was cut: then for nobody who does not watch them. */
function isOfSoftClients({ role, query }: Question): boolean {
  return role === 'exceptions' && query.operation !== 'selectCtiItem' && areSoftClients(query.items);
}

function areSoftClients(items: readonly string[]): boolean {
  return items.every((name) => isSoftClient({ name }));
}

function wishedMs({ reason }: Question): number {
  return reason === 'applications' ? APPLICATIONS_MS : SLOW_MS;
}

/** The question, or its parts where a reply was cut; a part that was cut has parts of its own. */
function inParts(question: Question, taught: PlanInput['parts'], divided: Divided[]): readonly Keyed[] {
  const { role, query } = question;
  const key = standingKey(role, query);
  const parts = query.operation === 'selectCtiItem' ? [] : (taught.get(key) ?? []);
  // A single part would be the query itself, and itself again.
  if (parts.length < 2) return [{ ...question, key }];
  const smaller = parts.map((items) => ({ ...question, query: { ...query, items } as Question['query'] }));
  if (role === 'exceptions') {
    divided.push({ key, parts: smaller.map((part) => standingKey(role, part.query)) });
  }
  return smaller.flatMap((part) => inParts(part, taught, divided));
}
