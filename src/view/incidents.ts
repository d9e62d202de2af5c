/** The incidents of a room, one of them whole, and its acknowledgement. */
import type { Incident, IncidentCard, Member } from '../watch/incident.ts';
import { blindWords } from './blind-words.ts';
import { csvFile, type Rows } from './csv.ts';
import { PAGE_SIZE, pageActions } from './devices.ts';
import { factorWords } from './factor-words.ts';
import { cardTone, incidentActions, incidentData, incidentFacts } from './incident.ts';
import { incidentTitle, lastedMs } from './incident-title.ts';
import { whyFacts } from './incident-why.ts';
import { memberName } from './member-words.ts';
import { memberRows, memberTable } from './members.ts';
import { count, counted, duration, inName, joined, moment } from './text.ts';
import type { Action, Block, Page, Text, View } from './view.ts';

export interface Incidents {
  /** Open ones first, then the latest. */
  readonly incidents: readonly Incident[];
  readonly whose: 'room' | 'all';
  /** True when there may be more than these. */
  readonly cut: boolean;
  readonly command: string;
  readonly page: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function incidentsView(asked: Incidents): View {
  const { incidents, whose, cut, command, now } = asked;
  const open = incidents.filter(({ closedAt }) => closedAt === null);
  const where = whose === 'room' ? ' here' : ' in all rooms';
  const last = Math.max(1, Math.ceil(incidents.length / PAGE_SIZE));
  const page: Page = {
    number: Math.min(asked.page, last),
    size: PAGE_SIZE,
    total: incidents.length,
    atLeast: cut,
  };
  const shown = incidents.slice((page.number - 1) * PAGE_SIZE, page.number * PAGE_SIZE);
  const none = incidents.length === 0;
  return {
    outcome: none ? 'nothing' : 'answered',
    title: none
      ? `No incidents${where}`
      : `${titleWords(open.length, incidents.length - open.length, cut)}${where}`,
    tone: open.some(({ ack }) => ack === null) ? 'bad' : 'good',
    blocks: none ? [] : [table(shown, page, now)],
    actions: [
      ...pageActions(command, page),
      ...shown
        .slice(0, MOST_BUTTONS)
        .map(({ id, cluster }) => ({ label: `#${id}`, command: `incidents ${id}${inName(cluster)}` })),
      ...(whose === 'room' ? [{ label: 'All rooms', command: 'incidents all' }] : []),
    ],
    data: { incidents: incidents.map(plain) },
    rows: incidentRows(incidents),
  };
}

const MOST_BUTTONS = 5;

function titleWords(open: number, closed: number, cut: boolean): string {
  const first = open === 0 ? 'No open incident' : counted(open, 'open incident');
  return closed === 0 ? first : `${first}, ${cut ? 'the last ' : ''}${count(closed)} closed`;
}

function table(shown: readonly Incident[], page: Page, now: number): Block {
  return {
    type: 'table',
    columns: [
      { label: 'No.', align: 'right' },
      { label: 'State' },
      { label: 'What' },
      { label: 'Began', yields: 2 },
      { label: 'Lasted', align: 'right', yields: 1 },
      { label: 'Owner', yields: 3 },
    ],
    rows: shown.map((incident): readonly Text[] => [
      `#${incident.id}`,
      [stateSpan(incident)],
      briefly(incident),
      moment(incident.startedAt),
      duration(lastedMs(incident) ?? now - incident.startedAt),
      incident.ack === null ? '' : [{ text: incident.ack.by, person: incident.ack.by }],
    ]),
    page,
  };
}

function stateSpan({ closedAt, ack }: Incident) {
  if (closedAt !== null) return { text: 'Closed', tone: 'muted' } as const;
  return ack === null
    ? ({ text: 'Open', tone: 'bad' } as const)
    : ({ text: 'Acknowledged', tone: 'warn' } as const);
}

const KINDS: Readonly<Record<Incident['kind'], string>> = {
  loss: 'lost',
  failover: 'moved',
  fault: 'cannot register',
  partial: 'partly registered',
  user: 'switched off',
  flap: 'comes and goes',
  blind: 'cannot be seen',
};

/** Without its members, which a list does not load. */
export function briefly({ kind, opening, grown, peak, factor, blind, cluster }: Incident): string {
  if (kind === 'blind') {
    const nodes = blind?.nodes ?? null;
    return `${nodes === null ? cluster : joined(nodes)} ${KINDS.blind}: ${blindWords(blind?.code ?? '')}`;
  }
  // It may have grown since.
  const most = Math.max(opening.members, grown?.members ?? 0, peak);
  if (opening.only !== undefined && most <= 1) return `${memberName(opening.only)}: ${KINDS[kind]}`;
  const where = factor === null ? '' : ` ${factorWords(factor)}`;
  return `${counted(most, 'device')}${where}: ${KINDS[kind]}`;
}

function plain({ room: _room, ...incident }: Incident) {
  return incident;
}

function incidentRows(incidents: readonly Incident[]): Rows {
  return {
    columns: ['id', 'cluster', 'kind', 'what', 'began', 'closed', 'closedBy', 'members', 'peak', 'owner'],
    cells: incidents.map((incident) => [
      String(incident.id),
      incident.cluster,
      incident.kind,
      briefly(incident),
      new Date(incident.startedAt).toISOString(),
      incident.closedAt === null ? '' : new Date(incident.closedAt).toISOString(),
      incident.closedBy ?? '',
      String(incident.opening.members),
      String(incident.peak),
      incident.ack?.by ?? '',
    ]),
  };
}

export interface IncidentDetail {
  readonly card: IncidentCard;
  readonly members: readonly Member[];
  /** False in another room, where it cannot be acknowledged. */
  readonly mine: boolean;
  readonly command: string;
  readonly page: number;
}

/** "Why did I get this?": all of its members, and what made it be told. */
export function incidentDetailView({ card, members, mine, command, page: wanted }: IncidentDetail): View {
  const { incident } = card;
  const rows = memberRows(members);
  const last = Math.max(1, Math.ceil(members.length / PAGE_SIZE));
  const page: Page = {
    number: Math.min(wanted, last),
    size: PAGE_SIZE,
    total: members.length,
    atLeast: false,
  };
  const shown = members.slice((page.number - 1) * PAGE_SIZE, page.number * PAGE_SIZE);
  return {
    outcome: 'answered',
    title: incidentTitle(card),
    tone: cardTone(card),
    blocks: [
      { type: 'facts', facts: incidentFacts(card, true) },
      {
        type: 'text',
        text: [{ text: mine ? 'Why you got this' : 'Why another room got this', style: 'strong' }],
      },
      { type: 'facts', facts: whyFacts(incident) },
      ...(members.length > 1 ? [memberTable(shown, card.at, page)] : []),
      ...(members.length > PAGE_SIZE && page.number === 1
        ? [csvFile(`incident-${incident.id}.csv`, rows)]
        : []),
    ],
    actions: [...pageActions(command, page), ...orders(card, mine), { label: 'Refresh', command }],
    data: { ...incidentData(card), members },
    rows,
  };
}

function orders(card: IncidentCard, mine: boolean): readonly Action[] {
  const all = incidentActions(card).filter(({ command }) => !command.startsWith('incidents '));
  return mine ? all : all.filter(({ command }) => !/^(?:ack|mute) /.test(command));
}

/** `already`: somebody had done it before, or the same person. */
export function acknowledgedView(cards: readonly IncidentCard[], already: boolean): View {
  const [only, ...others] = cards;
  const single = only !== undefined && others.length === 0 ? only : null;
  const verb = already ? 'Acknowledged already' : 'Acknowledged';
  return {
    outcome: 'answered',
    title:
      single === null ? `${verb}: ${counted(cards.length, 'incident')}` : `${verb}: ${incidentTitle(single)}`,
    tone: 'warn',
    blocks: [
      ...(already && single !== null ? ownerBlocks(single) : []),
      {
        type: 'text',
        text: 'Reminders stop. You still hear when it grows by a quarter, and when it is over.',
      },
      ...(single === null
        ? [
            {
              type: 'list',
              items: cards.map((card) => `#${card.incident.id} ${incidentTitle(card)}`),
            } satisfies Block,
          ]
        : []),
    ],
    actions: cards.slice(0, MOST_BUTTONS).map(({ incident }) => ({
      label: single === null ? `#${incident.id}` : 'Why did I get this?',
      command: `incidents ${incident.id}${inName(incident.cluster)}`,
    })),
    data: { acknowledged: cards.map(({ incident }) => plain(incident)), already },
  };
}

function ownerBlocks(card: IncidentCard): readonly Block[] {
  return [{ type: 'facts', facts: incidentFacts(card).filter(({ label }) => label === 'Owner') }];
}

/** Nothing is left to look after, or to hold back. */
export function incidentOverView(card: Pick<IncidentCard, 'incident'> | null, id: number): View {
  const when = card?.incident.closedAt ?? null;
  return {
    outcome: 'nothing',
    title: `Incident #${id} is over${when === null ? '' : `, since ${moment(when)}`}`,
    tone: 'good',
    blocks: [],
    actions: [
      { label: 'Details', command: `incidents ${id}${card === null ? '' : inName(card.incident.cluster)}` },
      { label: 'Incidents', command: 'incidents' },
    ],
    data: { incident: card === null ? { id } : plain(card.incident) },
  };
}
