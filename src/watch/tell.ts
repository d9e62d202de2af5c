/** One announcement to its room: as a change of the message that it has, in the thread of the one above, or anew. */
import { createHash } from 'node:crypto';
import type { Told, Waiting } from './outgoing.ts';
import { AnnounceError, type Announcer, type Due } from './ports.ts';
import { roomKey } from './watch.ts';

export type Placed = Pick<Told, 'place' | 'id'>;

/** Where it stands now. Rejects as the announcer does. */
export async function tell({ waiting, earlier, above }: Due, announcer: Announcer): Promise<Placed> {
  const { room, announcement } = waiting;
  const key = messageKey(waiting);
  const anew = () => announcer.post(room, null, announcement, key);
  const inThread = () =>
    above === null ? anew() : unlessGone(announcer.post(room, above.id, announcement, key), anew);
  if (!waiting.inPlace || earlier === null) return inThread();
  return unlessGone(
    announcer.change(earlier, announcement).then((): Placed => earlier),
    inThread,
  );
}

/** Somebody deleted the message, or it is too old to be changed or answered: the news is worth a message of its own. */
async function unlessGone<T>(told: Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  try {
    return await told;
  } catch (error) {
    if (error instanceof AnnounceError && error.code === 'gone') return otherwise();
    throw error;
  }
}

/** A UUID for exactly this: the same after a crash, another for the next state of the same slot. */
export function messageKey({ slot, room, version }: Pick<Waiting, 'slot' | 'room' | 'version'>): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([roomKey(room), slot, version]))
    .digest('hex');
  const groups = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(hash)?.slice(1) ?? [];
  const [first, second, third, fourth, fifth] = groups;
  // Version 8: a UUID of one's own making, https://www.rfc-editor.org/rfc/rfc9562#section-5.8
  return `${first}-${second}-8${third}-a${fourth}-${fifth}`;
}
