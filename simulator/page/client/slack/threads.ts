/** What stands in a room, as a list of threads. Pure. */
import type { MessageSeen } from '../../wire.ts';

export interface Thread {
  readonly first: MessageSeen;
  readonly answers: readonly MessageSeen[];
}

/** Oldest first; what only this person sees stands where it was said. */
export function threadsOf(
  messages: readonly MessageSeen[],
  whispers: readonly MessageSeen[],
  room: string,
): readonly Thread[] {
  const here = [...messages, ...whispers].filter(({ channel }) => channel === room).sort(byTime);
  const firsts = here.filter((message) => isFirst(message, here));
  return firsts.map((first) => ({
    first,
    answers: here.filter((one) => one !== first && one.thread === first.ts && one.ts !== first.ts),
  }));
}

/** An answer whose thread is not here any more stands by itself. */
function isFirst({ ts, thread }: MessageSeen, here: readonly MessageSeen[]): boolean {
  return thread === undefined || thread === ts || !here.some((one) => one.ts === thread);
}

function byTime(a: MessageSeen, b: MessageSeen): number {
  return Number.parseFloat(a.ts) - Number.parseFloat(b.ts) || a.ts.localeCompare(b.ts);
}
