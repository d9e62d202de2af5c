/** Mass events of a room: told once, and what belongs to them joins. A failover must never look like an outage. */
import { change, close, type Draft, isOpen, lastGrowth, notUp, setMember } from './draft.ts';
import { gapOf } from './gap-kind.ts';
import { hasFactor } from './group.ts';
import { isOfItsKind } from './joining.ts';
import type { Known } from './known.ts';
import { MASS_JOIN_MS, MASS_PATIENCE_MS, MASS_WINDOW_MS, ON_ITS_WAY_MS } from './limits.ts';
import { findMass, type Mass, type Swing } from './mass-window.ts';
import { memberOf, wentAt } from './member.ts';
import { graceOf, type News } from './policy.ts';
import { openIncident, type Scene, watchesOf } from './scene.ts';

/** Takes what it tells out of `pending`. Returns the names of devices whose moves wait for a mass event to be told. */
export function attendMasses(scene: Scene, pending: Map<string, News>): ReadonlySet<string> {
  const { quiet } = scene.holds;
  if (quiet.until !== null && !quiet.massBreaksThrough) return new Set();
  const moved = movedSwings(scene);
  for (const draft of scene.drafts.filter(isJoinable)) join(scene, draft, pending, moved);
  const waiting = massesIn(scene, moved, pending).flatMap((mass) => tellMass(scene, mass, pending));
  return new Set(waiting.filter(({ lost }) => !lost).map(({ known }) => known.row.name));
}

/** Those that have something new to say. */
function massesIn(
  scene: Scene,
  moved: ReadonlyMap<string, Swing>,
  pending: ReadonlyMap<string, News>,
): readonly Mass[] {
  const masses: Mass[] = [];
  let swings = [...lostSwings(scene, pending), ...toldSwings(scene), ...moved.values()].toSorted(
    (a, b) => a.at - b.at,
  );
  for (;;) {
    const mass = findMass(swings, scene.sight.size, scene.shares);
    if (mass === null) return masses;
    const taken = new Set(mass.swings);
    swings = swings.filter((swing) => !taken.has(swing));
    if (mass.swings.some(({ fresh }) => fresh)) masses.push(mass);
  }
}

/** Returns those that wait for its being told. */
function tellMass(scene: Scene, mass: Mass, pending: Map<string, News>): readonly Swing[] {
  const patience = patienceOf(mass);
  const tellAt = Math.max((mass.swings[0]?.at ?? 0) + patience, mostLostAt(mass) + onItsWay(patience));
  scene.wake(tellAt);
  if (tellAt > scene.now) return mass.swings;
  open(scene, mass, patience, pending);
  return [];
}

/** The longest that one of them asks for: a phone must have the time to fail over, though a gateway is lost with it. */
function patienceOf({ swings }: Mass): number {
  const lost = swings.filter((swing) => swing.lost);
  const graces = (lost.length > 0 ? lost : swings).map(({ graceMs }) => graceMs);
  return Math.min(
    MASS_PATIENCE_MS,
    graces.reduce((longest, ms) => Math.max(longest, ms), 0),
  );
}

const onItsWay = (patience: number) => Math.min(ON_ITS_WAY_MS, patience);

/** When half of the lost had gone: one that went long before must not hurry the others, who may be failing over. 0: most have moved. */
function mostLostAt({ swings }: Mass): number {
  const lost = swings.filter((swing) => swing.lost);
  if (lost.length * 2 < swings.length) return 0;
  return lost[Math.floor(lost.length / 2)]?.at ?? 0;
}

function lostSwings({ now }: Scene, pending: ReadonlyMap<string, News>): readonly Swing[] {
  return [...pending.values()]
    .filter(({ kind, known, dueAt }) => kind === 'loss' && (known.condition === 'lost' || dueAt <= now))
    .map((news) => ({ ...news, at: news.known.since, lost: true, fresh: true }));
}

/** Those that small incidents speak of already: a mass event takes them over. */
function toldSwings(scene: Scene): readonly Swing[] {
  return scene.drafts.filter(isSmallLoss).flatMap((draft) =>
    notUp(draft).flatMap(({ name }) => {
      const known = scene.sight.known.get(name);
      if (known === undefined) return [];
      const watches = watchesOf(scene, known.row);
      return [
        { known, watches, graceMs: graceOf(known.row, watches), at: known.since, lost: true, fresh: false },
      ];
    }),
  );
}

