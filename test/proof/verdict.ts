/** What risbot told of a day, against how it was. Each finding is a sentence; none: it told the truth. */
import type { Incident, Member } from '../../src/watch/incident.ts';
import type { Absence, Ordeal, RoomRule, Span } from './ordeal.ts';

/** Beyond its grace, what is lost is told after so long at the latest: a few polls, and what is asked in between. */
const TOLD_WITHIN_MS = 90_000;
/** So long after something can be seen again it has been looked at. */
const SEES_AGAIN_MS = { all: 6 * 60_000, node: 2 * 60_000 };
/** Between a change and its being seen and committed. */
const LAG_MS = 75_000;
/** Phones that fail over have registered again by then. */
const FAILS_OVER_MS = 60_000;
/** What goes with others is told with them, though its own grace is not quite over. */
const BURST_MS = 30_000;
const CARD_PACE_MS = 45_000;
const MAX = Number.MAX_SAFE_INTEGER;

/** A member as it was told. Times are epoch milliseconds. */
interface ToldLoss {
  readonly at: number;
  readonly name: string;
  readonly incident: Incident;
  readonly member: Member;
  /** Of an incident that is told just now. */
  readonly opening: boolean;
}

export function findings(ordeal: Ordeal): readonly string[] {
  const last = lastOf(ordeal);
  return ordeal.rooms
    .flatMap((rule) => {
      const losses = lossesIn(ordeal, rule);
      return [
        ...untold(ordeal, rule),
        ...falseLosses(ordeal, losses),
        ...toldTwice(ordeal, losses, last),
      ].map((finding) => `${rule.room}: ${finding}`);
    })
    .concat(unfinished(ordeal, last), restless(ordeal));
}

const clockOf = (at: number) => new Date(at).toISOString().slice(11, 19);
const isDown = ({ state }: Member) => state === 'lost' || state === 'fault' || state === 'partial';

function lastOf({ committed }: Ordeal): ReadonlyMap<number, Incident> {
  return new Map(committed.flatMap(({ delta }) => delta.incidents ?? []).map((one) => [one.id, one]));
}

/** Everything that became known of members of the room's incidents, the oldest first. */
function membersIn({ committed }: Ordeal, { room }: RoomRule): readonly ToldLoss[] {
  const incidents = new Map<number, Incident>();
  return committed.flatMap(({ at, delta }) => {
    const opened = new Set((delta.incidents ?? []).map(({ id }) => id).filter((id) => !incidents.has(id)));
    for (const one of delta.incidents ?? []) incidents.set(one.id, one);
    return (delta.members ?? []).flatMap(({ incident: id, member }) => {
      const incident = incidents.get(id);
      if (incident?.room.room !== room) return [];
      return [{ at, name: member.name, incident, member, opening: opened.has(id) }];
    });
  });
}

function lossesIn(ordeal: Ordeal, rule: RoomRule): readonly ToldLoss[] {
  const before = new Map<string, Member>();
  return membersIn(ordeal, rule).filter(({ incident, member }) => {
    const key = `${incident.id} ${member.name}`;
    const was = before.get(key);
    before.set(key, member);
    if (was !== undefined && isDown(was) && was.changedAt === member.changedAt) return false;
    return member.state === 'lost' || incident.kind === 'flap';
  });
}

function overlaps(span: Span, from: number, to: number): boolean {
  return span.from <= to && (span.to ?? MAX) >= from;
}

/** (a) What was away for long enough, and could be seen to be, was told. */
function untold(ordeal: Ordeal, rule: RoomRule): readonly string[] {
  const byName = Map.groupBy(toldSpans(ordeal, rule), ({ name }) => name);
  const watched = new Map(ordeal.devices.filter(rule.covers).map((device) => [device.name, device]));
  return ordeal.absences.flatMap((absence) => {
    const { name, from, to } = absence;
    const device = watched.get(name);
    if (device === undefined || from <= rule.since + 60_000) return [];
    const nodes = new Set(device.group.map((place) => `cucm${place + 1}`));
    const sightedMs = longestSight(ordeal, absence, nodes);
    if (sightedMs < rule.graceMs + TOLD_WITHIN_MS) return [];
    if ((byName.get(name) ?? []).some((one) => overlaps(one, from, (to ?? MAX) + LAG_MS))) return [];
    return [
      `${name} was away from ${clockOf(from)} to ${to === null ? 'the end' : clockOf(to)} (${Math.round(sightedMs / 1000)} s of it in sight), and nobody was told`,
    ];
  });
}

