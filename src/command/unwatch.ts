/** `unwatch`: by number, by what is watched, or all of the room's. */
import { noSuchView, notYoursView } from '../view/desk.ts';
import { asSubject } from '../view/text.ts';
import type { View } from '../view/view.ts';
import { confirmUnwatchView, unwatchedView } from '../view/watching.ts';
import type { Watch } from '../watch/watch.ts';
import type { Verb } from './command.ts';
import {
  atDesk,
  forbidden,
  isOfAsker,
  isSameRoom,
  isWatchMeant,
  meaningOf,
  type Order,
  roomOf,
  typedNumbers,
} from './order.ts';

export const unwatch: Verb = {
  name: 'unwatch',
  role: 'operator',
  summary: 'ends a watch',
  usage: 'unwatch <number, or what is watched> …',
  examples: ['unwatch 12', 'unwatch SEPE8B7480316D6', 'unwatch *'],
  run: atDesk(async (order) => {
    const { about, options } = order.command;
    if (!about.everything) return endChosen(order);
    const all = ofRoom(order);
    if (all.length === 0) return noSuchView('watch', '');
    return options.confirmed
      ? end(all, [], order)
      : confirmUnwatchView(all, `${order.command.base} confirm:yes`);
  }),
};

const made = ({ cluster, room, maker }: Watch) => ({ cluster, room, by: maker });

function ofRoom(order: Order): readonly Watch[] {
  const { asker } = order.context;
  return watchesMeant(order).filter(({ room }) => asker === null || isSameRoom(room, roomOf(asker)));
}

function watchesMeant(order: Order): readonly Watch[] {
  return order.desk.watches
    .list(null)
    .filter((watched) => isWatchMeant(watched, order))
    .map(({ watch }) => watch);
}

async function endChosen(order: Order): Promise<View> {
  const { about } = order.command;
  const chosen = choose(order);
  const allowed = chosen.watches.filter((watch) => forbidden(made(watch), order.context) === null);
  if (allowed.length > 0) return end(allowed, chosen.notes, order);
  const [other] = chosen.watches;
  const why = other === undefined ? null : forbidden(made(other), order.context);
  if (why === null)
    return noSuchView('watch', about.text === '' ? about.ids.map((id) => `#${id}`).join(', ') : about.text);
  return notYoursView(
    'watch',
    chosen.watches.map(({ id }) => id),
    why,
  );
}

interface Chosen {
  readonly watches: readonly Watch[];
  readonly notes: readonly string[];
}

/** Numbers of watches come first: `1002` is an extension only where no watch has that number. */
function choose(order: Order): Chosen {
  const { command, context } = order;
  const all = watchesMeant(order);
  const numbers = typedNumbers(command);
  const byNumber = all.filter(({ id }) => numbers.includes(id));
  if (byNumber.length > 0 && byNumber.length === numbers.length) return { watches: byNumber, notes: [] };
  const texts = [command.about.text, ...command.subjects.flatMap(({ typed }) => [typed, asSubject(typed)])];
  const meanings = new Set(texts.filter((text) => text !== '').map(meaningOf));
  const byText = all.filter(
    (watch) => isOfAsker(made(watch), context) && meanings.has(meaningOf(watch.text)),
  );
  if (byText.length === 0) return { watches: byNumber, notes: missing(numbers, byNumber) };
  const note = `There is no watch #${numbers.join(', #')} here, so it was read as what is watched.`;
  return { watches: byText, notes: numbers.length > 0 ? [note] : [] };
}

function missing(numbers: readonly number[], found: readonly Watch[]): readonly string[] {
  const left = numbers.filter((number) => !found.some(({ id }) => id === number));
  return left.length === 0 ? [] : [`There is no watch #${left.join(', #')} here.`];
}

async function end(watches: readonly Watch[], notes: readonly string[], { desk }: Order): Promise<View> {
  const ended = await desk.watches.remove(
    watches.map(({ id }) => id),
    null,
  );
  return ended.length === 0 ? noSuchView('watch', '') : unwatchedView(ended, notes);
}
