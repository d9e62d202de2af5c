/** The card of an incident: what people look at when a channel wakes them. */
import { MODELS } from '../device/models.ts';
import { STATUS_REASONS, type StatusReason } from '../device/reasons.ts';
import type { Factor, Incident, IncidentCard, Member } from '../watch/incident.ts';
import { factorWords } from './factor-words.ts';
import { sizes } from './incident-places.ts';
import { incidentTitle, lastedMs, missingWords } from './incident-title.ts';
import { classOfMembers, countedMembers, isCti, stateSpan } from './member-words.ts';
import { lastingTable } from './members.ts';
import { asSubject, count, counted, duration, inName, joined, moment, shortened } from './text.ts';
import type { Action, Block, Fact, Text, Tone, View } from './view.ts';

/** Everything that a room is to see of it, in one card that is changed in place. */
export function incidentView(card: IncidentCard): View {
  return {
    outcome: 'answered',
    title: incidentTitle(card),
    tone: cardTone(card),
    blocks: [...hintBlocks(card), { type: 'facts', facts: incidentFacts(card) }, ...leftBlocks(card)],
    actions: incidentActions(card),
    data: incidentData(card),
  };
}

export function incidentData({ incident, counts, top, common, movedTo, at }: IncidentCard): View['data'] {
  const { room: _room, ...shown } = incident;
  return { incident: shown, counts, top, common, movedTo, at };
}

/** Green as soon as all are back, also while it is watched whether they stay. */
export function cardTone(card: IncidentCard): Tone {
  const { kind, closedAt } = card.incident;
  const isOfLosses = kind === 'loss' || kind === 'fault' || kind === 'partial' || kind === 'user';
  const isOver = closedAt === null && isOfLosses && sizes(card).notUp === 0 && card.counts.gone === 0;
  return isOver ? 'good' : incidentTone(card.incident);
}

/** Red only while something is lost that nobody looks after. */
export function incidentTone({ kind, closedAt, closedBy, ack }: Incident): Tone {
  if (closedAt !== null) return closedBy === 'recovered' || closedBy === 'seen-again' ? 'good' : 'muted';
  if (kind === 'user') return 'info';
  if (kind === 'loss' || kind === 'fault') return ack === null ? 'bad' : 'warn';
  return 'warn';
}

/** `isAnswer`: it is read now; a card stands in the room for hours, and what was a minute ago is not so any more. */
export function incidentFacts(card: IncidentCard, isAnswer = false): readonly Fact[] {
  const { incident, top } = card;
  const [only] = top;
  const single = only !== undefined && sizes(card).all <= 1;
  const lasted = lastedMs(incident);
  const facts: readonly (readonly [label: string, value: Text])[] = [
    ...(single ? memberFacts(only) : []),
    ...(incident.kind === 'blind' ? [] : openingFacts(card, single)),
    ['Began', `${moment(incident.startedAt)}${isAnswer && incident.closedAt === null ? agoWords(card) : ''}`],
    ['Lasted', lasted === null ? '' : duration(lasted)],
    ['Owner', ownerText(incident)],
    ['Cluster', incident.cluster],
    ['Incident', `#${incident.id}`],
  ];
  return facts.flatMap(([label, value]) => (value.length === 0 ? [] : [{ label, value }]));
}

function agoWords({ incident, at }: IncidentCard): string {
  return ` (${duration(at - incident.startedAt)} ago)`;
}

/** One device has no counts, but a place, a cause and a next step. */
function memberFacts(member: Member): readonly (readonly [string, Text])[] {
  const reason = isCti(member.deviceClass) ? undefined : STATUS_REASONS.get(member.statusReason ?? 0);
  const isDown = member.state === 'lost' || member.state === 'fault';
  const model = member.model === null ? '' : (MODELS.get(member.model) ?? `model ${member.model}`);
  const said = reason !== undefined && reason.code !== 0;
  return [
    [
      'State',
      [
        { ...stateSpan(member), style: 'strong' },
        { text: member.state === 'partial' ? missingWords(member) : '' },
      ],
    ],
    ['Cause', isDown && said ? `${reason.cause} (${reason.name}, ${reason.code})` : ''],
    ['Next step', isDown && said ? nextStepOf(reason) : ''],
    ['Description', shortened(member.description)],
    ['Numbers', (member.numbers ?? []).join(', ')],
    ['Model', model],
    ['Address', member.ip],
  ];
}

/** What comes back by itself, and has not within its grace, wants looking after all the same. */
function nextStepOf({ recovers, nextStep }: StatusReason): string {
  if (recovers !== true) return nextStep;
  return 'It should have come back by itself: check its power and network, and whether it was deleted in CUCM';
}

