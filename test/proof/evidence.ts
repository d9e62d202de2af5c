/** What a storm left behind, and what can be held against risbot: each finding is a sentence. */
import type { LogEntry } from '../../simulator/cucm/edge.ts';
import { readScope } from '../../src/command/scope.ts';
import type { Incident, OpenIncident } from '../../src/watch/incident.ts';
import type { Known, Transition } from '../../src/watch/known.ts';
import { isNotUp } from '../../src/watch/member.ts';
import type { Told } from '../../src/watch/outgoing.ts';
import type { Remembered } from '../../src/watch/ports.ts';
import type { Held } from './remains.ts';
import type { Message } from './room-server.ts';
import type { Absence } from './weather.ts';

/** The end of a life. */
export interface Death {
  readonly life: number;
  /** `SIGKILL`, or what it died of by itself. */
  readonly of: string;
  readonly wasUp: boolean;
  /** Rooms that were being told something. */
  readonly underWay: number;
  /** What waited to be told, as the database had it. */
  readonly held: readonly Held[];
}

export interface Evidence {
  readonly deaths: readonly Death[];
  /** Epoch milliseconds from which people asked for more than the allowance. */
  readonly scarceFrom: number;
  /** What all lives wrote to stderr. */
  readonly errors: string;
  readonly allowance: number;
  readonly requests: readonly LogEntry[];
  readonly messages: readonly Message[];
  readonly changes: number;
  /** What the platform found wrong. */
  readonly refused: readonly string[];
  readonly absences: readonly Absence[];
  /** Whether a device was wholly registered in the beginning. */
  wasUp(name: string): boolean;
  /** Where a device was registered in the end; null: nowhere. */
  nodeOf(name: string): string | null;
  /** Oldest first. */
  readonly transitions: readonly Transition[];
  readonly remembered: Remembered;
  readonly incidents: readonly (Incident & Pick<OpenIncident, 'members'>)[];
  readonly told: readonly Told[];
  readonly waiting: readonly Held[];
}

const MINUTE = 60_000;
/** Conditions of a device that is not there. */
const AWAY: ReadonlySet<string> = new Set(['lost', 'expected', 'user', 'fault', 'gone']);
/** Between a change in the cluster and its being committed, and a tick of the weather. Milliseconds. */
const SLACK_MS = 5_000;

