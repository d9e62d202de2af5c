/** `mute`: holds what the room would be told, for a time. */

import type { Asker } from '../chat.ts';
import { noRoomView, notYoursView } from '../view/desk.ts';
import { briefly, incidentOverView } from '../view/incidents.ts';
import { misreadView } from '../view/misread.ts';
import { mutedView, muteWhatView } from '../view/mutes.ts';
import type { View } from '../view/view.ts';
import type { Incident } from '../watch/incident.ts';
import type { Mute } from '../watch/watch.ts';
import type { Verb } from './command.ts';
import { DAY } from './duration.ts';
import { noIncidentView } from './incidents.ts';
import { atDesk, endOf, forbidden, isSameRoom, type Order, roomOf, typedNumbers } from './order.ts';
import { clusterOf } from './respond.ts';

const MOST_MS = 30 * DAY;
const USUAL_MS = DAY / 24;
/** Looked at for what is offered; more buttons help nobody. */
const MOST_OFFERED = 20;

export const mute: Verb = {
  name: 'mute',
  role: 'operator',
  summary: 'holds what this room would be told, for a time',
  usage: 'mute <incident, device, filter or all> … [for:1h] [why:…]',
  examples: ['mute all for:2h why:"firmware upgrade"', 'mute SEPE8B7480316D6 for:1h', 'mute #12 until:18:00'],
  run: atDesk(async (order) => {
    const { context, command } = order;
    const { asker, now } = context;
    if (asker === null) return noRoomView('mute');
    const until = endOf(command.options.until ?? { type: 'in', ms: USUAL_MS }, now, MOST_MS);
    if (typeof until !== 'number') {
      if (until === null || until === 'back') throw new Error('a mute was read without its end');
      const misread = { understood: '', suggestion: null, example: 'mute all for:2h' };
      return misreadView({ type: 'misread', reason: until, ...misread });
    }
    return hold(order, asker, until);
  }),
};

/** Nobody silences a room by leaving something out: what may have been meant is offered, with the options as typed. */
async function askWhat({ command, context, desk }: Order, asker: Asker): Promise<View> {
  const found = await desk.incidents.list({ room: roomOf(asker), cluster: null, limit: MOST_OFFERED });
  const seen = new Set(context.clusters.map(({ name }) => name));
  const open = found.filter(({ closedAt, cluster }) => closedAt === null && seen.has(cluster));
  const [, ...options] = command.base.split(/\s+/);
  const length = command.options.until === null ? ['for:1h'] : [];
  const commandFor = (what: string) => ['mute', what, ...options, ...length].join(' ');
  const incidents = open.map((incident) => ({
    label: `#${incident.id} ${briefly(incident)}`,
    command: commandFor(`#${incident.id}`),
  }));
  return muteWhatView({ all: commandFor('all'), incidents });
}

async function hold(order: Order, asker: Asker, until: number): Promise<View> {
  const { command, context, desk } = order;
  const { about } = command;
  if (about.text === '' && about.ids.length === 0) return askWhat(order, asker);
  const meant = await whatIsMeant(order, asker);
  if ('view' in meant) return meant.view;
  const muted = await desk.mutes.add({
    ...meant,
    room: roomOf(asker),
    until,
    by: asker.person,
    why: command.options.why,
  });
  return mutedView(muted, { now: context.now, notes: [...command.notes, ...readNotes(order, muted)] });
}

type Meant = Pick<Mute, 'about' | 'cluster'>;

/** `#12` is an incident; `12` is one when the room has it open, else an extension. */
async function whatIsMeant(order: Order, asker: Asker): Promise<Meant | { readonly view: View }> {
  const { about, everywhere } = order.command;
  const cluster = clusterOf(order.command, order.context).name;
  const [sure] = about.ids;
  if (sure !== undefined) return incidentMeant(sure, order);
  if (about.everything) {
    return { about: { type: 'room' }, cluster: everywhere ? null : cluster };
  }
  const [number, ...others] = typedNumbers(order.command);
  const isAlone = number !== undefined && others.length === 0 && /^\d+$/.test(about.text);
  const open = isAlone ? await openHere(number, order, asker) : null;
  if (open !== null) return { about: { type: 'incident', incident: open.id }, cluster: open.cluster };
  return { about: { type: 'subject', text: about.text }, cluster };
}

async function openHere(id: number, { desk }: Order, asker: Asker): Promise<Incident | null> {
  const incident = (await desk.incidents.get(id))?.card.incident;
  if (incident === undefined || incident.closedAt !== null) return null;
  return isSameRoom(incident.room, roomOf(asker)) ? incident : null;
}

async function incidentMeant(id: number, order: Order): Promise<Meant | { readonly view: View }> {
  const { context, desk } = order;
  const found = await desk.incidents.get(id);
  const incident = found?.card.incident;
  if (incident === undefined || !context.clusters.some(({ name }) => name === incident.cluster)) {
    return { view: noIncidentView(`#${id}`) };
  }
  const why = forbidden({ cluster: incident.cluster, room: incident.room, by: null }, context);
  // A mute holds what this room is told: of another room's incident that is nothing.
  const isHere = context.asker !== null && isSameRoom(incident.room, roomOf(context.asker));
  if (why !== null || !isHere) return { view: notYoursView('incident', [id], why ?? 'other-room') };
  if (incident.closedAt !== null) return { view: incidentOverView({ incident }, id) };
  return { about: { type: 'incident', incident: id }, cluster: incident.cluster };
}

/** A number that was no incident is said to have been read as an extension. */
function readNotes({ command }: Order, { about }: Mute): readonly string[] {
  if (about.type !== 'subject' || !/^\d+$/.test(about.text)) return [];
  return [`No incident #${command.about.text} is open here, so it was read as the number ${about.text}.`];
}
