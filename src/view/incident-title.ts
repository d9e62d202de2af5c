/** An incident in one line: what happened to how many, and where they are now. */
import type { Incident, IncidentCard, Member } from '../watch/incident.ts';
import { blindWords } from './blind-words.ts';
import { factorWords } from './factor-words.ts';
import { failoverNow, failoverOver } from './failover-title.ts';
import { placesNow, placesUp, sizes, toNodes } from './incident-places.ts';
import {
  capital,
  classOfMembers,
  commonApp,
  countedMembers,
  isCti,
  memberName,
  reasonOf,
} from './member-words.ts';
import { shortReason } from './reason-words.ts';
import { count, duration, joined, shortened } from './text.ts';

/** Stands alone in a notification. */
export function incidentTitle(card: IncidentCard): string {
  const { incident } = card;
  const words = incident.closedAt === null ? openTitle(card) : closedTitle(card);
  const { factor } = incident;
  // The name of a node is written as it is.
  const isName = factor?.by === 'node' && words.startsWith(`${factor.value} `);
  return `${gapWords(incident)}${isName ? words : capital(words)}`;
}

function gapWords({ gap }: Incident): string {
  if (gap === null || gap.ms <= 0) return '';
  const when = {
    away: 'While I was away',
    blind: 'While I could not look',
    muted: 'While muted',
    quiet: 'During quiet hours',
  }[gap.type];
  return `${when}, ${duration(gap.ms)}: `;
}

function openTitle(card: IncidentCard): string {
  const [only, ...others] = card.top;
  if (card.incident.kind === 'blind') return blindTitle(card);
  return only !== undefined && others.length === 0 && sizes(card).all <= 1
    ? singleTitle(card.incident, only)
    : severalTitle(card);
}

function singleTitle({ kind }: Incident, member: Member): string {
  const name = memberName(member);
  if (kind === 'flap') return `${name} keeps coming and going${isUp(member) ? '' : ', gone now'}`;
  switch (member.state) {
    case 'back':
      return `${name} is back${onNode(member.to)} after ${duration(member.changedAt - member.since)}`;
    case 'moved':
      if (member.replacedBy !== undefined) return replacedWords(member, name);
      return `${name} moved${fromNode(member.from)}${member.to === null ? '' : ` to ${member.to}`}`;
    case 'gone':
      return `CUCM has no record of ${name} any more`;
    case 'partial':
      return `${name} is partly registered${onNode(member.to ?? member.from)}${missingWords(member)}`;
    case 'fault':
    case 'lost':
      return `${name} ${lossWords(kind, member)}`;
  }
}

const isUp = ({ state }: Member) => state === 'back' || state === 'moved';

function replacedWords({ replacedBy, numbers = [], to }: Member, name: string): string {
  return `${numbers[0] ?? 'Its number'} is on ${replacedBy} now${onNode(to)}: it took the place of ${name}`;
}

function lossWords(kind: Incident['kind'], member: Member): string {
  const { state, statusReason, from, deviceClass } = member;
  const on = onNode(from);
  if (isCti(deviceClass)) return `${state === 'fault' ? 'failed to open' : 'closed'}${on}`;
  if (kind === 'user') return USER_WORDS[statusReason ?? 0] ?? 'was switched off';
  const reason = reasonOf(member);
  const why = reason === '' ? '' : `: ${reason}`;
  return `${state === 'fault' ? 'cannot register' : 'lost registration'}${on}${why}`;
}

const USER_WORDS: Readonly<Record<number, string>> = {
  30: 'was wiped',
  33: 'ran its battery down',
  34: 'was switched off',
};

/** `: 1003 is missing` */
export function missingWords({ missing = [] }: Pick<Member, 'missing'>): string {
  if (missing.length === 0) return '';
  const shown = missing.slice(0, 3);
  const more = missing.length - shown.length;
  return `: ${joined(more > 0 ? [...shown, `${more} more`] : shown)} ${missing.length === 1 ? 'is' : 'are'} missing`;
}

const onNode = (node: string | null) => (node === null || node === '' ? '' : ` on ${node}`);
const fromNode = (node: string | null) => (node === null || node === '' ? '' : ` from ${node}`);

function severalTitle(card: IncidentCard): string {
  const { kind } = card.incident;
  const who = whoWords(card);
  const { counts } = card;
  switch (kind) {
    case 'failover':
      return counts.moved === sizes(card).all ? `${who} moved${toNodes(card)}` : failoverNow(card);
    case 'flap':
      return `${who} keep coming and going${downNow(card)}`;
    case 'user':
      return `${who} were switched off or ran down${parts(card)}`;
    case 'partial':
      return `${who} are partly registered${parts(card)}`;
    case 'fault':
      return `${who} ${isCti(classOfMembers(card)) ? 'failed to open' : 'cannot register'}${parts(card)}`;
    case 'loss':
      return `${who} ${isCti(classOfMembers(card)) ? 'closed' : 'lost registration'}${parts(card)}`;
    case 'blind':
      return blindTitle(card);
  }
}

/** `, 3 down now`; blank when none is. */
function downNow(card: IncidentCard): string {
  const { all, notUp } = sizes(card);
  if (notUp === 0) return '';
  return notUp === all ? ', all down now' : `, ${count(notUp)} down now`;
}

