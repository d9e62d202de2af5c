/** `incidents`: what is open here and what was, or one of them whole. */
import { noSuchView } from '../view/desk.ts';
import { incidentDetailView, incidentsView } from '../view/incidents.ts';
import type { View } from '../view/view.ts';
import type { Verb } from './command.ts';
import { atDesk, isMeant, isSameRoom, type Order, roomOf, typedNumbers } from './order.ts';

/** More nobody reads; the store keeps them. */
const MOST_LISTED = 200;

export const incidents: Verb = {
  name: 'incidents',
  summary: 'what is open here and what was, or why one was told',
  usage: 'incidents [number, or all]',
  examples: ['incidents', 'incidents 12', 'incidents all'],
  run: atDesk(async (order) => {
    const [id] = typedNumbers(order.command);
    return id === undefined ? list(order) : detail(id, order);
  }),
};

async function list(order: Order): Promise<View> {
  const { command, context, desk } = order;
  const { asker, now } = context;
  const isAll = asker === null || /^(?:all|everywhere|\*)$/i.test(command.words[0] ?? '');
  const found = await desk.incidents.list({
    room: isAll ? null : roomOf(asker),
    cluster: command.everywhere ? null : command.cluster,
    limit: MOST_LISTED,
  });
  return incidentsView({
    incidents: found.filter(({ cluster }) => isMeant(cluster, order)),
    whose: isAll ? 'all' : 'room',
    cut: found.length >= MOST_LISTED,
    command: command.base,
    page: command.page,
    now,
  });
}

/** Who may ask about its cluster may read it anywhere. */
async function detail(id: number, { command, context, desk }: Order): Promise<View> {
  const found = await desk.incidents.get(id);
  const { asker, clusters } = context;
  if (found === null || !clusters.some(({ name }) => name === found.card.incident.cluster)) {
    return noIncidentView(`#${id}`);
  }
  const { room } = found.card.incident;
  const mine = asker === null || isSameRoom(room, roomOf(asker)) || isSameRoom(room, roomOf(asker, true));
  return incidentDetailView({ ...found, mine, command: command.base, page: command.page });
}

export function noIncidentView(typed: string): View {
  return noSuchView('incident', typed);
}
