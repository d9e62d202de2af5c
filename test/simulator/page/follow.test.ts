/** What a list of messages of the page keeps in view. */
import { describe, expect, test } from 'vitest';
import {
  END,
  type Hold,
  holdAfter,
  type Item,
  scrollTo,
} from '../../../simulator/page/client/parts/follow.ts';

const item = (id: string, more: Partial<Item> = {}): Item => ({ id, thread: id, isMine: false, ...more });
const mine = (id: string, thread = id) => item(id, { thread, isMine: true });
const reply = (id: string, thread: string) => item(id, { thread });
const FREE: Hold = { at: 'free' };
const at = (id: string, within: 'list' | 'thread' = 'list'): Hold => ({ at: 'item', id, within });

describe('what is held after a message has come', () => {
  test.each<[string, Hold, readonly Item[], Item, string | null, Hold]>([
    ['one’s own at the end', END, [item('a')], mine('q'), null, at('q')],
    ['one’s own, wherever one had scrolled to', FREE, [item('a')], mine('q'), null, at('q')],
    ['one’s own in an old thread', END, [item('a'), item('b')], mine('q', 'a'), null, at('q', 'thread')],
    ['the answer in its thread', at('q'), [mine('q')], reply('a', 'q'), null, at('q')],
    ['the answer behind it, where there are no threads', at('q'), [mine('q')], item('a'), null, at('q')],
    ['an alert after the answer', at('q'), [mine('q'), reply('a', 'q')], item('alert'), null, at('alert')],
    ['an alert after an answer without threads', at('q'), [mine('q'), item('a')], item('x'), null, at('x')],
    ['an alert after another', at('a'), [item('a')], item('b'), null, at('b')],
    ['an alert, at the end', END, [item('a')], item('b'), null, at('b')],
    ['an alert, for somebody who has scrolled away', FREE, [item('a')], item('b'), null, FREE],
    [
      'an alert, for somebody who asks in an old thread',
      at('q', 'thread'),
      [item('a'), mine('q', 'a'), item('b')],
      item('c'),
      null,
      at('q', 'thread'),
    ],
    ['a line in an old thread', at('b'), [item('a'), item('b')], reply('x', 'a'), null, at('b')],
    ['a line in the newest thread, at the end', END, [item('a')], reply('x', 'a'), null, at('x', 'thread')],
    ['a line in an old thread, at the end', END, [item('a'), item('b')], reply('x', 'a'), null, END],
    ['what a pressed button answers', FREE, [item('a')], reply('x', 'a'), 'a', at('x', 'thread')],
    [
      'what a pressed button answers to one person alone',
      FREE,
      [item('a'), item('b')],
      item('w', { isPrivate: true }),
      'a',
      at('w'),
    ],
    ['an alert while a button waits', FREE, [item('a')], item('b'), 'a', FREE],
  ])('%s', (_claim, hold, before, news, pressed, held) => {
    expect(holdAfter(hold, news, [...before, news], pressed)).toEqual(held);
  });
});

describe('where the list is scrolled to', () => {
  const place = (top: number, bottom: number, now: number) => scrollTo({ top, bottom, view: 500, now });

  test.each([
    ['all of it is in view: nowhere', 300, 500, 100, 100],
    ['it is below: as far as it needs', 800, 1000, 100, 508],
    ['it is above: as far as it needs', 300, 500, 600, 292],
    ['it is longer than the view: its beginning', 800, 2000, 100, 792],
    ['it grew out of the view: its beginning', 800, 1400, 600, 792],
  ])('%s', (_claim, top, bottom, now, to) => {
    expect(place(top, bottom, now)).toBe(to);
  });
});
