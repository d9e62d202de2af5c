/** A reply compared with what was known → what changed. Pure: nothing is asked, nothing is told here. */
import type { KnownRow } from '../device/known.ts';
import type { Snapshot } from '../device/snapshot.ts';
import { lookAtApplications } from './applications.ts';
import { lookAtConfirmed, lookAtNamed } from './by-name.ts';
import { lookAtNumbers, lookAtWalk } from './by-row.ts';
import { lookAtExceptions } from './exceptions.ts';
import type { Blind, Known } from './known.ts';
import { UNANSWERED_MS } from './limits.ts';
import { type Look, type LookInput, NO_LOOK } from './look.ts';
import { queryCovers } from './name-cover.ts';
import type { Delta } from './ports.ts';
import type { Standing, StandingMemory } from './standing.ts';
import { isKeyOf } from './standing-key.ts';
import { edited, emptyMemory, nodeEdits, notSeenYet, pendingOf, settle } from './standing-memory.ts';
import { type Sight, sightOf } from './visible.ts';

/** confirm: names asked again with selectCmDeviceExt; audit: the walk through all devices. */
export type Source = Standing | { readonly role: 'confirm' | 'audit'; readonly names: readonly string[] };

export interface ObserveInput {
  readonly cluster: string;
  readonly source: Source;
  readonly snapshot: Snapshot;
  /** Of the standing query; null before its first reply. */
  readonly memory: StandingMemory | null;
  /** All of the cluster's: names that they wait for are settled by `confirm`. */
  readonly standingMemories?: readonly StandingMemory[];
  /** By name, as CUCM writes it. */
  readonly known: ReadonlyMap<string, Known>;
  /** What cannot be seen at the moment: nodes by name; a blank one is the cluster as a whole. */
  readonly blindNodes: ReadonlySet<string>;
  /** Epoch milliseconds of the last look that succeeded; null: never. */
  readonly lastSeen?: number | null;
  /** Whether any watch covers the row: others are not remembered. */
  isWatched(row: KnownRow): boolean;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Milliseconds before this look in which risbot could not look; 0 in ordinary times. */
  readonly gapMs: number;
}

export interface Observation {
  /** Without a field where nothing of it changes; `{}` on a quiet day. */
  readonly delta: Pick<Delta, 'known' | 'standing' | 'transitions' | 'blind' | 'seen' | 'forgotten'>;
  /** Names to ask again with selectCmDeviceExt before anybody is told. */
  readonly confirm: readonly string[];
  /** The reply was cut: the query is to be asked in parts, see `parts.ts`. */
  readonly cut: boolean;
  /** The ReturnCode with which a node refused the question, which says nothing of the node; null: none did. */
  readonly refused: string | null;
}

/** Takes any reply of any source. The same reply a second time changes nothing. */
export function observe(input: ObserveInput): Observation {
  const { snapshot } = input;
  const sight = sightOf(input);
  const look = lookAt(input, sight);
  const standing = standingAfter(input, sight, look);
  const known = look.changes.map((change) => change.known);
  const transitions = look.changes.flatMap(({ transition }) => (transition ? [transition] : []));
  // What could not be told while something was out of sight can be told now.
  const waiting = sight.seesAgain ? memoriesAfter(input, standing).flatMap(pendingOf) : [];
  return {
    delta: {
      ...blindness(input, sight),
      ...(known.length > 0 && { known }),
      ...(transitions.length > 0 && { transitions }),
      ...(standing.length > 0 && { standing }),
    },
    confirm: [...new Set([...look.confirm, ...waiting])],
    cut: !snapshot.complete,
    refused: sight.refused,
  };
}

function lookAt(input: ObserveInput, sight: Sight): Look {
  const { cluster, now, gapMs, source, snapshot, standingMemories = [] } = input;
  const { known, memory, isWatched } = input;
  const { query } = snapshot;
  const awaited = new Set([...standingMemories, ...(memory ? [memory] : [])].flatMap(pendingOf));
  const isAwaited = (name: string) => awaited.has(name);
  const moment = { cluster, now, gapMs };
  const at: LookInput = { snapshot, sight, moment, known, memory, isWatched, isAwaited };
  if (query.operation === 'selectCtiItem') return lookAtApplications(at, query);
  switch (source.role) {
    case 'named':
      return lookAtNamed(at, query.items);
    case 'confirm':
      return lookAtConfirmed(at, source.names, standingMemories);
    case 'exceptions':
      return lookAtExceptions(at);
    case 'cti':
      return NO_LOOK;
    case 'numbers':
      return lookAtNumbers({ ...at, covers: queryCovers(query), isForExceptions: () => false });
    case 'audit':
      return lookAtWalk({
        ...at,
        covers: queryCovers(query),
        isForExceptions: notSeenYet(standingMemories.filter(({ key }) => isKeyOf('exceptions', key))),
      });
  }
}

/** A walk is put together from many replies: what could not be seen in one of them may have been seen again long since. */
function blindness({ source, snapshot }: ObserveInput, { delta }: Sight): Sight['delta'] {
  if (source.role !== 'audit' || snapshot.requests <= 1) return delta;
  const { blind: _blind, ...seen } = delta;
  return seen;
}

/** What standing queries remember from now on, those alone that remember something else than before. */
function standingAfter(input: ObserveInput, sight: Sight, look: Look): readonly StandingMemory[] {
  const { source, snapshot, memory, standingMemories = [] } = input;
  const { settled } = look;
  if (!('key' in source)) {
    if (source.role === 'audit' || settled === null) return [];
    return standingMemories.flatMap((one) => {
      const after = settle(one, settled);
      return after === one ? [] : [after];
    });
  }
  const before = memory ?? emptyMemory(input.cluster, source.key);
  const quiet = settled === null ? before : settle(before, settled);
  const edits = new Map([...look.rows, ...nodeEdits(before, sight)]);
  const after: StandingMemory = {
    ...quiet,
    // A StateInfo of a reply that was cut would bring NoChange for the rest, too.
    stateInfo: snapshot.complete ? snapshot.stateInfo.trim() || before.stateInfo : '',
    baselined: before.baselined || snapshot.complete,
    rows: edited(quiet.rows, edits),
  };
  return memory !== null && isSame(memory, after) ? [] : [after];
}

function isSame(a: StandingMemory, b: StandingMemory): boolean {
  return a.rows === b.rows && a.stateInfo === b.stateInfo && a.baselined === b.baselined;
}

function memoriesAfter(
  { standingMemories = [] }: ObserveInput,
  changed: readonly StandingMemory[],
): readonly StandingMemory[] {
  const after = new Map([...standingMemories, ...changed].map((one) => [one.key, one]));
  return [...after.values()];
}

export interface FailureInput {
  readonly cluster: string;
  /** A RisPortError's code. */
  readonly code: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Epoch milliseconds at which the question was asked that got no answer; left out: now. */
  readonly askedAt?: number;
  readonly lastSeen: number | null;
  /** What cannot be seen already. */
  readonly blind: readonly Blind[];
}

/** A look that failed as a whole: since when nothing was answered, which is blindness once it has lasted. Said once. */
export function observeFailure(input: FailureInput): Pick<Delta, 'blind'> {
  const { cluster, code, now, lastSeen, askedAt = now } = input;
  if (input.blind.some(({ node }) => node === null)) return {};
  const since = Math.max(askedAt, now - UNANSWERED_MS);
  return { blind: [{ cluster, node: null, code, since, lastSeen }] };
}
