/** What a list of messages keeps in view while it grows. Pure. */

/** A message as the list sees it. */
export interface Item {
  readonly id: string;
  /** Id of the first message of its thread; its own for that one. */
  readonly thread: string;
  /** Said by whoever looks. */
  readonly isMine: boolean;
  /** Only whoever looks sees it. */
  readonly isPrivate?: boolean;
}

/** `free`: somebody has scrolled away. `item`: a message and what comes after it, in the list or only in its thread. */
export type Hold =
  | { readonly at: 'end' }
  | { readonly at: 'free' }
  | { readonly at: 'item'; readonly id: string; readonly within: 'list' | 'thread' };

export const END: Hold = { at: 'end' };

/** What is held once `item` has come, the last of `items`. `pressed`: the thread in which a button waits for its answer. */
export function holdAfter(hold: Hold, item: Item, items: readonly Item[], pressed: string | null): Hold {
  const isFirst = item.thread === item.id;
  if (item.isMine) return { at: 'item', id: item.id, within: isFirst ? 'list' : 'thread' };
  if (isAnswerTo(pressed, item)) return { at: 'item', id: item.id, within: isFirst ? 'list' : 'thread' };
  if (hold.at === 'free') return hold;
  if (!isFirst) return afterAnswer(hold, item, items);
  const held = hold.at === 'item' ? items.find(({ id }) => id === hold.id) : undefined;
  const isAsked = held?.isMine === true && held.thread === held.id;
  // Where there are no threads an answer comes behind its question: both are held.
  if (isAsked && !hasAnswer(held, item, items)) return hold;
  // Somebody who reads further up is not taken away from it.
  if (held !== undefined && !isAsked && held.thread !== lastThread(items, item)) return hold;
  return { at: 'item', id: item.id, within: 'list' };
}

export function isAnswerTo(pressed: string | null, item: Item): boolean {
  return pressed !== null && !item.isMine && (item.thread === pressed || item.isPrivate === true);
}

/** At the end of the list an answer begins in view, however long it is. */
function afterAnswer(hold: Hold, item: Item, items: readonly Item[]): Hold {
  return hold.at === 'end' && item.thread === lastThread(items, item)
    ? { at: 'item', id: item.id, within: 'thread' }
    : hold;
}

function hasAnswer(question: Item, newest: Item, items: readonly Item[]): boolean {
  const others = items.filter((one) => one !== newest && !one.isMine);
  const place = items.indexOf(question);
  return others.some(
    (one) => one.thread === question.thread || (one.thread === one.id && items.indexOf(one) > place),
  );
}

/** Id of the newest thread, `newest` not counted. */
function lastThread(items: readonly Item[], newest: Item): string | undefined {
  return items.findLast((one) => one !== newest && one.thread === one.id)?.thread;
}

/** Room above and below what is held. Pixels. */
const PAD = 8;

export interface Place {
  /** Of what is held, from the top of the list's content, in pixels. */
  readonly top: number;
  readonly bottom: number;
  /** Height of what of the list can be seen. */
  readonly view: number;
  /** Where the list is scrolled to now. */
  readonly now: number;
}

/** Where to scroll to, as near as possible: all of it in view, or its beginning when it is longer than the view. */
export function scrollTo({ top, bottom, view, now }: Place): number {
  const [least, most] = [bottom - view + PAD, top - PAD];
  return least > most ? most : Math.min(most, Math.max(least, now));
}
