/** What a watch would cover, asked of the cluster once: how many there are, and how many of them are down already. */

import type { CtiItem } from '../device/cti.ts';
import type { Device } from '../device/device.ts';
import { isWhole, mergeNodes } from '../device/snapshot.ts';
import { isSoftClient } from '../device/soft-clients.ts';
import type { Found } from '../view/answer.ts';
import { isSure } from '../view/answer.ts';
import type { Covered } from '../view/watching.ts';
import type { Scope } from '../watch/watch.ts';
import type { Cluster, Context } from './command.ts';
import { ctiItemsOf, ctiQueries } from './cti.ts';
import { NOT_REGISTERED } from './down.ts';
import { type Plan, plan } from './filter.ts';
import { askAll, type Gathered, gather } from './gather.ts';
import type { Command, Filter, Subject } from './parse.ts';
import { sortBySubject } from './respond.ts';
import { type Named, namedBy } from './scope.ts';

export interface Asking {
  readonly command: Command;
  readonly scope: Scope;
  readonly cluster: Cluster;
  readonly context: Context;
}

/** Rejects as the lookup does. */
export async function cover(asking: Asking): Promise<Covered> {
  if (asking.command.about.cti) return coverCti(asking);
  const named = namedBy(asking.command);
  const narrow = planNamed(named, asking.scope);
  return isWide(narrow, named, asking.scope) ? coverWide(named, asking) : coverNamed(narrow, named, asking);
}

/** What names things is asked for; filters are compared here, so that RisPort70 is not made to look at every phone of a class. */
export function planNamed({ subjects, filters }: Named, scope: Scope): Plan {
  return subjects.length > 0
    ? plan({ subjects, filters: [] })
    : plan({ subjects, filters: withClass(filters, scope) });
}

function withClass(filters: readonly Filter[], { exceptions }: Scope): readonly Filter[] {
  const deviceClass = exceptions?.deviceClass ?? 'Any';
  const others = filters.filter(({ field, values }) => field !== 'class' || !values.includes('*'));
  if (deviceClass === 'Any' || others.some(({ field }) => field === 'class')) return others;
  return [{ field: 'class', values: [deviceClass], not: false }, ...others];
}

/** Whether counting it means looking at every phone: dozens of requests on a large cluster. */
export function isWide({ walks }: Plan, { subjects }: Named, { exceptions }: Scope): boolean {
  const deviceClass = exceptions?.deviceClass ?? null;
  return walks || (subjects.length === 0 && (deviceClass === 'Phone' || deviceClass === 'Any'));
}

async function coverNamed(planned: Plan, { subjects }: Named, asking: Asking): Promise<Covered> {
  const { scope, cluster, command, context } = asking;
  const gathered = await gather(planned, cluster, command, context);
  const { found } = gathered;
  const covered = found.filter(({ device }) => scope.matches(device));
  const exact = subjects.filter(
    ({ type }) => type === 'name' || type === 'number' || type === 'name-or-number',
  );
  return {
    ...truthOf(gathered, context),
    all: covered.length,
    notUp: covered.filter(isDown).length,
    deviceClass: classOf(covered),
    softClients:
      found.filter(({ device }) => isSoftClient(device)).length -
      covered.filter(({ device }) => isSoftClient(device)).length,
    missing: isSure(gathered) ? typed(sortBySubject(found, exact).missing) : [],
    known: 0,
  };
}

/** Only what is not up is asked for: a small question, however large the cluster. */
async function coverWide({ filters }: Named, { scope, cluster, command, context }: Asking): Promise<Covered> {
  const planned = plan({ subjects: [], filters: [...withClass(filters, scope), NOT_REGISTERED] });
  const queries = planned.queries.map((query) => ({ ...query, exact: false }));
  const matching = { ...planned, queries, named: (device: Device) => scope.matches(device) };
  const gathered = await gather(matching, cluster, command, context);
  const down = gathered.found.filter(isDown);
  const isNowhere =
    gathered.nodes.length > 0 && gathered.nodes.every(({ returnCode }) => returnCode === 'InvalidNodeName');
  return {
    ...truthOf(gathered, context),
    all: isNowhere ? 0 : null,
    notUp: down.length,
    deviceClass: classOf(down),
    softClients: 0,
    missing: [],
    known: cluster.names.all().length,
  };
}

async function coverCti({ command, cluster, context }: Asking): Promise<Covered> {
  const snapshots = await askAll(ctiQueries(command.subjects), cluster, command, context);
  const items = ctiItemsOf(
    command.subjects,
    snapshots.flatMap((snapshot) => snapshot.ctiItems),
  );
  return {
    nodes: mergeNodes(snapshots),
    complete: snapshots.every(isWhole),
    requests: snapshots.reduce((sum, { requests }) => sum + requests, 0),
    ageMs: Math.max(0, context.now - Math.min(context.now, ...snapshots.map(({ at }) => at))),
    all: items.length,
    notUp: items.filter((item) => !isOpen(item)).length,
    deviceClass: command.subjects.length === 0 ? 'CtiProvider' : 'CtiItem',
    softClients: 0,
    missing: [],
    known: 0,
  };
}

/** The narrowest thing that the item speaks of. */
function isOpen({ appStatus, ctiDevice, ctiLine }: CtiItem): boolean {
  return (ctiLine?.lineStatus ?? ctiDevice?.deviceStatus ?? appStatus) === 'Open';
}

/** Unknown says nothing: trunks are so for years. */
function isDown({ device }: Found): boolean {
  return device.status !== 'Registered' && device.status !== 'Unknown';
}

function classOf(found: readonly Found[]): string {
  const classes = new Set(found.map(({ device }) => device.deviceClass));
  const [only = 'Any'] = classes;
  return classes.size === 1 ? only : 'Any';
}

function typed(subjects: readonly Subject[]): readonly string[] {
  return subjects.map((subject) => subject.typed);
}

export function truthOf({ nodes, complete, requests, at }: Gathered, { now }: Context) {
  return { nodes, complete, requests, ageMs: Math.max(0, now - at) };
}
