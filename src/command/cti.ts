/** `cti`: which application controls which devices and lines. */
import type { CtiItem } from '../device/cti.ts';
import { type CtiQuery, ctiQuery } from '../device/query.ts';
import { isWhole, mergeNodes } from '../device/snapshot.ts';
import { ctiView } from '../view/cti.ts';
import { spellingsOf } from '../view/phone-number.ts';
import type { Verb } from './command.ts';
import { ctiTest, namesOfItem } from './cti-match.ts';
import { askAll } from './gather.ts';
import type { Subject } from './parse.ts';
import { clusterOf, inCluster } from './respond.ts';

export const cti: Verb = {
  name: 'cti',
  summary: 'CTI applications: who controls which devices and lines',
  usage: 'cti [application, user, address, device or number]',
  examples: ['cti', 'cti cucmuser', 'cti SEPF01FAF38ABC2', 'cti dn:1002'],
  run: async (command, context) => {
    const cluster = clusterOf(command, context);
    const asked = command.subjects.slice(0, MOST_SUBJECTS);
    const snapshots = await askAll(ctiQueries(asked), cluster, command, context);
    const all = snapshots.flatMap((snapshot) => snapshot.ctiItems);
    const left = command.subjects.length - asked.length;
    return ctiView({
      cluster: cluster.name,
      command: command.base,
      inCluster: inCluster(cluster, context),
      readAs: asked.map(readAs),
      wanted: asked.map((subject) => subject.typed),
      items: ctiItemsOf(asked, all),
      page: command.page,
      notes: left > 0 ? [...command.notes, `Only the first ${MOST_SUBJECTS} were asked for.`] : command.notes,
      now: context.now,
      nodes: mergeNodes(snapshots),
      complete: snapshots.every(isWhole),
      requests: snapshots.reduce((sum, snapshot) => sum + snapshot.requests, 0),
      ageMs: Math.max(0, context.now - Math.min(context.now, ...snapshots.map((snapshot) => snapshot.at))),
    });
  },
};

/** Items of the same kind share a request, so this bounds the request and not their number. */
const MOST_SUBJECTS = 50;

/** The fewest queries that find all the subjects; without any, every application. */
export function ctiQueries(subjects: readonly Subject[]): readonly CtiQuery[] {
  return subjects.length === 0 ? [ctiQuery()] : merge(subjects.flatMap(queriesFor));
}

/** Those of the items that one of the subjects names, each once. */
export function ctiItemsOf(subjects: readonly Subject[], items: readonly CtiItem[]): readonly CtiItem[] {
  const tests = subjects.map(ctiTest);
  return unique(
    tests.length === 0
      ? items
      : items.filter((item) => {
          const names = namesOfItem(item);
          return tests.some((test) => test(names));
        }),
  );
}

/** A device or a number is asked for as such; an application or user first of all as a provider, for it may control nothing. */
function queriesFor(subject: Subject): readonly CtiQuery[] {
  switch (subject.type) {
    case 'name':
      return [
        ctiQuery({ ctiMgrClass: 'Device', devNames: [subject.name] }),
        ctiQuery({ ctiMgrClass: 'Line', devNames: [subject.name] }),
      ];
    case 'number':
      return [ctiQuery({ ctiMgrClass: 'Line', dirNumbers: spellingsOf(subject.number) })];
    case 'name-or-number':
      // Without criteria and narrowed here: digits with a star may be part of anything.
      return [ctiQuery({ ctiMgrClass: 'Device' }), ctiQuery({ ctiMgrClass: 'Line' })];
    case 'ip':
      return everything({
        selectAppBy: subject.version === 4 ? 'AppIPV4Address' : 'AppIPV6Address',
        appItems: [subject.ip],
      });
    case 'user':
      return everything({ selectAppBy: 'UserId', appItems: [subject.user] });
    case 'description':
    case 'pattern':
    case 'subnet':
      // A word may be an application or its user, or a part of either: RisPort70 asks for one of them, whole.
      return everything({});
  }
}

function everything(fields: Partial<Omit<CtiQuery, 'operation'>>): readonly CtiQuery[] {
  return (['Provider', 'Device', 'Line'] as const).map((ctiMgrClass) => ctiQuery({ ...fields, ctiMgrClass }));
}

/** Queries that differ in their items alone are one. */
function merge(queries: readonly CtiQuery[]): readonly CtiQuery[] {
  const merged = new Map<string, CtiQuery>();
  for (const query of queries) {
    const items = [query.appItems, query.devNames, query.dirNumbers].map((list) => list.length > 0);
    const key = JSON.stringify([query.ctiMgrClass, query.selectAppBy, items]);
    const other = merged.get(key);
    const both = (a: readonly string[] = [], b: readonly string[]) => [...new Set([...a, ...b])];
    merged.set(key, {
      ...query,
      appItems: both(other?.appItems, query.appItems),
      devNames: both(other?.devNames, query.devNames),
      dirNumbers: both(other?.dirNumbers, query.dirNumbers),
    });
  }
  return [...merged.values()];
}

function readAs(subject: Subject): string {
  return subject.type === 'description' ? `application or user → ${subject.text}` : subject.readAs;
}

/** A Line reply repeats what the Device reply said. */
function unique(items: readonly CtiItem[]): readonly CtiItem[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
