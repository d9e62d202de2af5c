/** `history`: what happened before, of devices or of a whole cluster. */

import type { Truth } from '../view/answer.ts';
import { historyView } from '../view/history.ts';
import { misreadView } from '../view/misread.ts';
import { counted } from '../view/text.ts';
import type { View } from '../view/view.ts';
import type { Cluster, Verb } from './command.ts';
import { isWide, planNamed, truthOf } from './covered.ts';
import { ctiItemsOf, ctiQueries } from './cti.ts';
import { namesOfItem, rowName } from './cti-match.ts';
import { knownSubjects } from './device.ts';
import { DAY } from './duration.ts';
import { askAll, gather } from './gather.ts';
import { atDesk, endOf, type Order } from './order.ts';
import { clusterOf } from './respond.ts';
import { namedBy, scopeOf } from './scope.ts';
import { spellings } from './selection.ts';

const USUAL_MS = 7 * DAY;
const MOST_MS = 366 * DAY;
/** Changes read at the most. */
const MOST_CHANGES = 1000;
const MOST_NAMES = 1000;

export const history: Verb = {
  name: 'history',
  summary: 'what happened before, the latest first',
  usage: 'history [device or filter] … [for:7d]',
  examples: ['history SEPE8B7480316D6', 'history 1002 for:2d', 'history'],
  run: atDesk(async (order) => {
    const { command, context, desk } = order;
    const back = endOf(command.options.until ?? { type: 'in', ms: USUAL_MS }, context.now, MOST_MS);
    if (typeof back !== 'number') {
      if (back === null || back === 'back') throw new Error('a history was read without its length');
      const reason = { ...back, field: 'for' };
      const rest = { understood: '', suggestion: null, example: 'history for:7d' };
      return misreadView({ type: 'misread', reason, ...rest });
    }
    const cluster = clusterOf(command, context);
    const { names, truth, notes } = await findNames(order, cluster);
    const sinceMs = back - context.now;
    const past = await desk.history({ cluster: cluster.name, names, sinceMs, limit: MOST_CHANGES });
    return show(order, cluster, { ...past, names, truth, notes, sinceMs });
  }),
};

type Shown = Pick<
  Parameters<typeof historyView>[0],
  'transitions' | 'known' | 'names' | 'truth' | 'notes' | 'sinceMs'
>;

function show({ command, context }: Order, cluster: Cluster, shown: Shown): View {
  return historyView({
    ...shown,
    cluster: cluster.name,
    notes: [...command.notes, ...shown.notes],
    cut: shown.transitions.length >= MOST_CHANGES,
    readAs: command.subjects.map(({ readAs }) => readAs),
    command: command.base,
    page: command.page,
    now: context.now,
  });
}

interface Names {
  /** Null: of every device. */
  readonly names: readonly string[] | null;
  readonly truth: Truth | null;
  readonly notes: readonly string[];
}

const EVERY: Names = { names: null, truth: null, notes: [] };

/** Names need no question; whatever else was named is looked up in the cluster first. */
async function findNames(order: Order, cluster: Cluster): Promise<Names> {
  const { command, context } = order;
  if (command.about.text === '' || command.about.everything) return EVERY;
  if (command.about.cti) return ctiNames(order, cluster);
  const named = namedBy({ ...command, subjects: knownSubjects(command.subjects, cluster) });
  const exact = named.subjects.flatMap((one) => (one.type === 'name' ? spellings(one.name, one.typed) : []));
  if (named.filters.length === 0 && named.subjects.every(({ type }) => type === 'name') && exact.length > 0) {
    return { ...EVERY, names: exact };
  }
  const scope = scopeOf(command);
  const planned = planNamed(named, scope);
  if (isWide(planned, named, scope)) {
    return { ...EVERY, notes: [`Of all that is watched in ${cluster.name}: to narrow it, name devices.`] };
  }
  const gathered = await gather(planned, cluster, command, context);
  const found = gathered.found.filter(({ device }) => scope.matches(device)).map(({ device }) => device.name);
  return bounded([...new Set([...exact, ...found])], truthOf(gathered, context));
}

async function ctiNames({ command, context }: Order, cluster: Cluster): Promise<Names> {
  const snapshots = await askAll(ctiQueries(command.subjects), cluster, command, context);
  const items = ctiItemsOf(
    command.subjects,
    snapshots.flatMap((snapshot) => snapshot.ctiItems),
  );
  return bounded([...new Set(items.map((item) => rowName(namesOfItem(item))))], null);
}

function bounded(names: readonly string[], truth: Truth | null): Names {
  const kept = names.slice(0, MOST_NAMES);
  const left = names.length - kept.length;
  const notes = left > 0 ? [`Only the first ${counted(MOST_NAMES, 'device')} were looked up.`] : [];
  return { names: kept, truth, notes };
}
