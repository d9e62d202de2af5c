/** Changes that are no incident: moved to another node, home again, back. */
import type { Announcement } from '../watch/incident.ts';
import type { Transition } from '../watch/known.ts';
import { memberName } from './member-words.ts';
import { asSubject, counted, duration, inName } from './text.ts';
import type { View } from './view.ts';

type Moved = Extract<Announcement, { type: 'moved' }>;
type Back = Extract<Announcement, { type: 'back' }>;

/** Shown by name; the rest is a number. */
const MOST_NAMED = 10;

/** `SEP001122334455 (Front desk)`; CTI rows are known by the shape of their names. */
export function transitionName(
  transition: Pick<Transition, 'name' | 'description'> & { readonly because?: string },
): string {
  const { name, description } = transition;
  const parts = name.split(' › ').length;
  const deviceClass =
    parts > 2 ? 'CtiLine' : parts === 2 ? 'CtiDevice' : isOfCti(transition) ? 'CtiProvider' : 'Phone';
  return memberName({ name, description, deviceClass });
}

/** A change of an application, or of what it controls. */
export function isOfCti({ because = '' }: { readonly because?: string }): boolean {
  return because.startsWith('application-');
}

export function movedView({ cluster, moves, total }: Moved): View {
  const [only] = moves;
  const single = only !== undefined && total === 1 ? only : null;
  const shown = moves.slice(0, MOST_NAMED);
  const more = total - shown.length;
  return {
    outcome: 'answered',
    title: single === null ? severalMoved(moves, total) : moveWords(single),
    tone: 'info',
    blocks:
      single === null
        ? [
            {
              type: 'list',
              items: [...shown.map(moveWords), ...(more > 0 ? [`and ${counted(more, 'other')}`] : [])],
            },
          ]
        : [],
    actions:
      single === null
        ? []
        : [{ label: 'History', command: `history ${asSubject(single.name)}${inName(cluster)}` }],
    data: { moved: moves, total, cluster },
  };
}

function moveWords(move: Transition): string {
  const name = transitionName(move);
  if (move.kind === 'home') return `${name} is home on ${move.to ?? 'its node'} again`;
  return `${name} moved${move.from === null ? '' : ` from ${move.from}`}${move.to === null ? '' : ` to ${move.to}`}`;
}

/** One sentence when all went the same way. */
function severalMoved(moves: readonly Transition[], total: number): string {
  const isPhone = moves.every(({ name }) => /^(?:SEP|ATA|VGC|AN|CSF|TCT|BOT|TAB)/i.test(name));
  const who = counted(total, isPhone ? 'phone' : 'device');
  const [first] = moves;
  const isAlike = moves.every(
    ({ kind, from, to }) => kind === first?.kind && from === first.from && to === first.to,
  );
  if (first === undefined || !isAlike) return `${who} moved to other nodes`;
  if (first.kind === 'home') return `${who} are home on ${first.to ?? 'their node'} again`;
  return `${who} moved from ${first.from ?? 'another node'} to ${first.to ?? 'another node'}`;
}

/** Somebody asked to be told. */
export function backView({ cluster, watch, transition }: Back): View {
  const { to, awayMs, name } = transition;
  const where = inName(cluster);
  const after = awayMs === null ? '' : ` after ${duration(awayMs)}`;
  return {
    outcome: 'answered',
    title: `${transitionName(transition)} is back${to === null ? '' : ` on ${to}`}${after}`,
    tone: 'good',
    blocks: [{ type: 'text', text: `You asked to be told (watch #${watch}).` }],
    actions: [
      { label: 'Details', command: `${asSubject(name)}${where}` },
      { label: 'History', command: `history ${asSubject(name)}${where}` },
    ],
    data: { back: transition, watch, cluster },
  };
}
