/** What a room is told unasked. */
import type { Announcement, IncidentCard, Member } from '../watch/incident.ts';
import { csvFile } from './csv.ts';
import { incidentData, incidentTone, incidentView, leftBlocks } from './incident.ts';
import { sizes } from './incident-places.ts';
import { incidentTitle, whoWords } from './incident-title.ts';
import { capital, countedMembers, memberName } from './member-words.ts';
import { lastingTable, memberRows } from './members.ts';
import { backView, movedView } from './moves.ts';
import { muteOverView, roomLostView, watchOverView } from './over.ts';
import { count, duration, inName } from './text.ts';
import type { Action, Block, View } from './view.ts';

/** Pure: the same announcement is the same view. */
export function announcementView(announcement: Announcement): View {
  switch (announcement.type) {
    case 'card':
      return incidentView(announcement.card);
    case 'detail':
      return detailView(announcement.card, announcement.members);
    case 'milestone':
      return milestoneView(announcement.what, announcement.card);
    case 'moved':
      return movedView(announcement);
    case 'back':
      return backView(announcement);
    case 'mute-over':
      return muteOverView(announcement);
    case 'watch-over':
      return watchOverView(announcement);
    case 'room-lost':
      return roomLostView(announcement);
  }
}

/** More are in the file alone. */
const TOP = 10;

/** For the thread: the first ten, and all of them as a file. */
function detailView(card: IncidentCard, members: readonly Member[]): View {
  const rows = memberRows(members);
  const shown = members.slice(0, TOP);
  const more = members.length - shown.length;
  return {
    outcome: 'answered',
    title: `Incident #${card.incident.id}: ${countedMembers(members.length, card)}${more > 0 ? `, the first ${TOP} here` : ''}`,
    blocks: [lastingTable(shown, card.at), csvFile(`incident-${card.incident.id}.csv`, rows)],
    actions: [],
    data: { ...incidentData(card), members },
    rows,
  };
}

type Milestone = Extract<Announcement, { type: 'milestone' }>['what'];

function milestoneView(what: Milestone, card: IncidentCard): View {
  const { incident } = card;
  return {
    outcome: 'answered',
    title: milestoneTitle(what, card),
    tone: what === 'back' || what === 'moved-home' ? 'good' : incidentTone(incident),
    blocks: milestoneBlocks(what, card),
    actions: what === 'reminder' || what === 'grew' || what === 'fell-again' ? acknowledge(card) : [],
    data: { milestone: what, ...incidentData(card) },
  };
}

function acknowledge({ incident }: IncidentCard): readonly Action[] {
  if (incident.closedAt !== null) return [];
  const where = inName(incident.cluster);
  return [
    { label: 'Acknowledge', command: `ack ${incident.id}${where}`, style: 'primary' },
    { label: 'Mute 1 h', command: `mute #${incident.id} for:1h${where}` },
  ];
}

function milestoneTitle(what: Milestone, card: IncidentCard): string {
  const { incident, counts, at, top } = card;
  const { all, notUp } = sizes(card);
  const long = duration(at - incident.startedAt);
  const [only] = top;
  const single = only !== undefined && all <= 1 ? memberName(only) : null;
  const who = whoWords(card).replace(/,$/, '');
  const some = (n: number) => (n === all ? `all ${who}` : `${count(n)} of ${who}`);
  switch (what) {
    case 'back':
      return single === null
        ? capital(
            `${some(counts.back + counts.moved)} ${isOrAre(counts.back + counts.moved)} back after ${long}${notUp > 0 ? `, ${count(notUp)} ${isOrAre(notUp)} not` : ''}`,
          )
        : incidentTitle(card);
    case 'grew':
      return `Grown to ${who}, from ${count(incident.opening.members)}`;
    case 'reminder':
      return capital(
        single === null
          ? `${some(notUp)} ${isOrAre(notUp)} still not up after ${long}`
          : `${single} is still not up after ${long}`,
      );
    case 'closed':
      return incidentTitle(card);
    case 'acknowledged':
      return `Acknowledged: ${single ?? who}`;
    case 'moved-home':
      return homeWords(card, single);
    case 'fell-again':
      return capital(
        single === null ? `${some(notUp)} ${isOrAre(notUp)} gone again` : `${single} is gone again`,
      );
  }
}

function homeWords(card: IncidentCard, single: string | null): string {
  if (single !== null) return capital(`${single} is home again`);
  if (card.counts.back < sizes(card).all) return incidentTitle(card);
  return `All ${whoWords(card).replace(/,$/, '')} are home again`;
}

const isOrAre = (n: number) => (n === 1 ? 'is' : 'are');

function milestoneBlocks(what: Milestone, card: IncidentCard): readonly Block[] {
  const { incident } = card;
  const { ack } = incident;
  const owner = [{ text: ack?.by ?? '', person: ack?.by ?? '' }];
  switch (what) {
    case 'acknowledged':
      return ack === null
        ? []
        : [
            {
              type: 'text',
              text: [...owner, { text: ' looks after it. Reminders stop; you still hear when it is over.' }],
            },
          ];
    case 'grew':
      return ack === null
        ? []
        : [
            {
              type: 'text',
              text: [
                { text: `It has grown since ` },
                ...owner,
                { text: ' acknowledged it, so it is open again.' },
              ],
            },
          ];
    case 'reminder':
      return [{ type: 'text', text: 'Nobody has acknowledged it yet.' }, ...leftBlocks(card)];
    case 'closed':
    case 'back':
    case 'fell-again':
      return leftBlocks(card);
    case 'moved-home':
      return [];
  }
}
