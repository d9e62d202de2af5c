/** Cards that nobody asked for: printed above what somebody types, and printed again, shortly, when they change. */
import { type Chat, ChatError } from '../../src/chat.ts';
import type { View } from '../../src/view/view.ts';
import { changesOf } from './changes.ts';

export interface UnaskedOptions {
  readonly show: (view: View) => void;
  /** True when nobody is there any more. */
  readonly isClosed: () => boolean;
}

/** Cards whose changes can be told from the whole. */
const MOST_REMEMBERED = 100;

export function createUnasked({ show, isClosed }: UnaskedOptions): Pick<Chat, 'post' | 'update'> {
  const shown = new Map<string, View>();
  let posted = 0;

  const print = (id: string, view: View, short: View) => {
    if (isClosed()) throw new ChatError('unreachable', 'closed');
    show(short);
    shown.delete(id);
    shown.set(id, view);
    const [oldest] = shown.keys();
    if (shown.size > MOST_REMEMBERED && oldest !== undefined) shown.delete(oldest);
  };
  return {
    async post(place, view) {
      posted += 1;
      const id = String(posted);
      print(id, view, view);
      return { place, id };
    },
    async update(earlier, view) {
      const before = shown.get(earlier.id);
      print(earlier.id, view, before === undefined ? view : changesOf(before, view));
      return earlier;
    },
  };
}