/** When an open incident of the room said of a device that it is not up, or that it comes and goes. */
function toldSpans(ordeal: Ordeal, rule: RoomRule): readonly Absence[] {
  const last = lastOf(ordeal);
  const told = Map.groupBy(membersIn(ordeal, rule), ({ incident, name }) => `${incident.id} ${name}`);
  return [...told.values()].flatMap((turns) =>
    turns.flatMap(({ at, name, incident, member }, place) => {
      if (!isDown(member) && incident.kind !== 'flap') return [];
      return [{ name, from: at, to: turns[place + 1]?.at ?? last.get(incident.id)?.closedAt ?? null }];
    }),
  );
}

/** The longest part of it in which all nodes that matter could be seen. Milliseconds. */
function longestSight({ blindnesses }: Ordeal, { from, to }: Absence, nodes: ReadonlySet<string>): number {
  const end = to ?? MAX;
  const blind = blindnesses
    .filter(({ node }) => node === null || nodes.has(node))
    .map(({ node, from: begun, to: over }) => ({
      from: begun,
      to: (over ?? end) + (node === null ? SEES_AGAIN_MS.all : SEES_AGAIN_MS.node),
    }))
    .filter((one) => overlaps(one, from, end))
    .toSorted((a, b) => a.from - b.from);
  let longest = 0;
  let sightedFrom = from;
  for (const one of blind) {
    longest = Math.max(longest, one.from - sightedFrom);
    sightedFrom = Math.max(sightedFrom, one.to);
  }
  return Math.max(longest, end - sightedFrom);
}

/** (b) What was told as lost was not there; and, if it was told as it came, for as long as a failover takes. */
function falseLosses({ absences }: Ordeal, losses: readonly ToldLoss[]): readonly string[] {
  const byName = Map.groupBy(absences, ({ name }) => name);
  return losses.flatMap(({ at, name, incident, member, opening }) => {
    if (incident.kind === 'flap') return [];
    const mine = (byName.get(name) ?? []).filter((absence) => overlaps(absence, at - LAG_MS, at));
    const said = `${clockOf(at)} incident ${incident.id} (${incident.kind}, ${incident.why.reason}) said that ${name} is lost`;
    if (mine.length === 0) return [`${said}, and it was there`];
    const isHasty =
      opening &&
      incident.kind === 'loss' &&
      member.state === 'lost' &&
      mine.every(({ from }) => at - from < Math.min(FAILS_OVER_MS, incident.why.graceMs) - BURST_MS);
    return isHasty ? [`${said}, away only since ${mine.map(({ from }) => clockOf(from)).join()}`] : [];
  });
}

/** (e) One absence is told once in a room: what takes an incident over closes it. */
function toldTwice(
  { absences }: Ordeal,
  losses: readonly ToldLoss[],
  last: ReadonlyMap<number, Incident>,
): readonly string[] {
  const byName = Map.groupBy(losses, ({ name }) => name);
  return absences.flatMap(({ name, from, to }) => {
    const during = (byName.get(name) ?? []).filter(
      ({ at, incident }) => at >= from && at <= (to ?? MAX) && incident.kind !== 'flap',
    );
    const ids = [...new Set(during.map(({ incident }) => incident.id))].filter(
      (id) => last.get(id)?.closedBy !== 'superseded',
    );
    return ids.length > 1 ? [`${name}, away since ${clockOf(from)}, was told in ${ids.join(' and ')}`] : [];
  });
}

/** (c) In the end nothing is open, and every card says so. */
function unfinished({ heard }: Ordeal, last: ReadonlyMap<number, Incident>): readonly string[] {
  const shown = new Map(
    heard.flatMap(({ announcement }) =>
      announcement.type === 'card' ? [[announcement.card.incident.id, announcement.card] as const] : [],
    ),
  );
  return [...last.values()].flatMap(({ id, kind, room, closedAt }) => {
    const what = `incident ${id} (${kind}) of ${room.room}`;
    if (closedAt === null) return [`${what} is still open`];
    const card = shown.get(id);
    if (card === undefined) return [`${what} was never told`];
    if (card.incident.closedAt === null) return [`the card of ${what} does not say that it is over`];
    return [];
  });
}

/** (d) No more than anybody can bear: a card no more often than it may, and no storm of messages. */
function restless({ heard, trials }: Ordeal): readonly string[] {
  const found: string[] = [];
  const times = new Map<string, number[]>();
  for (const { how, room, message, at } of heard) {
    if (how === 'answers') continue;
    const before = times.get(message) ?? [];
    times.set(message, [...before, at]);
    // What waited while the bot was stopped goes out once beside what follows from the first look.
    const beforeLast = before.at(-2);
    if (beforeLast !== undefined && at - beforeLast < CARD_PACE_MS - 1_000)
      found.push(`${room}: message ${message} was changed three times by ${clockOf(at)}`);
  }
  const posts = heard.filter(({ how }) => how !== 'changes').length;
  if (posts > 10 + 8 * trials.length) found.push(`${posts} messages for ${trials.length} events`);
  return found;
}