/** What has stopped coming and going may have stayed away. */
function calmTitle(card: IncidentCard, who: string): string {
  const { all, notUp } = sizes(card);
  if (notUp === 0) return `${who} stopped coming and going`;
  return notUp === all
    ? `${who} stopped coming back: ${all === 1 ? 'it is' : 'all are'} down`
    : `${who} stopped coming and going, but ${count(notUp)} ${notUp === 1 ? 'is' : 'are'} down`;
}

/** `412 phones of cucm2`, `32 phones, 30 of them in 10.4.2.0/24,` */
export function whoWords(card: IncidentCard): string {
  const { factor, opening } = card.incident;
  const { all } = sizes(card);
  const who = countedMembers(all, card);
  const app = factor?.by !== 'app' && isCti(classOfMembers(card)) ? commonApp(card, all) : null;
  if (app !== null) return `${who} of ${shortened(app, 60)}`;
  const where = factor === null || factor.by === 'reason' || factor.by === 'class' ? '' : factorWords(factor);
  if (factor === null || where === '') return who;
  return factor.count >= opening.members
    ? `${who} ${where}`
    : `${who}, ${count(factor.count)} of them ${where},`;
}

/** What became of them: `: 380 moved to cucm1, 32 nowhere (30 in 10.4.2.0/24)`; all alike, the reason. */
function parts(card: IncidentCard): string {
  const { counts } = card;
  const { notUp, all } = sizes(card);
  if (notUp === all) return reasonPart(card, notUp);
  const left = counts.moved > 0 ? 'nowhere' : 'not';
  const shown = [
    ...(counts.moved > 0 ? [`${count(counts.moved)} moved${toNodes(card)}`] : []),
    ...(counts.back > 0 ? [`${count(counts.back)} back`] : []),
    ...(counts.gone > 0 ? [`${count(counts.gone)} without a record`] : []),
    ...(notUp > 0 ? [`${count(notUp)} ${left}${commonPart(card, notUp)}`] : []),
  ];
  return `: ${shown.join(', ')}`;
}

function reasonPart(card: IncidentCard, notUp: number): string {
  const { common } = card;
  // CTI has codes of its own, which nobody documents.
  if (isCti(classOfMembers(card))) return '';
  const reason = common.find(
    ({ by, value, count: n }) => by === 'reason' && isTelling(value) && n * 5 >= notUp * 4,
  );
  return reason === undefined ? '' : `: ${shortReason(Number(reason.value))}`;
}

const isTelling = (code: string) => code !== '0' && code !== '1' && /^\d+$/.test(code);

/** Where most of those are that are not up, if that is not what the title says already. */
function commonPart({ common, incident }: IncidentCard, notUp: number): string {
  const where = common.find(
    ({ by, count: n }) =>
      (by === 'subnet' || by === 'node') && by !== incident.factor?.by && n > 1 && n * 2 >= notUp,
  );
  if (where === undefined) return '';
  const n = where.count === notUp ? 'all' : count(where.count);
  return ` (${n} ${where.by === 'subnet' ? 'in' : 'of'} ${where.value})`;
}

/** Milliseconds until enough were back; that it stayed so for a while, before it was closed, does not count. Null: it is open. */
export function lastedMs({ startedAt, calmSince, closedAt }: Incident): number | null {
  return closedAt === null ? null : (calmSince ?? closedAt) - startedAt;
}

function closedTitle(card: IncidentCard): string {
  const { incident, top } = card;
  const long = duration(lastedMs(incident) ?? 0);
  const [only] = top;
  const single = only !== undefined && sizes(card).all <= 1 ? only : null;
  const who = single === null ? whoWords(card).replace(/,$/, '') : memberName(single);
  switch (incident.closedBy) {
    case 'seen-again':
      return `can see ${blindWhat(incident)} again after ${long}`;
    case 'superseded':
      return `${who}: goes on in another incident`;
    case 'stale':
      return `CUCM has no record of ${who} any more`;
    case 'unwatched':
      return `${who}: no longer watched`;
    case 'recovered':
    case null:
      if (incident.kind === 'flap') return calmTitle(card, who);
      if (incident.kind === 'failover' && single === null && card.counts.back < sizes(card).all)
        return failoverOver(card, long);
      return single === null
        ? outcome(card, who, long)
        : singleTitle({ ...incident, kind: single.state === 'back' ? 'loss' : incident.kind }, single);
  }
}

/** `All 412 phones of cucm2 are back after 25 min`, `412 phones of cucm2 after 25 min: 409 back, 3 not` */
function outcome(card: IncidentCard, who: string, long: string): string {
  const { counts } = card;
  const { all, notUp } = sizes(card);
  if (counts.back === all) return `all ${who} are back after ${long}`;
  if (counts.back + counts.moved === all)
    return `all ${who} are up again after ${long}, ${placesUp(card).join(', ')}`;
  const shown = [
    ...(counts.back > 0 ? [`${count(counts.back)} back`] : []),
    ...placesNow(card, ''),
    ...(counts.gone > 0 ? [`${count(counts.gone)} without a record`] : []),
    ...(notUp > 0 ? [`${count(notUp)} not`] : []),
  ];
  return `${who} after ${long}: ${shown.join(', ')}`;
}

function blindTitle({ incident }: IncidentCard): string {
  return `cannot see ${blindWhat(incident)}: ${blindWords(incident.blind?.code ?? '')}`;
}

function blindWhat({ blind, cluster }: Incident): string {
  const nodes = blind?.nodes ?? null;
  return nodes === null || nodes.length === 0 ? cluster : `${joined(nodes)} of ${cluster}`;
}
