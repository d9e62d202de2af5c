/** Devices that changed their node and are fine: one line for a burst of them, once it has settled. */
import { type Draft, isOpen } from './draft.ts';
import type { Known, Transition } from './known.ts';
import { MOST_MOVES_NAMED, MOVES_SETTLE_MS } from './limits.ts';
import { type Scene, watchesOf } from './scene.ts';
import type { Watch } from './watch.ts';

type Moved = Known & { readonly move: NonNullable<Known['move']> };

interface Move {
  readonly known: Moved;
  readonly watches: readonly Watch[];
}

/** `waiting` are names that may be part of a mass event: they are left alone. */
export function attendMoves(scene: Scene, waiting: ReadonlySet<string>): void {
  const inCards = membersOf(scene.drafts.filter(isOpen));
  const closing = membersOf(scene.drafts.filter((draft) => !isOpen(draft)));
  const isClosing = ({ known }: Move) => closing.has(known.row.name);
  const isSilent = (move: Move) =>
    isClosing(move) || isHeld(scene, move.known) || isThereAndBack(scene, move) || isSent(move);
  const moves = untoldMoves(scene).filter(({ known }) => !inCards.has(known.row.name));
  const { silent = [], news = [] } = Object.groupBy(moves, (move) => (isSilent(move) ? 'silent' : 'news'));
  // What is noted as told covers all that went before: so nothing is noted while a mass event is still to be told, and what is due is told
  // along with what is let go.
  if (moves.some(({ known }) => waiting.has(known.row.name)) && !silent.some(isClosing)) return;
  const settlesAt = news.reduce((last, { known }) => Math.max(last, known.move.at), 0) + MOVES_SETTLE_MS;
  scene.wake(settlesAt);
  if (news.length > 0 && settlesAt > scene.now && !silent.some(isClosing)) return;
  if (news.length > 0) tellMoves(scene, news);
  for (const move of moves) note(scene, move);
}

function membersOf(drafts: readonly Draft[]): ReadonlySet<string> {
  return new Set(drafts.flatMap(({ members }) => [...members.keys()]));
}

function untoldMoves(scene: Scene): readonly Move[] {
  const moves: Move[] = [];
  for (const known of scene.sight.noteworthy.values()) {
    if (!isMoved(known) || known.condition !== 'up') continue;
    const { at } = known.move;
    const watches = watchesOf(scene, known.row).filter(({ createdAt }) => at >= createdAt);
    if (watches.length === 0 || watches.some((watch) => scene.notes.toldUntil(watch) >= at)) continue;
    moves.push({ known, watches });
  }
  return moves;
}

function isMoved(known: Known): known is Moved {
  return known.move !== null;
}

function isHeld({ holds, flapping }: Scene, { row }: Known): boolean {
  return holds.quiet.until !== null || holds.rowMutedUntil(row) !== null || flapping.has(row.name);
}

/** It came home before anybody was told that it had left. */
function isThereAndBack({ notes }: Scene, { known, watches }: Move): boolean {
  const { home, leftAt } = known.move;
  return home && leftAt != null && watches.every((watch) => notes.toldUntil(watch) < leftAt);
}

/** A reset or a login sent it there, or it is back from where one had sent it: many at once are a mass event all the same. */
function isSent({ known }: Move): boolean {
  return known.move.sent === true;
}

function tellMoves(scene: Scene, moves: readonly Move[]): void {
  const { now, room, sight, outgoing } = scene;
  const oldest = moves.toSorted((a, b) => a.known.move.at - b.known.move.at);
  outgoing.push({
    slot: `moved:${sight.cluster}:${now}`,
    room,
    under: null,
    inPlace: false,
    announcement: {
      type: 'moved',
      cluster: sight.cluster,
      moves: oldest.slice(0, MOST_MOVES_NAMED).map(({ known }) => transitionOf(known)),
      total: moves.length,
    },
    at: now,
    notBefore: now,
  });
}

function transitionOf({ cluster, row, move }: Moved): Transition {
  return {
    cluster,
    name: row.name,
    at: move.at,
    kind: move.home ? 'home' : 'moved',
    because: 'registered-elsewhere',
    statusReason: row.statusReason,
    from: move.from,
    to: move.to,
    awayMs: null,
    gapMs: 0,
    description: row.description,
  };
}

function note({ notes }: Scene, { known, watches }: Move): void {
  for (const watch of watches) notes.setToldUntil(watch, known.move.at);
}
