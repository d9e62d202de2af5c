/** What the page's browser side decides: what it knows after it was told, and where its cells are. */
import { describe, expect, test } from 'vitest';
import { cellAt, layoutOf, stepFrom } from '../../../simulator/page/client/cluster/layout.ts';
import { NOTHING_KNOWN, reduce } from '../../../simulator/page/client/reduce.ts';
import { runsOf } from '../../../simulator/page/client/slack/mrkdwn.ts';
import { threadsOf } from '../../../simulator/page/client/slack/threads.ts';
import type { MessageSeen, SlackState, Told } from '../../../simulator/page/wire.ts';

const message = (ts: string, more: Partial<MessageSeen> = {}): MessageSeen => ({
  channel: 'C1',
  ts,
  at: 0,
  user: 'U1',
  text: ts,
  blocks: [],
  files: [],
  edited: false,
  ...more,
});
const person = { id: 'U1', name: 'anna', realName: 'Anna' };
const slack: SlackState = {
  workspace: 'x',
  bot: person,
  people: [person],
  rooms: [],
  messages: [message('1')],
  own: {},
};
const after = (changes: readonly unknown[]) => {
  const told: readonly Told[] = [
    { pane: 'slack', state: slack },
    { pane: 'slack', changes },
  ];
  return told.reduce(reduce, NOTHING_KNOWN).slack?.messages.map(({ text }) => text);
};

describe('what is known of Slack', () => {
  test.each([
    ['a new message comes last', [{ type: 'message', message: message('2') }], ['1', '2']],
    ['an edited one keeps its place', [{ type: 'message', message: message('1', { text: 'new' }) }], ['new']],
    ['a deleted one is gone', [{ type: 'gone', channel: 'C1', ts: '1' }], []],
  ])('%s', (_claim, changes, texts) => {
    expect(after(changes)).toEqual(texts);
  });
});

test('threads are the first message with its answers, whispers where they were said', () => {
  const messages = [message('1'), message('3'), message('2', { thread: '1' })];
  const whispers = [message('2.5', { onlyFor: 'U1' }), message('9', { channel: 'C2' })];
  const threads = threadsOf(messages, whispers, 'C1');
  expect(threads.map(({ first, answers }) => [first.ts, answers.map(({ ts }) => ts)])).toEqual([
    ['1', ['2']],
    ['2.5', []],
    ['3', []],
  ]);
});

describe('the grid', () => {
  const layout = layoutOf(25, 150, 240);

  test('cells get smaller the more there are, and never wider than the pane', () => {
    for (const inAll of [240, 2000, 8000, 20_000]) {
      const { step, columns } = layoutOf(inAll, 310, inAll);
      expect(columns * step).toBeLessThanOrEqual(310);
    }
    expect(layoutOf(1, 310, 20_000).step).toBeLessThan(layoutOf(1, 310, 240).step);
  });

  test.each([
    ['the first', 1, 1, 0],
    ['the next in its row', 16, 1, 1],
    ['one below', 1, 16, 10],
    ['beside the last', 149, 31, null],
    ['right of all', 151, 1, null],
  ])('a point is in a cell: %s', (_claim, x, y, cell) => {
    expect(cellAt(layout, 25, x, y)).toBe(cell);
  });

  test.each([
    ['ArrowRight', 0, 1],
    ['ArrowDown', 0, 10],
    ['ArrowUp', 0, 0],
    ['End', 3, 24],
    ['ArrowDown', 20, 20],
    ['a', 3, null],
  ])('%s from %i', (key, from, to) => {
    expect(stepFrom(layout, 25, from, key)).toBe(to);
  });
});

describe('verbatim mrkdwn', () => {
  test.each([
    ['a label over its value', '*Incident*\n#1', ['bold Incident', 'plain \n#1']],
    ['bold with an emoji', '*🟢 Registered*', ['bold 🟢 Registered']],
    ['a link by its label', 'at <http://10.4.2.17/|10.4.2.17>', ['plain at ', 'http://10.4.2.17/ 10.4.2.17']],
    ['no link but to the web', '<javascript:alert(1)|x>', ['plain x']],
    ['somebody mentioned', '<@U1> says', ['@U1', 'plain  says']],
    ['code, whatever is in it', '`find class:*` next', ['code find class:*', 'plain  next']],
    ['signs inside words stay', 'a*b*c snake_case_x', ['plain a*b*c snake_case_x']],
    ['escaped signs are themselves', '&lt;b&gt; &amp;amp;', ['plain <b> &amp;']],
  ])('%s', (_claim, mrkdwn, runs) => {
    expect(
      runsOf(mrkdwn).map(({ text, style, url, person }) =>
        person ? `@${person}` : `${url ?? style} ${text}`,
      ),
    ).toEqual(runs);
  });
});
