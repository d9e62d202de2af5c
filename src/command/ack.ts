/** `ack`: somebody looks after an incident. */
import { noRoomView, notYoursView, whichView } from '../view/desk.ts';
import { acknowledgedView, briefly, incidentOverView } from '../view/incidents.ts';
import type { View } from '../view/view.ts';
import type { Incident, IncidentCard } from '../watch/incident.ts';
import type { Verb } from './command.ts';
import { noIncidentView } from './incidents.ts';
import { atDesk, forbidden, isMeant, type Order, roomOf, typedNumbers } from './order.ts';

export const ack: Verb = {
  name: 'ack',
  role: 'operator',
  summary: 'says that you look after an incident',
  usage: 'ack [number] …',
  examples: ['ack', 'ack 12'],
  run: atDesk(async (order) => {
    const { asker } = order.context;
    if (asker === null) return noRoomView('ack');
    const { words } = order.command;
    const numbers = typedNumbers(order.command);
    if (numbers.length > 0) return acknowledge(numbers, asker.person, order);
    const isAll = /^(?:all|\*)$/i.test(words[0] ?? '');
    if (words.length > 0 && !isAll) return noIncidentView(words.join(' '));
    const open = await openHere(order);
    const nobodys = open.filter(({ ack: owner }) => owner === null);
    const ids = (nobodys.length > 0 ? nobodys : open).map(({ id }) => id);
    if (nobodys.length < 2 || isAll) return acknowledge(ids, asker.person, order);
    const items = nobodys.map((incident) => `#${incident.id} ${briefly(incident)}`);
    return whichView('incident', ids, 'ack', items);
  }),
};

/** More are never open in one room. */
const MOST = 200;

/** Open in this room. */
async function openHere(order: Order): Promise<readonly Incident[]> {
  const { context, desk } = order;
  const room = context.asker === null ? null : roomOf(context.asker);
  const found = await desk.incidents.list({ room, cluster: null, limit: MOST });
  return found.filter(({ closedAt, cluster }) => closedAt === null && isMeant(cluster, order));
}

interface Outcomes {
  readonly done: IncidentCard[];
  readonly already: IncidentCard[];
  /** Why the others were not: the first of them is said when nothing else is. */
  readonly others: View[];
}

async function acknowledge(ids: readonly number[], by: string, order: Order): Promise<View> {
  const outcomes: Outcomes = { done: [], already: [], others: [] };
  for (const id of ids.slice(0, MOST)) await acknowledgeOne(id, by, order, outcomes);
  const { done, already, others } = outcomes;
  if (done.length > 0) return acknowledgedView(done, false);
  if (already.length > 0) return acknowledgedView(already, true);
  return others[0] ?? noIncidentView('');
}

async function acknowledgeOne(id: number, by: string, order: Order, outcomes: Outcomes): Promise<void> {
  const { context, desk } = order;
  const found = await desk.incidents.get(id);
  const incident = found?.card.incident;
  if (incident === undefined || !context.clusters.some(({ name }) => name === incident.cluster)) {
    outcomes.others.push(noIncidentView(`#${id}`));
    return;
  }
  const why = forbidden({ cluster: incident.cluster, room: incident.room, by: null }, context);
  if (why !== null) {
    outcomes.others.push(notYoursView('incident', [id], why));
    return;
  }
  const done = await desk.incidents.ack(id, by);
  if (done.type === 'acknowledged') outcomes.done.push(done.card);
  else if (done.type === 'already') outcomes.already.push(done.card);
  else outcomes.others.push(incidentOverView(found?.card ?? null, id));
}