/** As it was told first, and as it is now. */
function openingFacts(card: IncidentCard, single: boolean): readonly (readonly [string, Text])[] {
  if (single) return [];
  const { opening, peak, openedAt } = card.incident;
  const mixed = opening.lost > 0 && opening.moved > 0;
  const split = mixed ? `: ${count(opening.lost)} lost and ${count(opening.moved)} moved` : '';
  return [
    ['Now', nowText(card)],
    ['In common', commonWords(card)],
    ['At first', `${countedMembers(opening.members, card)} at ${moment(openedAt)}${split}`],
    ['At worst', peak > 0 ? `${count(peak)} at one time` : ''],
  ];
}

function nowText(card: IncidentCard): Text {
  const { counts, movedTo } = card;
  const ofCti = isCti(classOfMembers(card));
  const where = movedTo.map(({ node, count: n }) => `${count(n)} on ${node}`);
  const words: readonly (readonly [n: number, word: string, tone: Tone])[] = [
    [counts.lost, ofCti ? 'closed' : 'not registered', 'bad'],
    [counts.fault, ofCti ? 'failed to open' : 'cannot register', 'bad'],
    [counts.partial, 'partly registered', 'warn'],
    [counts.moved, `moved${where.length > 1 ? ` (${joined(where)})` : ''}`, 'info'],
    [counts.back, 'back', 'good'],
    [counts.gone, 'without a record', 'muted'],
  ];
  return words
    .filter(([n]) => n > 0)
    .flatMap(([n, word, tone], i) => [
      ...(i === 0 ? [] : [{ text: ', ' }]),
      { text: `${count(n)} ${word}`, tone },
    ]);
}

function commonWords(card: IncidentCard): string {
  const ofCti = isCti(classOfMembers(card));
  return card.common
    .filter(({ by }) => by !== 'reason' || !ofCti)
    .slice(0, 6)
    .map((factor) => `${count(factor.count)} ${factorWords(factor)}`)
    .join(', ');
}

function ownerText({ ack }: Incident): Text {
  if (ack === null) return '';
  return [{ text: ack.by, person: ack.by }, { text: `, since ${moment(ack.at)}` }];
}

const KEEPALIVE_TIMEOUT = '13';
/** Fewer of one subnet have many other causes. */
const A_SITE = 5;

/** What somebody who has seen many outages would say. */
function hintBlocks(card: IncidentCard): readonly Block[] {
  const { incident } = card;
  if (incident.kind === 'blind') {
    const text =
      incident.closedAt === null
        ? 'What cannot be seen is unknown, not down. What changes meanwhile is told as soon as it can be seen again.'
        : 'What changed meanwhile is told by itself.';
    return [{ type: 'text', text }];
  }
  if (incident.closedAt !== null || !looksLikeWan(card)) return [];
  const text =
    'One subnet, and keepalives missed: consistent with a WAN loss; phones may be working in SRST.';
  return [{ type: 'notice', tone: 'info', text }];
}

function looksLikeWan(card: IncidentCard): boolean {
  const { notUp } = sizes(card);
  const most = (by: Factor['by'], value?: string) =>
    card.common.some(
      (one) => one.by === by && (value === undefined || one.value === value) && one.count * 5 >= notUp * 4,
    );
  return notUp >= A_SITE && most('subnet') && most('reason', KEEPALIVE_TIMEOUT);
}

/** Those that want help, as far as the card holds them; the thread and the detail have them all. */
export function leftBlocks(card: IncidentCard): readonly Block[] {
  const left = card.top.filter(({ state }) => state !== 'back' && state !== 'moved');
  const { all, notUp } = sizes(card);
  if (left.length === 0 || all <= 1) return [];
  const more = notUp + card.counts.gone - left.length;
  const words = `${counted(more, 'device')} more: Why did I get this? lists them all.`;
  const rest: readonly Block[] = more > 0 ? [{ type: 'notice', tone: 'muted', text: words }] : [];
  return [lastingTable(left, card.at), ...rest];
}

/** What people do with it. Each carries the cluster, so that it asks the same whoever presses it. */
export function incidentActions(card: IncidentCard): readonly Action[] {
  const { incident, top } = card;
  const where = inName(incident.cluster);
  const isOpen = incident.closedAt === null;
  const [only] = top;
  const named = only !== undefined && sizes(card).all <= 1 && !isCti(only.deviceClass) ? only.name : null;
  return [
    ...(isOpen && incident.ack === null
      ? [{ label: 'Acknowledge', command: `ack ${incident.id}${where}`, style: 'primary' } as const]
      : []),
    ...(isOpen ? [{ label: 'Mute 1 h', command: `mute #${incident.id} for:1h${where}` }] : []),
    { label: 'Why did I get this?', command: `incidents ${incident.id}${where}` },
    ...(named === null
      ? []
      : [
          { label: 'Details', command: `${asSubject(named)}${where}` },
          { label: 'History', command: `history ${asSubject(named)}${where}` },
        ]),
  ];
}
