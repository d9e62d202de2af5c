/** Everything that is watched, as it is known now. Loaded from the store at start, and changed by nothing but `apply`. */
import type { KnownRow } from '../device/known.ts';
import type { OpenIncident } from './incident.ts';
import type { Blind, Known } from './known.ts';
import { isNoteworthy } from './noteworthy.ts';
import type { Delta, ReadScope, Remembered } from './ports.ts';
import type { StandingMemory } from './standing.ts';
import type { Mute, Scope, Watch } from './watch.ts';

export interface ClusterMemory {
  readonly known: Map<string, Known>;
  /** Those of `known` that are not up, or were not a short while ago. */
  readonly noteworthy: Map<string, Known>;
  readonly standing: Map<string, StandingMemory>;
  /** By node; a blank one is the cluster as a whole. */
  readonly blind: Map<string, Blind>;
  /** What could not be seen until a moment ago. */
  readonly seenAgain: { readonly node: string | null; readonly ms: number; readonly at: number }[];
}

export interface WatchedScope {
  readonly watch: Watch;
  readonly scope: Scope;
}

export interface MuteInForce {
  readonly mute: Mute;
  /** Whether it holds what is about the row. */
  covers(row: KnownRow): boolean;
}

export interface Memory {
  /** Made when first asked for. */
  cluster(name: string): ClusterMemory;
  readonly watches: Map<number, WatchedScope>;
  /** Watches that cannot be read any more: kept, shown, and never dropped in silence. */
  readonly unreadable: Map<number, Watch>;
  readonly mutes: Map<number, MuteInForce>;
  /** Open ones. */
  readonly incidents: Map<number, OpenIncident>;
  readonly lookedAt: Map<string, number>;
  readonly lastIds: { watch: number; mute: number; incident: number };
  readonly readScope: ReadScope;
  apply(delta: Delta, now: number): void;
}

/** What is remembered before anything was watched. */
export const NOTHING: Remembered = {
  known: [],
  standing: [],
  blind: [],
  incidents: [],
  watches: [],
  mutes: [],
  lookedAt: {},
  lastIds: { watch: 0, mute: 0, incident: 0 },
};

/** How long what was blind until now is spoken of as "seen again". Milliseconds. */
const SEEN_AGAIN_MS = 10 * 60_000;

/** The memory as the store had it. */
export function createMemory(remembered: Remembered, readScope: ReadScope): Memory {
  const clusters = new Map<string, ClusterMemory>();
  const memory: Memory = {
    cluster(name) {
      const found = clusters.get(name) ?? emptyCluster();
      clusters.set(name, found);
      return found;
    },
    watches: new Map(),
    unreadable: new Map(),
    mutes: new Map(),
    incidents: new Map(remembered.incidents.map((incident) => [incident.id, incident])),
    lookedAt: new Map(Object.entries(remembered.lookedAt)),
    lastIds: { ...remembered.lastIds },
    readScope,
    apply,
  };

  function apply(delta: Delta, now: number): void {
    applySeen(memory, delta, now);
    applyBlind(memory, delta, now);
    applyWatches(memory, delta, readScope);
    applyIncidents(memory, delta);
    for (const [name, at] of Object.entries(delta.lookedAt ?? {})) memory.lookedAt.set(name, at);
  }

  const { known, standing, blind, watches, mutes } = remembered;
  apply({ known, standing, blind, watches, mutes }, 0);
  return memory;
}

function emptyCluster(): ClusterMemory {
  return {
    known: new Map(),
    noteworthy: new Map(),
    standing: new Map(),
    blind: new Map(),
    seenAgain: [],
  };
}

function applySeen(memory: Memory, delta: Delta, now: number): void {
  for (const known of delta.known ?? []) {
    const cluster = memory.cluster(known.cluster);
    cluster.known.set(known.row.name, known);
    if (isNoteworthy(known, now)) cluster.noteworthy.set(known.row.name, known);
    else cluster.noteworthy.delete(known.row.name);
  }
  for (const { cluster, name } of delta.forgotten ?? []) {
    memory.cluster(cluster).known.delete(name);
    memory.cluster(cluster).noteworthy.delete(name);
  }
  for (const standing of delta.standing ?? [])
    memory.cluster(standing.cluster).standing.set(standing.key, standing);
  for (const { cluster, key } of delta.dropped ?? []) memory.cluster(cluster).standing.delete(key);
}

function applyBlind(memory: Memory, delta: Delta, now: number): void {
  for (const blind of delta.blind ?? []) memory.cluster(blind.cluster).blind.set(blind.node ?? '', blind);
  for (const { cluster: name, node } of delta.seen ?? []) {
    const cluster = memory.cluster(name);
    const blind = cluster.blind.get(node ?? '');
    if (blind === undefined) continue;
    cluster.blind.delete(node ?? '');
    // Of the cluster as a whole, from the first question without an answer: one that is asked seldom was not blind before it.
    const from = node === null ? blind.since : (blind.lastSeen ?? blind.since);
    cluster.seenAgain.push({ node, ms: now - from, at: now });
    const recent = cluster.seenAgain.filter(({ at }) => now - at < SEEN_AGAIN_MS);
    cluster.seenAgain.splice(0, cluster.seenAgain.length, ...recent);
  }
}

function applyWatches(memory: Memory, delta: Delta, readScope: ReadScope): void {
  for (const watch of delta.watches ?? []) {
    const scope = readScope(watch.text);
    if (scope === null) memory.unreadable.set(watch.id, watch);
    else memory.watches.set(watch.id, { watch, scope });
    memory.lastIds.watch = Math.max(memory.lastIds.watch, watch.id);
  }
  for (const id of delta.endedWatches ?? []) {
    memory.watches.delete(id);
    memory.unreadable.delete(id);
  }
  for (const mute of delta.mutes ?? []) {
    memory.mutes.set(mute.id, { mute, covers: coverOf(mute, readScope) });
    memory.lastIds.mute = Math.max(memory.lastIds.mute, mute.id);
  }
  for (const id of delta.endedMutes ?? []) memory.mutes.delete(id);
}

function applyIncidents(memory: Memory, delta: Delta): void {
  for (const incident of delta.incidents ?? []) {
    const members = memory.incidents.get(incident.id)?.members ?? new Map();
    memory.lastIds.incident = Math.max(memory.lastIds.incident, incident.id);
    memory.incidents.set(incident.id, { ...incident, members });
  }
  const changed = Map.groupBy(delta.members ?? [], ({ incident }) => incident);
  for (const [id, members] of changed) {
    const incident = memory.incidents.get(id);
    if (incident === undefined) continue;
    const all = new Map(incident.members);
    for (const { member } of members) all.set(member.name, member);
    memory.incidents.set(id, { ...incident, members: all });
  }
  for (const { id, closedAt } of delta.incidents ?? []) if (closedAt !== null) memory.incidents.delete(id);
}

function coverOf({ about }: Mute, readScope: ReadScope): (row: KnownRow) => boolean {
  switch (about.type) {
    case 'room':
      return () => true;
    case 'incident':
      return () => false;
    case 'subject': {
      const scope = readScope(about.text);
      return (row) => scope?.matches(row) ?? false;
    }
  }
}
