/** Replies and memories as short as a test needs them. */
import type { CtiItem } from '../../src/device/cti.ts';
import type { Device } from '../../src/device/device.ts';
import { deviceQuery, type Query } from '../../src/device/query.ts';
import type { NodeAnswer, Snapshot } from '../../src/device/snapshot.ts';
import type { Known } from '../../src/watch/known.ts';
import { type Observation, type ObserveInput, observe } from '../../src/watch/observe.ts';
import type { Standing, StandingMemory, StandingRole } from '../../src/watch/standing.ts';
import { standingKey } from '../../src/watch/standing-key.ts';
import { deviceRow } from '../device/row.ts';

export const NOW = Date.UTC(2026, 0, 5, 8);
/** Seconds, as RisPort70 counts. */
export const EARLIER = NOW / 1000 - 86_400;

export function row(name: string, fields: Partial<Device> = {}): Device {
  return deviceRow({ name, timeStamp: EARLIER, ...fields });
}

export function lost(name: string, fields: Partial<Device> = {}): Device {
  return row(name, { status: 'UnRegistered', statusReason: 13, ...fields });
}

/** `cucm1`, `cucm1 NoChange`, `cucm1 NodeNotResponding`. */
export function nodes(...answers: readonly string[]): readonly NodeAnswer[] {
  return answers.map((answer) => {
    const [name = '', word = 'Ok'] = answer.split(' ');
    return word === 'NoChange'
      ? { name, returnCode: 'Ok', noChange: true }
      : { name, returnCode: word, noChange: false };
  });
}

export function reply(devices: readonly Device[], fields: Partial<Snapshot> = {}): Snapshot {
  return {
    query: deviceQuery(),
    at: NOW,
    nodes: nodes('cucm1', 'cucm2'),
    devices,
    ctiItems: [],
    stateInfo: '<StateInfo/>',
    complete: true,
    requests: 1,
    ...fields,
  };
}

export function ctiReply(ctiItems: readonly CtiItem[], fields: Partial<Snapshot> = {}): Snapshot {
  return reply([], { ctiItems, ...fields });
}

export function standing(role: StandingRole, query: Query): Standing {
  return { key: standingKey(role, query), role, query, everyMs: 7_000, reason: 'fast' };
}

export const EXCEPTIONS = standing('exceptions', deviceQuery({ status: 'UnRegistered' }));

export function named(...items: readonly string[]): Standing {
  return standing('named', deviceQuery({ operation: 'selectCmDeviceExt', items }));
}

/** One look after another at one cluster, each applied to what is known before the next. */
export function createWatcher(options: Partial<Pick<ObserveInput, 'isWatched'>> = {}) {
  const known = new Map<string, Known>();
  const memories = new Map<string, StandingMemory>();
  const blind = new Set<string>();

  function look(
    source: ObserveInput['source'],
    snapshot: Snapshot,
    fields: Partial<ObserveInput> = {},
  ): Observation {
    const query = 'query' in source ? source.query : snapshot.query;
    const observation = observe({
      cluster: 'london',
      source,
      snapshot: { ...snapshot, query },
      memory: 'key' in source ? (memories.get(source.key) ?? null) : null,
      standingMemories: [...memories.values()],
      known,
      blindNodes: new Set(blind),
      lastSeen: NOW - 7_000,
      isWatched: options.isWatched ?? (() => true),
      now: snapshot.at,
      gapMs: 0,
      ...fields,
    });
    apply(observation.delta);
    return observation;
  }

  function apply(delta: Observation['delta']): void {
    for (const one of delta.known ?? []) known.set(one.row.name, one);
    for (const one of delta.standing ?? []) memories.set(one.key, one);
    for (const one of delta.blind ?? []) blind.add(one.node ?? '');
    for (const one of delta.seen ?? []) blind.delete(one.node ?? '');
  }

  return {
    known,
    memories,
    blind,
    look,
    confirm: (names: readonly string[], snapshot: Snapshot, fields: Partial<ObserveInput> = {}) =>
      look({ role: 'confirm', names }, snapshot, fields),
    audit: (snapshot: Snapshot, fields: Partial<ObserveInput> = {}) =>
      look({ role: 'audit', names: [] }, snapshot, fields),
    condition: (name: string) => known.get(name)?.condition ?? null,
  };
}

/** `lost SEP1` for each transition. */
export function told({ delta }: Observation): readonly string[] {
  return (delta.transitions ?? []).map(({ kind, name }) => `${kind} ${name}`);
}
