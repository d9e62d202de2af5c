/** `unmute`: ends mutes before their time; what was held is told. */
import { noSuchView, notYoursView } from '../view/desk.ts';
import { unmutedView } from '../view/mutes.ts';
import type { Mute } from '../watch/watch.ts';
import type { Verb } from './command.ts';
import { atDesk, forbidden, isMeant, isOfAsker, meaningOf, type Order, typedNumbers } from './order.ts';

export const unmute: Verb = {
  name: 'unmute',
  role: 'operator',
  summary: 'ends mutes, and tells what was held',
  usage: 'unmute [number, or what is muted] …',
  examples: ['unmute', 'unmute 3', 'unmute SEPE8B7480316D6'],
  run: atDesk(async (order) => {
    const { desk, context, command } = order;
    const chosen = choose(order);
    const allowed = chosen.filter((mute) => forbidden(made(mute), context) === null);
    const ended = await Promise.all(allowed.map(({ id, room }) => desk.mutes.remove([id], room)));
    if (ended.flat().length > 0) return unmutedView(ended.flat());
    const [other] = chosen;
    const why = other === undefined ? null : forbidden(made(other), context);
    if (why === null) return noSuchView('mute', typedWords(command));
    return notYoursView(
      'mute',
      chosen.map(({ id }) => id),
      why,
    );
  }),
};

const made = ({ cluster, room, by }: Mute) => ({ cluster, room, by });

function typedWords({ about }: Order['command']): string {
  if (about.everything) return '';
  return [...about.ids.map((id) => `#${id}`), ...(about.text === '' ? [] : [about.text])].join(', ');
}

/** All of the room's, or those named: by their own number, the incident's, or what they hold back. */
function choose(order: Order): readonly Mute[] {
  const { desk, command, context } = order;
  const all = desk.mutes.list(null).filter(({ cluster }) => isMeant(cluster, order));
  const here = all.filter((mute) => isOfAsker(made(mute), context));
  if (typedWords(command) === '') return here;
  const numbers = typedNumbers(command);
  const byNumber = all.filter(({ id }) => numbers.includes(id));
  if (byNumber.length > 0) return byNumber;
  const meaning = command.about.text === '' ? null : meaningOf(command.about.text);
  return here.filter(({ about }) => {
    if (about.type === 'incident') return numbers.includes(about.incident);
    return about.type === 'subject' && meaningOf(about.text) === meaning;
  });
}
