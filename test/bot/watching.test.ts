/** Who may watch, and what a person's own page shows of it. */
import { describe, expect, test } from 'vitest';
import type { AccessRules, Rule } from '../../src/access/access.ts';
import { createBot } from '../../src/bot.ts';
import type { Asker } from '../../src/chat.ts';
import { systemClock } from '../../src/clock.ts';
import { createTestDesk } from '../command/desk-for-tests.ts';
import { ANNA, fixture, NOW, row } from '../command/fixture.ts';

const clock = { ...systemClock, now: () => NOW, monotonic: () => 0 };
const BEN: Asker = { person: 'U2', place: { platform: 'slack', room: 'C2', thread: '1.2' } };

function house(rules: readonly Rule[] | null) {
  const desk = createTestDesk({ now: NOW });
  const clusters = [fixture().cluster, fixture({ name: 'lab' }).cluster];
  const access = rules === null ? null : ({ rules, contact: null } satisfies AccessRules);
  const bot = createBot({ clusters, clock, version: '0.1.0', access, desk, newId: () => 'id-1' });
  const say = (text: string, asker: Asker = ANNA) => bot.answer({ ...asker, text }, () => undefined);
  const ids = () => desk.watches.list(null).map(({ watch }) => watch.id);
  return { bot, desk, say, ids };
}

const SPLIT: readonly Rule[] = [
  { role: 'viewer', users: ['*'] },
  { role: 'operator', users: ['U1'], clusters: ['lab'] },
];

test.each([
  ['I would like to watch 1002', 'Nothing was watched', 'watch 1002'],
  ['you could mute 1002', 'Nothing was muted', 'mute 1002'],
  ['lobby watch tower', 'Nothing was watched', null],
])('%s does nothing, says so, and offers it', async (text, said, offer) => {
  const { desk, say, ids } = house(null);
  const view = await say(text);
  expect(JSON.stringify(view.blocks)).toContain(said);
  expect([ids(), desk.mutes.list(null)]).toEqual([[], []]);
  const [first] = view.actions;
  const command = first !== undefined && 'command' in first ? first.command : '';
  if (offer === null) expect(command).not.toMatch(/^watch /);
  else expect(command).toBe(offer);
});

test.each(['*', '**', 'watch *', 'mute *', 'export *', 'name:*', '"*"'])(
  '%s asks nothing, changes nothing, and offers what may be meant',
  async (text) => {
    const { desk, say, ids } = house(null);
    const view = await say(text);
    expect(view.outcome).toBe('misread');
    expect([ids(), desk.mutes.list(null)]).toEqual([[], []]);
    const commands = view.actions.map((action) => ('command' in action ? action.command : ''));
    expect(commands).toEqual(expect.arrayContaining(['summary', 'watch all phones']));
  },
);

test('a phone is found by its number, however that is written and kept, and nobody else', async () => {
  for (const kept of ['\\+14085551234', '+14085551234', '4085551234']) {
    const numbered = (name: string, number: string) =>
      row({ name, dirNumber: '', linesStatus: [{ directoryNumber: number, status: 'Registered' }] });
    const rows = [
      numbered('SEP000000000001', kept),
      numbered('SEP000000000002', '5551234'),
      numbered('SEP000000000003', '408'),
      numbered('SEP000000000004', '\\+494085551234'),
    ];
    const { cluster, asked } = fixture({ rows });
    const bot = createBot({
      clusters: [cluster],
      clock,
      version: '0',
      access: null,
      desk: null,
      newId: () => 'i',
    });
    for (const text of ['+1 (408) 555-1234', '(408) 555-1234', '\\+14085551234', 'find dn:408-555-1234']) {
      const view = await bot.answer({ ...ANNA, text }, () => undefined);
      const found = view.data['devices'] as readonly { readonly name: string }[];
      expect([kept, text, found.map(({ name }) => name)]).toEqual([kept, text, ['SEP000000000001']]);
    }
    expect(asked).toHaveLength(4);
  }
});

describe('with rules', () => {
  test.each([
    ['watch 1002', 'refused'],
    ['watch 1002 in:lab', 'answered'],
    ['mute for:1h', 'refused'],
    ['watches', 'nothing'],
    ['incidents', 'nothing'],
    ['history', 'nothing'],
  ])('an operator of lab alone who says %s is %s', async (text, outcome) => {
    expect((await house(SPLIT).say(text)).outcome).toBe(outcome);
  });

  test("a watch of a cluster that is not theirs to operate stays, whichever cluster's name they add", async () => {
    const { desk, say, ids } = house(SPLIT);
    const room = { platform: 'slack', room: 'C1' };
    const wanted = { room, maker: 'U9', text: '1002', graceMs: null, until: null } as const;
    await desk.watches.add({ ...wanted, cluster: 'prod' });
    expect((await say('unwatch 1 in:lab')).outcome).toBe('nothing');
    expect((await say('unwatch 1')).outcome).toBe('refused');
    expect(ids()).toEqual([1]);
  });

  test('a viewer is offered no verb that would be refused', () => {
    const verbs = (asker: Asker) =>
      house(SPLIT)
        .bot.formFor(asker)
        .verbs.map(({ name }) => name);
    expect(verbs(BEN)).not.toContain('watch');
    expect(verbs(BEN)).toContain('watches');
    expect(verbs(ANNA)).toEqual(expect.arrayContaining(['watch', 'unwatch', 'mute', 'unmute', 'ack']));
  });
});

test('a watch belongs to the room, not to the thread in it', async () => {
  const { desk, say } = house(null);
  await say('watch 1002', BEN);
  expect(desk.watches.list(null)[0]?.watch.room).toEqual({ platform: 'slack', room: 'C2' });
});

test("a person's page shows their own watches, wherever they tell", async () => {
  const { bot, say } = house(null);
  await say('watch 1002');
  await say('watch SEPAAAAAAAAAA02 until:back dm');
  await say('watch gateways', BEN);
  const home = await bot.home(ANNA);
  expect(JSON.stringify(home.blocks)).toContain('#2 SEPAAAAAAAAAA02');
  expect((home.data['watches'] as readonly { id: number }[]).map(({ id }) => id)).toEqual([1, 2]);
});

test('a database that fails is a failure with its own words', async () => {
  const { desk } = house(null);
  const error = Object.assign(new Error('disk full'), { name: 'StoreError', code: 'full' });
  const broken = { ...desk, watches: { ...desk.watches, add: () => Promise.reject(error) } };
  const failing = createBot({
    clusters: [fixture().cluster],
    clock,
    version: '0.1.0',
    desk: broken,
    newId: () => 'id-1',
  });
  const view = await failing.answer({ ...ANNA, text: 'watch 1002' }, () => undefined);
  expect(view).toMatchObject({ outcome: 'failed', data: { error: { code: 'store', id: 'id-1' } } });
  expect(JSON.stringify(view)).not.toContain('disk');
});
