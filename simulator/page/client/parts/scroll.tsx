/** A list of messages that shows what is new, and one's own words with their answer, unless somebody has scrolled away from it. */
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type Chat, usePart } from '../stage.ts';
import { END, type Hold, holdAfter, type Item, isAnswerTo, scrollTo } from './follow.ts';

/** As near to the end as that counts as at the end. Pixels. */
const NEAR = 80;
/** So much of a message has to be in view for it to count as seen. Pixels. */
const HEADLINE = 48;

interface ScrollProps {
  readonly className: string;
  readonly label: string;
  /** In the order in which they came. */
  readonly items: readonly Item[];
  /** Given, the tour can show a message here. */
  readonly stage?: Chat | undefined;
  readonly children: ReactNode;
}

export function Scroll({ className, label, items, stage, children }: ScrollProps) {
  const list = useRef<HTMLElement>(null);
  const [unseen, setUnseen] = useState<Unseen>(NOTHING_UNSEEN);
  const [follower] = useState(() => new Follower(items, setUnseen));
  useLayoutEffect(() => follower.attach(list), [follower]);
  useLayoutEffect(() => follower.has(items), [follower, items]);
  return (
    <div className="follow">
      <section
        ref={list}
        className={className}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
        tabIndex={0}
        onScroll={() => follower.scrolled()}
        onClickCapture={({ target }) => follower.pressed(target)}
      >
        <div>{children}</div>
      </section>
      {unseen.count > 0 && (
        <button type="button" className="pill" onClick={() => follower.showUnseen()}>
          <span aria-hidden="true">{unseen.isAbove ? '↑' : '↓'}</span> {unseen.count} new
        </button>
      )}
      {stage !== undefined && <Shown chat={stage} show={follower.show} />}
    </div>
  );
}

function Shown({ chat, show }: { readonly chat: Chat; readonly show: (id: string | null) => void }) {
  usePart(chat, 'show', show);
  return null;
}

interface Unseen {
  readonly count: number;
  readonly isAbove: boolean;
}
const NOTHING_UNSEEN: Unseen = { count: 0, isAbove: false };

class Follower {
  #list: HTMLElement | null = null;
  #items: readonly Item[];
  #hold: Hold = END;
  /** The thread in which a button waits for its answer. */
  #pressed: string | null = null;
  readonly #unseen = new Set<string>();
  /** What the list was when it was last put in its place, to tell somebody's scrolling from ours. */
  #put = { top: 0, content: 0, view: 0 };
  readonly #tell: (unseen: Unseen) => void;

  constructor(items: readonly Item[], tell: (change: (before: Unseen) => Unseen) => void) {
    this.#items = items;
    this.#tell = (now) =>
      tell((before) => (before.count === now.count && before.isAbove === now.isAbove ? before : now));
  }

  /** Cards are drawn after they came, and tables unfold: whatever changes its size puts the list right again. */
  attach({ current }: RefObject<HTMLElement | null>): () => void {
    this.#list = current;
    const observer = new ResizeObserver(() => this.#settle());
    for (const one of [current, current?.firstElementChild]) if (one) observer.observe(one);
    return () => observer.disconnect();
  }

  has(items: readonly Item[]): void {
    const before = new Set(this.#items.map(({ id }) => id));
    this.#items = items;
    for (const item of items.filter(({ id }) => !before.has(id))) {
      const upTo = items.filter(({ id }) => before.has(id) || id === item.id);
      this.#hold = holdAfter(this.#hold, item, upTo, this.#pressed);
      if (item.isMine || isAnswerTo(this.#pressed, item)) this.#pressed = null;
      if (!item.isMine) this.#unseen.add(item.id);
      before.add(item.id);
    }
    this.#settle();
  }

  scrolled(): void {
    const list = this.#list;
    if (list === null || list.clientHeight === 0) return;
    const { top, content, view } = this.#put;
    if (list.scrollHeight !== content || list.clientHeight !== view) {
      this.#settle();
      return;
    }
    if (Math.abs(list.scrollTop - top) >= 2) {
      const toEnd = list.scrollHeight - list.scrollTop - list.clientHeight;
      this.#hold = toEnd < NEAR ? END : { at: 'free' };
      this.#pressed = null;
    }
    this.#look();
  }

  /** What comes of a button belongs to the thread that the button is in. */
  pressed(target: EventTarget): void {
    const button = target instanceof Element ? target.closest('button') : null;
    const id = button?.closest('.thread')?.querySelector('[data-message]')?.getAttribute('data-message');
    if (id !== undefined && id !== null) this.#pressed = id;
  }

  /** A message, or the end. */
  readonly show = (id: string | null): void => {
    const item = this.#items.find((one) => one.id === id);
    const within = item?.thread === id ? 'list' : 'thread';
    this.#hold = item === undefined ? END : { at: 'item', id: item.id, within };
    this.#settle();
  };

  showUnseen(): void {
    const [first] = this.#items.filter(({ id }) => this.#unseen.has(id));
    if (first !== undefined) this.show(first.id);
    // The button is about to go, and the keyboard with it.
    this.#list?.focus({ preventScroll: true });
  }

  #settle(): void {
    const list = this.#list;
    // Not shown now, as another tab is.
    if (list === null || list.clientHeight === 0) return;
    const place = this.#placeOf(list);
    if (place !== null) list.scrollTop = place;
    this.#put = { top: list.scrollTop, content: list.scrollHeight, view: list.clientHeight };
    this.#look();
  }

  #placeOf(list: HTMLElement): number | null {
    const hold = this.#hold;
    if (hold.at === 'free') return null;
    const element = hold.at === 'item' ? elementOf(list, hold.id) : null;
    if (hold.at === 'end' || element === null) return list.scrollHeight;
    const thread = hold.within === 'thread' ? element.closest('.thread') : null;
    const bottom = thread === null ? list.scrollHeight : boxIn(list, thread).bottom;
    const { top } = boxIn(list, element);
    return scrollTo({ top, bottom, view: list.clientHeight, now: list.scrollTop });
  }

  /** Strikes out what is in view, and tells how much is not. */
  #look(): void {
    const list = this.#list;
    if (list === null) return;
    let isAbove = true;
    for (const id of this.#unseen) {
      const element = elementOf(list, id);
      const { top, bottom } = element === null ? { top: 0, bottom: 0 } : boxIn(list, element);
      const [from, to] = [list.scrollTop, list.scrollTop + list.clientHeight];
      if (element === null || (top >= from - 1 && Math.min(bottom, top + HEADLINE) <= to + 1)) {
        this.#unseen.delete(id);
      } else isAbove &&= top < from;
    }
    this.#tell({ count: this.#unseen.size, isAbove: isAbove && this.#unseen.size > 0 });
  }
}

function elementOf(list: HTMLElement, id: string): Element | null {
  return list.querySelector(`[data-message="${CSS.escape(id)}"]`);
}

/** Pixels from the top of what the list holds. */
function boxIn(list: HTMLElement, element: Element): { readonly top: number; readonly bottom: number } {
  const { top, bottom } = element.getBoundingClientRect();
  const zero = list.getBoundingClientRect().top - list.scrollTop;
  return { top: top - zero, bottom: bottom - zero };
}
