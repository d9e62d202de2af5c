/** `watch`: from now on the room hears when what is named changes. */
import { isSure } from '../view/answer.ts';
import { noRoomView } from '../view/desk.ts';
import { misreadView } from '../view/misread.ts';
import type { View } from '../view/view.ts';
import { type Covered, notWatchedView, sameWatchView, watchingView } from '../view/watching.ts';
import type { Watch } from '../watch/watch.ts';
import type { Cluster, Verb } from './command.ts';
import { cover } from './covered.ts';
import { knownSubjects } from './device.ts';
import { DAY } from './duration.ts';
import { atDesk, endOf, type Order, roomOf } from './order.ts';
import type { Command } from './parse.ts';
import { clusterOf } from './respond.ts';
import { namedBy, scopeOf } from './scope.ts';

/** Nobody remembers a watch for longer. */
const MOST_MS = 366 * DAY;

export const watch: Verb = {
  name: 'watch',
  role: 'operator',
  summary: 'tells this room when it is lost, moves or comes back',
  usage: 'watch <device or filter> … [grace:5m] [until:back] [dm]',
  examples: [
    'watch SEPE8B7480316D6',
    'watch desc:"LON*" grace:5m',
    'watch gateways',
    'watch 1002 until:back dm',
    'watch cti cucmuser',
    'watch all phones',
  ],
  run: atDesk(startWatch),
};

async function startWatch(order: Order): Promise<View> {
  const { context } = order;
  const { options } = order.command;
  const { asker, now } = context;
  if (asker === null) return noRoomView('watch');
  const until = endOf(options.until, now, MOST_MS);
  if (typeof until === 'object' && until !== null) {
    const example = 'watch SEP001122334455 until:2h';
    return misreadView({ type: 'misread', reason: until, understood: '', suggestion: null, example });
  }
  const cluster = clusterOf(order.command, context);
  const command = withKnownNames(order.command, cluster);
  const covered = await cover({ command, scope: scopeOf(command), cluster, context });
  const wanted = {
    cluster: cluster.name,
    room: roomOf(asker, options.direct),
    maker: asker.person,
    text: command.about.text,
    graceMs: options.graceMs,
    until,
  };
  const why = options.confirmed ? null : whyNot(covered, wanted, command);
  return why === null
    ? add(wanted, covered, { ...order, command })
    : notWatched(why, wanted, covered, command);
}

type Wanted = Omit<Watch, 'id' | 'createdAt'>;
type Refusal = Parameters<typeof notWatchedView>[0]['why'];

function whyNot(covered: Covered, { until }: Wanted, command: Command): Refusal | null {
  // What could not be seen may be there, and down.
  if (!isSure(covered)) return null;
  const { subjects } = namedBy(command);
  const isNamed = subjects.some(
    ({ type }) => type === 'name' || type === 'number' || type === 'name-or-number',
  );
  if (covered.all === 0 && !isNamed) return 'matches-nothing';
  return until === 'back' && covered.all !== null && covered.all > 0 && covered.notUp === 0 ? 'is-up' : null;
}

async function add(wanted: Wanted, covered: Covered, order: Order): Promise<View> {
  const { desk, context, command } = order;
  const added = await desk.watches.add(wanted);
  switch (added.type) {
    case 'added':
      return watchingView({ watch: added.watch, covered, notes: command.notes, now: context.now });
    case 'same':
      return sameWatchView(added.watch, context.now);
    case 'too-many':
      return notWatched('too-many', wanted, covered, command, added.most);
    case 'unreadable':
      throw new Error('the desk cannot read what was read here');
  }
}

function notWatched(
  why: Refusal,
  { text, cluster }: Wanted,
  covered: Covered,
  command: Command,
  most = 0,
): View {
  const anyway = `${command.base} confirm:yes`;
  return notWatchedView({ why, text, cluster, anyway, covered, most });
}

/** A trunk or gateway may be called anything: words that are known names are those devices, and are kept as such. */
function withKnownNames(command: Command, cluster: Cluster): Command {
  const { about, filters } = command;
  if (about.cti || filters.length > 0) return command;
  const subjects = knownSubjects(command.subjects, cluster);
  const names = subjects.flatMap((subject) => (subject.type === 'name' ? [subject.name] : []));
  const isSame = subjects.every((subject, i) => subject === command.subjects[i]);
  if (isSame || names.length < subjects.length) return command;
  const text = `name:${names.map((name) => `"${name.replace(/["\n]/g, '')}"`).join(',')}`;
  return { ...command, subjects, about: { ...about, text } };
}