export function mostInAnyMinute(requests: readonly LogEntry[]): number {
  const moments = requests.map(({ at }) => at).toSorted((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [index, at] of moments.entries()) {
    while (at - (moments[first] ?? at) >= MINUTE) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

export function againstTheAllowance({ requests, allowance }: Evidence): readonly string[] {
  const most = mostInAnyMinute(requests);
  return [
    ...(most > allowance ? [`${most} requests in 60 s`] : []),
    ...requests.flatMap(({ status, operation }) => (status === 200 ? [] : [`${operation} got ${status}`])),
  ];
}

export interface Noticed {
  readonly absence: Absence;
  readonly isSeen: boolean;
  /** Looks at the whole cluster that CUCM answered until it was in history or over, while requests were not scarce; and milliseconds. */
  readonly looks: number;
  readonly lasted: number;
}

/** Of everything that was registered and watched when the storm began. */
export function noticed(evidence: Evidence): readonly Noticed[] {
  const { transitions, absences, requests, remembered, scarceFrom } = evidence;
  const watched = new Set(remembered.known.map(({ row }) => row.name));
  const gone = Map.groupBy(
    transitions.filter(({ kind }) => AWAY.has(kind)),
    ({ name }) => name,
  );
  const looks = requests.filter(({ operation }) => operation === 'selectCmDevice').map(({ at }) => at);
  return absences
    .filter(({ name }) => watched.has(name))
    .map((absence) => {
      const { name, from, to } = absence;
      const seen = gone.get(name)?.find(({ at }) => isDuring(absence, at));
      const until = Math.min(scarceFrom, seen?.at ?? to ?? scarceFrom);
      const count = looks.filter((at) => at > from && at < until).length;
      return { absence, isSeen: seen !== undefined, looks: count, lasted: Math.max(0, until - from) };
    });
}

function isDuring({ from, to }: Absence, at: number): boolean {
  return at >= from - SLACK_MS && at <= (to ?? Number.POSITIVE_INFINITY) + SLACK_MS;
}

/** So many answers, and so long, suffice to see an absence, however little of them each life has the time to read. */
const MOST_LOOKS = 20;
const MOST_MS = 30_000;

export function lostChanges(evidence: Evidence): readonly string[] {
  return noticed(evidence)
    .filter(({ isSeen }) => !isSeen)
    .filter(({ absence, looks, lasted }) => absence.to === null || (lasted > MOST_MS && looks > MOST_LOOKS))
    .map(
      ({ absence: { name, from, to }, looks }) => `${name} was away from ${from} to ${to}, ${looks} looks`,
    );
}

/** Changes that were not, and those that are in history twice. */
export function falseChanges({ transitions, absences, remembered, wasUp }: Evidence): readonly string[] {
  const known = new Map(remembered.known.map((one) => [one.row.name, one]));
  const really = Map.groupBy(absences, ({ name }) => name);
  const steady = transitions.filter(({ name }) => wasUp(name));
  return [...Map.groupBy(steady, ({ name }) => name)].flatMap(([name, changes]) => {
    const turns = changes.filter(({ kind }) => AWAY.has(kind) || kind === 'back');
    const invented = turns.filter(
      ({ kind, at }) => kind !== 'back' && !really.get(name)?.some((absence) => isDuring(absence, at)),
    );
    const isLastAway = turns.length > 0 && turns.at(-1)?.kind !== 'back';
    return [
      ...invented.map(({ kind, at }) => `${name} is said to be ${kind} at ${at}, and was not`),
      ...turns
        .filter(({ kind }, index) => (kind === 'back') !== (index % 2 === 1))
        .map(({ kind, at }) => `${name}: ${kind} at ${at} does not follow from what went before`),
      ...(isLastAway === (known.get(name)?.condition === 'up') ? [`${name}: history ends otherwise`] : []),
    ];
  });
}

/** What is known in the end is so. */
export function falseBeliefs({
  remembered,
  nodeOf,
}: Pick<Evidence, 'remembered' | 'nodeOf'>): readonly string[] {
  return remembered.known.flatMap((known) => {
    const { row, condition, baseline } = known;
    const node = nodeOf(row.name);
    if (/^Cti/.test(row.deviceClass)) return [];
    if (node === (condition === 'up' || condition === 'partial' ? row.node : null)) return [];
    return [
      `${row.name} is ${condition} on ${row.node}${baseline ? ', a baseline' : ''}, and really on ${node}`,
    ];
  });
}

export interface Doubled {
  readonly message: Message;
  /** The life in which it had come already. */
  readonly life: number;
}

/** The second message of an incident in a room that is its card, whatever it said; and any that has come under the same key. */
export function doubled({ messages }: Evidence): readonly Doubled[] {
  const last = new Map<string, number>();
  const found: Doubled[] = [];
  for (const message of messages) {
    const { key, life } = message;
    const names = [key, ...(cardOf(message) === null ? [] : [`${message.room} ${cardOf(message)}`])];
    const before = names.flatMap((name) => last.get(name) ?? []);
    if (before.length > 0) found.push({ message, life: Math.max(...before) });
    for (const name of names) last.set(name, life);
  }
  return found;
}

interface CardData {
  readonly incident?: Incident;
  readonly counts?: Readonly<Record<string, number>>;
  readonly milestone?: string;
  readonly members?: unknown;
}

/** The number of the incident whose card it is; null: it is something else. */
function cardOf({ data }: Message): number | null {
  const { incident, milestone, members } = data as CardData;
  return incident === undefined || milestone !== undefined || members !== undefined ? null : incident.id;
}

export function repeated(evidence: Evidence): readonly string[] {
  const deaths = new Map(evidence.deaths.map((death) => [death.life, death]));
  const findings: string[] = [];
  const lanes = new Set<string>();
  for (const { message, life } of doubled(evidence)) {
    const { room, title, key } = message;
    const lane = `${room} after life ${life}`;
    const held = deaths.get(life)?.held ?? [];
    if (message.life === life) findings.push(`twice in life ${life}: ${title}`);
    if (lanes.has(lane)) findings.push(`more than the one under way in ${lane}: ${title}`);
    lanes.add(lane);
    const id = cardOf(message);
    const isHeld = held.some(
      (one) => one.room === room && (one.key === key || (id !== null && one.slot === `incident:${id}`)),
    );
    if (!isHeld) findings.push(`it was remembered as told in life ${life}, and came again: ${title}`);
  }
  return findings;
}

/** A message that waited when risbot died stands in its room in the end, or what took its place does. */
export function untold({ deaths, told, waiting, messages, refused }: Evidence): readonly string[] {
  const places = new Set(told.map(({ room, slot }) => `${room.room} ${slot}`));
  const byId = new Map(messages.map((message) => [message.id, message]));
  const held = new Set(deaths.flatMap((death) => death.held.map(({ room, slot }) => `${room} ${slot}`)));
  return [
    ...refused,
    ...waiting.map(({ room, slot }) => `still waits: ${room} ${slot}`),
    ...[...held].filter((place) => !places.has(place)).map((place) => `never told: ${place}`),
    ...told
      .filter(({ id, room }) => byId.get(id)?.room !== room.room)
      .map(({ room, slot }) => `not in its room: ${room.room} ${slot}`),
  ];
}

/** What rooms can read in the end, against what is so. */
export function falseCards(evidence: Evidence): readonly string[] {
  return [...evidence.incidents.flatMap((one) => cardFindings(evidence, one)), ...uncovered(evidence)];
}

function cardFindings(
  evidence: Evidence,
  { id, room, kind, closedAt, members }: Evidence['incidents'][number],
): readonly string[] {
  const { told, messages, remembered } = evidence;
  const place = told.find((one) => one.slot === `incident:${id}` && one.room.room === room.room);
  const shown = messages.find((message) => message.id === place?.id)?.now as CardData | undefined;
  if (shown?.incident === undefined) return [`incident ${id} has no card in ${room.room}`];
  const findings: string[] = [];
  if (shown.incident.closedAt !== closedAt)
    findings.push(`the card of incident ${id} does not say that it ended`);
  const down = [...members.values()].filter((one) => isNotUp(one) && one.elsewhere !== true);
  const { lost = 0, fault = 0, partial = 0 } = shown.counts ?? {};
  // The card of a flapping device does not follow every turn.
  if (kind !== 'flap' && lost + fault + partial !== down.length)
    findings.push(`the card of incident ${id} counts ${lost + fault + partial}, and it is ${down.length}`);
  if (closedAt !== null) return findings;
  const known = new Map(remembered.known.map((one) => [one.row.name, one]));
  // Of one that flaps another card speaks.
  const flapping =
    kind === 'flap' ? new Set<string>() : membersIn(evidence, room.room, (one) => one.kind === 'flap');
  for (const { name } of down) {
    if (known.get(name)?.condition === 'up' && !flapping.has(name))
      findings.push(`incident ${id} says that ${name} is lost`);
  }
  return findings;
}

/** Names in the open incidents of a room. */
function membersIn(
  { incidents }: Evidence,
  room: string,
  isMeant: (incident: Incident) => boolean,
): ReadonlySet<string> {
  const open = incidents.filter((one) => one.closedAt === null && one.room.room === room && isMeant(one));
  return new Set(open.flatMap(({ members }) => [...members.keys()]));
}

/** A device that is away, and of which a room that watches it has not heard. */
function uncovered({ remembered, incidents }: Evidence): readonly string[] {
  const away = remembered.known.filter(isNews);
  return remembered.watches.flatMap((watch) => {
    const scope = readScope(watch.text);
    const heard = new Set(
      incidents
        .filter(({ closedAt, room }) => closedAt === null && room.room === watch.room.room)
        .flatMap(({ members }) => [...members.values()].filter(isNotUp).map(({ name }) => name)),
    );
    return away
      .map(({ row }) => row)
      .filter((row) => scope?.matches(row) && !heard.has(row.name) && !(row.name in (watch.left ?? {})))
      .map(({ name }) => `${watch.room.room} has not heard that ${name} is away`);
  });
}

function isNews({ baseline, condition }: Known): boolean {
  return !baseline && (condition === 'lost' || condition === 'expected' || condition === 'user');
}