function isSmallLoss(draft: Draft): boolean {
  const { kind, mass } = draft.incident;
  return isOpen(draft) && kind === 'loss' && !mass;
}

function isJoinable(draft: Draft): boolean {
  const { kind, mass } = draft.incident;
  return isOpen(draft) && mass && (kind === 'loss' || kind === 'failover');
}

function movedSwings(scene: Scene): Map<string, Swing> {
  const { now, sight, holds, notes } = scene;
  const inMass = new Set(scene.drafts.filter(isJoinable).flatMap(({ members }) => [...members.keys()]));
  const swings = new Map<string, Swing>();
  for (const known of sight.noteworthy.values()) {
    const { move, row, condition } = known;
    if (move === null || move.home || condition !== 'up' || move.at < now - MASS_JOIN_MS) continue;
    if (inMass.has(row.name) || holds.rowMutedUntil(row) !== null) continue;
    const watches = watchesOf(scene, row).filter(({ createdAt }) => move.at >= createdAt);
    if (watches.length === 0) continue;
    const fresh = watches.every((watch) => notes.toldUntil(watch) < move.at);
    const graceMs = graceOf(row, watches);
    swings.set(row.name, { known, watches, graceMs, at: wentAt(known), lost: false, fresh });
  }
  return swings;
}

function join(scene: Scene, draft: Draft, pending: Map<string, News>, moved: Map<string, Swing>): void {
  const { now } = scene;
  const { factor, startedAt } = draft.incident;
  let grown = lastGrowth(draft);
  const belongs = (known: Known, at: number) =>
    at >= startedAt - MASS_WINDOW_MS &&
    at <= grown + MASS_JOIN_MS &&
    (factor === null || hasFactor(known, factor));
  for (const [name, { known, kind, readyAt }] of pending) {
    if (kind !== 'loss' || readyAt > now || !belongs(known, known.since)) continue;
    // Where phones moved, it is about their node, and not about a site.
    if (draft.incident.opening.moved === 0 && !isOfItsKind(draft, known)) continue;
    setMember(draft, memberOf(known));
    pending.delete(name);
    grown = Math.max(grown, known.since);
    if (draft.incident.kind === 'failover') {
      change(draft, { kind: 'loss' });
      draft.says.add('grew');
    }
  }
  for (const [name, { known, at, fresh }] of moved) {
    if (!fresh || !belongs(known, at)) continue;
    setMember(draft, memberOf(known));
    moved.delete(name);
    grown = Math.max(grown, at);
  }
}

function open(scene: Scene, mass: Mass, patience: number, pending: Map<string, News>): void {
  const { now } = scene;
  const moved = mass.swings.filter(({ lost }) => !lost);
  // One that was lost a moment ago may be on its way; it joins when it stays lost.
  const lost = mass.swings.filter((swing) => swing.lost && now - swing.at >= onItsWay(patience));
  const subjects = [...lost, ...moved];
  if (!subjects.some(({ fresh }) => fresh)) return;
  const isFailover = lost.length === 0;
  const draft = openIncident(scene, {
    kind: isFailover ? 'failover' : 'loss',
    mass: true,
    factor: mass.factor,
    members: subjects.map(({ known }) => memberOf(known)),
    subjects,
    reason: isFailover ? 'failover' : 'mass',
    grouping: mass.grouping,
    graceMs: patience,
    gap: gapOf(
      lost.map(({ known }) => known),
      scene,
    ),
  });
  for (const { known } of lost) pending.delete(known.row.name);
  takeOver(scene, draft);
  const members = [...draft.members.values()];
  const down = notUp(draft).length;
  change(draft, {
    startedAt: members.reduce((first, { since }) => Math.min(first, since), draft.incident.startedAt),
    opening: { members: members.length, lost: down, moved: members.length - down },
    peak: down,
  });
}

/** What small incidents say of its members is said here from now on, and of those that were told with them. */
function takeOver(scene: Scene, mass: Draft): void {
  for (const small of scene.drafts.filter(isSmallLoss)) {
    if (!notUp(small).some(({ name }) => mass.members.has(name))) continue;
    for (const member of notUp(small)) if (!mass.members.has(member.name)) setMember(mass, member);
    close(small, 'superseded', scene.now);
  }
}
