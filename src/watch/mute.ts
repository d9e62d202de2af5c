/** What holds a room's announcements: mutes and quiet hours. Pure. */
import type { KnownRow } from '../device/known.ts';
import type { Draft } from './draft.ts';
import { notUp } from './draft.ts';
import type { MuteInForce } from './memory.ts';
import type { QuietNow } from './quiet.ts';

/** For one cluster. Times are epoch milliseconds. */
export interface Holds {
  readonly quiet: QuietNow;
  /** Nothing is told of the cluster until then; null: it may be. */
  readonly mutedUntil: number | null;
  rowMutedUntil(row: KnownRow): number | null;
  /** Whether the incident's card and its thread are left alone. */
  isFrozen(draft: Draft, rowOf: (name: string) => KnownRow | undefined): boolean;
}

/** `running` are mutes of the room that are not over. */
export function createHolds(cluster: string, running: readonly MuteInForce[], quiet: QuietNow): Holds {
  const here = running.filter(({ mute }) => mute.cluster === null || mute.cluster === cluster);
  const mutedUntil = latest(here.filter(({ mute }) => mute.about.type === 'room'));
  const subjects = here.filter(({ mute }) => mute.about.type === 'subject');
  const incidents = new Set(
    running.flatMap(({ mute }) => (mute.about.type === 'incident' ? [mute.about.incident] : [])),
  );

  function areCovered(
    { members }: Draft,
    names: readonly string[],
    rowOf: (name: string) => KnownRow | undefined,
  ) {
    const about = names.length > 0 ? names : [...members.keys()];
    return (
      about.length > 0 &&
      about.every((name) => {
        const row = rowOf(name);
        return row !== undefined && subjects.some((subject) => subject.covers(row));
      })
    );
  }

  return {
    quiet,
    mutedUntil,
    rowMutedUntil: (row) =>
      mutedUntil ??
      (subjects.length === 0 ? null : latest(subjects.filter((subject) => subject.covers(row)))),
    isFrozen(draft, rowOf) {
      const { id, mass } = draft.incident;
      if (mutedUntil !== null || incidents.has(id)) return true;
      if (quiet.until !== null && !(mass && quiet.massBreaksThrough)) return true;
      if (subjects.length === 0) return false;
      return areCovered(
        draft,
        notUp(draft).map(({ name }) => name),
        rowOf,
      );
    },
  };
}

function latest(mutes: readonly MuteInForce[]): number | null {
  return mutes.length === 0 ? null : Math.max(...mutes.map(({ mute }) => mute.until));
}
