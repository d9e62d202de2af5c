/** From a command to the cluster it asks, and from what was gathered to an answer that views can show. */
import { MODELS } from '../device/models.ts';
import type { Answer, Found } from '../view/answer.ts';
import { counted } from '../view/text.ts';
import type { Cluster, Context } from './command.ts';
import type { Gathered } from './gather.ts';
import { type RowTest, subjectTest } from './match.ts';
import type { Command, Filter, Subject } from './parse.ts';

/** The cluster that `in:` names, by its name or the start of it; the first one without `in:`; null when there is none of that name. */
export function findCluster(name: string | null, clusters: readonly Cluster[]): Cluster | null {
  if (name === null) return clusters[0] ?? null;
  const wanted = name.toLowerCase();
  const exact = clusters.find((cluster) => cluster.name.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const starting = clusters.filter((cluster) => cluster.name.toLowerCase().startsWith(wanted));
  return starting.length === 1 ? (starting[0] ?? null) : null;
}

/** The same for verbs, which run only when the cluster exists. */
export function clusterOf(command: Command, context: Context): Cluster {
  const cluster = findCluster(command.cluster, context.clusters);
  if (cluster === null) throw new Error('a command was run for a cluster that is not configured');
  return cluster;
}

export function othersThan(cluster: Cluster, context: Context): readonly string[] {
  return context.clusters.filter((other) => other !== cluster).map((other) => other.name);
}

/** What buttons need so that they ask the same cluster, whoever presses them. */
export function inCluster(cluster: Cluster, context: Pick<Context, 'clusters' | 'assumed'>): string {
  const { assumed = context.clusters[0] } = context;
  if (cluster === assumed) return '';
  return /^[\w.-]+$/.test(cluster.name) ? ` in:${cluster.name}` : ` in:"${cluster.name}"`;
}

/** The answer that views show: what was gathered, and how the words were read. */
export function answerOf(gathered: Gathered, command: Command, cluster: Cluster, context: Context): Answer {
  const unconfirmed =
    gathered.unconfirmed > 0
      ? [
          `${counted(gathered.unconfirmed, 'device')} could not be checked on other nodes: narrow the question.`,
        ]
      : [];
  const users = [...command.subjects.map(({ type }) => type), ...command.filters.map(({ field }) => field)];
  const walk = users.includes('user')
    ? [`CUCM cannot look up users directly, so the phones of ${cluster.name} were gone through.`]
    : [];
  return {
    cluster: cluster.name,
    command: command.base,
    oneOfSeveral: context.clusters.length > 1,
    inCluster: inCluster(cluster, context),
    readAs: [
      ...command.subjects.map((subject) => readSubject(subject, gathered)),
      ...command.filters.map(readFilter),
    ],
    found: gathered.found,
    page: command.page,
    keepsWatch: context.desk !== null,
    notes: [...command.notes, ...walk, ...unconfirmed],
    now: context.now,
    nodes: gathered.nodes,
    complete: gathered.complete,
    requests: gathered.requests,
    ageMs: Math.max(0, context.now - gathered.at),
  };
}

function readSubject(subject: Subject, { anywhere }: Gathered): string {
  return anywhere && subject.type === 'description'
    ? `name, description, node or model contains → ${subject.text}`
    : subject.readAs;
}

function readFilter(filter: Filter): string {
  const words = filter.values.map((value) =>
    filter.field === 'model' ? (MODELS.get(Number(value)) ?? value) : value,
  );
  const shown = words.length > 6 ? [...words.slice(0, 5), `${words.length - 5} more`] : words;
  return `${filter.field} → ${filter.not ? 'not ' : ''}${shown.join(' or ')}`;
}

export interface Sorted {
  readonly found: readonly Found[];
  /** Subjects that no device answers to, as typed. */
  readonly missing: readonly Subject[];
}

/** Devices in the order in which they were asked for, so that a pasted column comes back as it was. */
export function sortBySubject(found: readonly Found[], subjects: readonly Subject[]): Sorted {
  const names = new Map<string, number>();
  const others: number[] = [];
  for (const [i, subject] of subjects.entries()) {
    if (subject.type === 'name') names.set(subject.name.toUpperCase(), i);
    else others.push(i);
  }
  const tests = subjects.map(subjectTest);
  const hit = new Set<number>();
  const placed = found.map((entry) => {
    const byName = names.get(entry.device.name.toUpperCase());
    const matching = others.filter((i) => isOf(tests[i], entry));
    const all = byName === undefined ? matching : [byName, ...matching];
    for (const i of all) hit.add(i);
    return { entry, place: all.length > 0 ? Math.min(...all) : subjects.length };
  });
  placed.sort((a, b) => a.place - b.place || a.entry.device.name.localeCompare(b.entry.device.name));
  return {
    found: placed.map(({ entry }) => entry),
    missing: subjects.filter((_, i) => !hit.has(i)),
  };
}

function isOf(test: RowTest | undefined, { device, older }: Found): boolean {
  return test !== undefined && [device, ...older].some(test);
}
