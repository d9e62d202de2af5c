/** A text and who typed it → the command to run and the cluster to ask, or why not. */
import { type AccessRules, decide, type RefusalReason, roleOf } from '../access/access.ts';
import type { Role } from '../access/role.ts';
import type { Asker } from '../chat.ts';
import type { Cluster, Context } from '../command/command.ts';
import { verbNamed } from '../command/commands.ts';
import { type Command, parse } from '../command/parse.ts';
import { findCluster, inCluster } from '../command/respond.ts';
import type { Misread } from '../view/misread.ts';

export interface Room {
  /** Every configured cluster; at least one. */
  readonly clusters: readonly Cluster[];
  /** Null: nobody is refused. */
  readonly access: AccessRules | null;
  /** Null for whoever started risbot: rules are not about them. */
  readonly asker: Asker | null;
  /** Asked when the text has no `in:`. */
  readonly preset: string | null;
}

export interface Ready extends Pick<Context, 'clusters' | 'assumed'> {
  readonly type: 'ready';
  readonly command: Command;
  readonly cluster: Cluster;
}

export interface Refused {
  readonly type: 'refused';
  readonly reason: RefusalReason;
  readonly needed: Role;
  readonly has: Role | null;
  readonly verb: string | null;
  /** Null when there is no cluster that could be asked. */
  readonly cluster: string | null;
}

/** Reads the text, finds the cluster and decides. A cluster that the asker may not see is not named to them unless they named it. */
export function readMessage(text: string, room: Room): Ready | Refused | Misread {
  const { clusters, access, asker, preset } = room;
  const read = parse(text);
  const verb = read.type === 'command' ? read.command.verb : null;
  const needed = verbNamed(verb ?? '')?.role ?? 'viewer';
  const seen = clustersFor(room);
  if (asker !== null && seen.length === 0) return refused(room, asker, clusters[0], verb, needed);
  if (read.type === 'misread') return read;
  const { command } = read;
  const wanted = command.cluster ?? preset;
  const cluster = wanted === null ? (seen[0] ?? null) : named(wanted, clusters, seen);
  if (cluster === null) return unknownCluster(wanted ?? '', seen);
  if (asker !== null && !decide(access, asker, cluster.name, needed).allowed) {
    return refused(room, asker, cluster, verb, needed);
  }
  const assumed = assumedCluster(clusters, access);
  // Buttons are pressed later, where the preset is not known any more, and by others.
  const suffix = command.cluster === null ? inCluster(cluster, { clusters: seen, assumed }) : '';
  const base = `${command.base}${suffix}`.trim();
  return {
    type: 'ready',
    command: { ...command, cluster: cluster.name, base },
    cluster,
    clusters: seen,
    assumed,
  };
}

/** Those that the asker may ask at all, in their order. */
export function clustersFor({ clusters, access, asker }: Omit<Room, 'preset'>): readonly Cluster[] {
  if (asker === null) return clusters;
  return clusters.filter(({ name }) => roleOf(access, asker, name) !== null);
}

/** With rules, whom a command without `in:` asks depends on who presses its button. */
export function assumedCluster(clusters: readonly Cluster[], access: AccessRules | null): Cluster | null {
  return access === null || clusters.length === 1 ? (clusters[0] ?? null) : null;
}

/** A name in full is that cluster, seen or not; the start of one is first looked for among those that are seen. */
function named(wanted: string, clusters: readonly Cluster[], seen: readonly Cluster[]): Cluster | null {
  const whole = clusters.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  return whole ?? findCluster(wanted, seen);
}

function refused(
  { access }: Room,
  asker: Asker,
  cluster: Cluster | undefined,
  verb: string | null,
  needed: Role,
): Refused {
  const decision = decide(access, asker, cluster?.name ?? '', needed);
  const why = decision.allowed ? ({ reason: 'no-role', has: null } as const) : decision;
  // Somebody without any role learns no name of a cluster.
  const named = why.reason === 'other-cluster' || why.reason === 'role-too-low';
  return {
    type: 'refused',
    reason: why.reason,
    needed,
    has: why.has,
    verb,
    cluster: named ? (cluster?.name ?? null) : null,
  };
}

function unknownCluster(wanted: string, seen: readonly Cluster[]): Misread {
  const names = seen.map(({ name }) => name);
  const reason = { type: 'unknown-cluster', cluster: wanted, clusters: names } as const;
  return {
    type: 'misread',
    reason,
    understood: '',
    suggestion: null,
    example: `status in:${names[0] ?? 'prod'}`,
  };
}
