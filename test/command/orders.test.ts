/** The verbs of the watch, on a desk in memory. */
import { describe, expect, test } from 'vitest';
import { isEnough, type Role } from '../../src/access/role.ts';
import type { Asker } from '../../src/chat.ts';
import type { Context } from '../../src/command/command.ts';
import { verbNamed } from '../../src/command/commands.ts';
import { parse } from '../../src/command/parse.ts';
import { ctiQuery, deviceQuery } from '../../src/device/query.ts';
import { misreadView } from '../../src/view/misread.ts';
import type { View } from '../../src/view/view.ts';
import type { Mute, Watch } from '../../src/watch/watch.ts';
import { AT, card, incident, member, members, OUTAGE, transition } from '../view/cards.ts';
import { expectGolden } from '../view/golden.ts';
import { createTestDesk, type DeskOptions, type TestDesk } from './desk-for-tests.ts';
import { ANNA, context, type FixtureOptions, fixture, NOW, row } from './fixture.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HERE = { platform: 'slack', room: 'C1' };
const ELSEWHERE = { platform: 'slack', room: 'C2' };
const BEN: Asker = { person: 'U2', place: { platform: 'slack', room: 'C1' } };

function watchOf(fields: Partial<Watch> = {}): Watch {
  return {
    id: 3,
    cluster: 'prod',
    room: HERE,
    maker: 'U1',
    text: 'desc:"LON*"',
    graceMs: null,
    until: null,
    createdAt: NOW - HOUR,
    ...fields,
  };
}

function muteOf(fields: Partial<Mute> = {}): Mute {
  return {
    id: 1,
    cluster: null,
    room: HERE,
    about: { type: 'room' },
    from: NOW - HOUR,
    until: NOW + HOUR,
    by: 'U1',
    why: 'maintenance',
    ...fields,
  };
}

const OPEN = { card: card([member()], { id: 12 }), members: [member()] };
const OTHERS = { card: card([member()], { id: 13, room: ELSEWHERE }), members: [member()] };
const OVER = {
  card: card([member({ state: 'back' })], { id: 14, closedAt: NOW - MINUTE, closedBy: 'recovered' }),
  members: [],
};

interface Setting extends FixtureOptions {
  readonly desk?: TestDesk | null;
  readonly asker?: Asker | null;
  readonly role?: Role;
}

function deskWith(options: Partial<DeskOptions> = {}): TestDesk {
  return createTestDesk({ now: NOW, ...options });
}

async function say(text: string, setting: Setting = {}): Promise<View> {
  const { desk = deskWith(), asker = ANNA, role = 'operator', ...options } = setting;
  const read = parse(text);
  if (read.type === 'misread') return misreadView(read);
  const asked: Context = {
    ...context(fixture(options).cluster),
    desk,
    asker,
    may: (needed) => isEnough(role, needed),
  };
  const verb = verbNamed(read.command.verb);
  if (verb === null) throw new Error(`no verb ${read.command.verb}`);
  return verb.run(read.command, asked);
}

const words = (view: View) => JSON.stringify([view.title, view.blocks]);
const commands = (view: View) => view.actions.map(({ command }) => command);
const texts = (desk: TestDesk) => desk.watches.list(null).map(({ watch }) => watch.text);

describe('watch', () => {
  test('the first thing that anybody types: a filler, a description, a grace', async () => {
    const desk = deskWith();
    const rows = [
      row({ description: 'LON 1' }),
      row({ name: 'SEP00000000000A', description: 'LON 2', status: 'UnRegistered' }),
    ];
    const view = await say('/ris watch site desc:"LON*" grace:5m', { desk, rows });
    expect(view.title).toBe('Watching #1 desc:"LON*" here: 2 phones, 1 of them not up');
    expect(desk.watches.list(null)[0]?.watch).toMatchObject({
      cluster: 'prod',
      room: HERE,
      maker: 'U1',
      text: 'desc:"LON*"',
      graceMs: 5 * MINUTE,
      until: null,
    });
    expect(words(view)).toContain('That one is no news');
    expect(commands(view)).toContain('unwatch 1 in:prod');
  });

  test.each([
    ['one that is up', 'watch SEP001122334455', 'Watching #1 SEP001122334455 here: 1 phone, up'],
    [
      'one that is down',
      'watch SEPAAAAAAAAAA02',
      'Watching #1 SEPAAAAAAAAAA02 here: 1 phone, which is not up',
    ],
    ['an extension', 'watch 1002', 'Watching #1 1002 here: 1 phone, up'],
    ['gateways', 'watch gateways', 'Watching #1 gateways here: 1 gateway, up'],
    [
      'a class on a node',
      'watch class:gateway node:cucm2',
      'Watching #1 class:gateway node:cucm2 here: 1 gateway, up',
    ],
    ['a subnet', 'watch 10.4.2.0/24', 'Watching #1 10.4.2.0/24 here: 5 phones, 2 of them not up'],
    ['everything', 'watch all', 'Watching #1 all phones here: 2 phones not up now'],
    ['all there is', 'watch all devices', 'Watching #1 all devices here: 2 phones not up now'],
    ['an application', 'watch cti cucmuser', 'Watching #1 cti cucmuser here: 3 CTI items, 1 of them not up'],
    ['all applications', 'watch cti', 'Watching #1 cti here: 1 CTI application, up'],
    ['a soft client by its name', 'watch CSFJSMITH', 'Watching #1 CSFJSMITH here: 1 phone, which is not up'],
    [
      'a column of names',
      'watch SEP001122334455\n1002',
      'Watching #1 SEP001122334455; 1002 here: 2 phones, all up',
    ],
  ])('%s: %s', async (_claim, text, title) => {
    const view = await say(text);
    expect(view.title).toBe(title);
  });

  test('a gateway that is known by name is kept by name', async () => {
    const desk = deskWith();
    const names = ['HQ-GW', 'MOH_2'].map((name) => ({ name, description: '', numbers: [] }));
    await say('watch hq-gw', { desk, names });
    await say('watch HQ-GW, MOH_2', { desk, names });
    expect(texts(desk)).toEqual(['name:"HQ-GW"', 'name:"HQ-GW","MOH_2"']);
  });

  test('a name that CUCM has no record of is watched, and that is said', async () => {
    const desk = deskWith();
    const view = await say('watch SEP0000DEADBEEF', { desk });
    expect(words(view)).toContain('CUCM has no record of SEP0000DEADBEEF');
    expect(view.tone).toBe('warn');
    expect(texts(desk)).toEqual(['SEP0000DEADBEEF']);
  });

  test('a filter that matches nothing is not watched, unless somebody insists', async () => {
    const desk = deskWith();
    const view = await say('watch desc:"PAR*"', { desk });
    expect(view).toMatchObject({
      outcome: 'nothing',
      title: 'Not watched: desc:"PAR*" matches nothing in prod (0 devices)',
    });
    expect(texts(desk)).toEqual([]);
    const again = await say(commands(view)[0] ?? '', { desk });
    expect(again.outcome).toBe('answered');
    expect(texts(desk)).toEqual(['desc:"PAR*"']);
  });

  test('soft clients are left out where nobody named them, and that is said', async () => {
    const view = await say('watch desc:Jabber');
    expect(view.outcome).toBe('nothing');
    expect(words(view)).toContain('1 soft client such as Jabber is left out');
  });

  test('what may be on a node that did not answer is watched', async () => {
    const view = await say('watch desc:Lobby', { blind: ['cucm3'] });
    expect(view.title).toBe('Watching #1 desc:Lobby here');
    expect(words(view)).toContain('cucm3 did not answer');
  });

  test('all phones of a large cluster cost a few requests, not a walk', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) =>
      row({
        name: `SEP${String(i).padStart(12, '0')}`,
        status: i % 500 === 0 ? 'UnRegistered' : 'Registered',
      }),
    );
    const { cluster, asked } = fixture({ rows });
    const read = parse('watch all phones');
    if (read.type !== 'command') throw new Error('misread');
    const view = await verbNamed('watch')?.run(read.command, context(cluster));
    expect(view?.title).toBe('Watching #1 all phones here: 10 phones not up now');
    expect(asked.map(({ query }) => ('status' in query ? query.status : ''))).toEqual([
      'UnRegistered',
      'Rejected',
      'PartiallyRegistered',
      'Any',
    ]);
    expect(
      asked.every(({ query }) => !('items' in query && query.status === 'Any' && query.items.includes('*'))),
    ).toBe(true);
  });

  test('the same watch twice is told with its number', async () => {
    const desk = deskWith({ watches: [watchOf()] });
    const rows = [row({ description: 'LON 1' })];
    const view = await say('watch desc:"LON*"', { desk, rows });
    expect(view.title).toBe('Watched here already: #3 desc:"LON*"');
    expect(texts(desk)).toHaveLength(1);
  });

  test('more than are kept is said', async () => {
    const view = await say('watch 1002', { desk: deskWith({ watches: [watchOf()], most: 1 }) });
    expect(view.title).toContain('1 watches already');
  });

  test('until it is back: in a direct message, for what is down', async () => {
    const desk = deskWith();
    const view = await say('watch SEPAAAAAAAAAA02 until:back dm', { desk });
    expect(desk.watches.list(null)[0]?.watch).toMatchObject({
      until: 'back',
      room: { platform: 'slack', room: 'U1', direct: true },
    });
    expect(view.title).toBe('Watching #1 SEPAAAAAAAAAA02 in your direct messages');
    expect(words(view)).toContain('when it is back');
  });

  test('until it is back: what is up is said, and not watched', async () => {
    const desk = deskWith();
    expect((await say('watch 1002 until:back dm', { desk })).title).toBe('Not watched: 1002 is up');
    expect(texts(desk)).toEqual([]);
  });

  test.each([
    ['until:18:00', NOW + 4 * HOUR],
    ['until:13:00', NOW + 23 * HOUR],
    ['until:2h', NOW + 2 * HOUR],
    ['for:90m', NOW + 90 * MINUTE],
    ['until:2026-12-01', Date.UTC(2026, 11, 1)],
    ['until:2026-12-01 18:30', Date.UTC(2026, 11, 1, 18, 30)],
  ])('ends %s', async (option, until) => {
    const desk = deskWith();
    await say(`watch 1002 ${option}`, { desk });
    expect(desk.watches.list(null)[0]?.watch.until).toBe(until);
  });

  test.each([
    ['watch 1002 until:2020-01-01', 'until: is over already'],
    ['watch 1002 until:2036-01-01', 'until: can be 366 days from now at the most'],
    ['mute for:31d', 'until: can be 30 days from now at the most'],
    ['history for:500d', 'for: can be 366 days from now at the most'],
  ])('%s is misread: %s', async (text, title) => {
    expect(await say(text)).toMatchObject({ outcome: 'misread', title });
  });

  test('hundreds of pasted names are one watch, with a short title', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => row({ name: `SEP${String(i).padStart(12, '0')}` }));
    const view = await say(`watch ${rows.map(({ name }) => name).join('\n')}`, { rows });
    expect(view.title.length).toBeLessThan(150);
    expect(view.title).toContain('300 phones, all up');
  });
});

describe('unwatch', () => {
  const mine = [watchOf(), watchOf({ id: 4, text: 'SEP001122334455' }), watchOf({ id: 5, text: '1002' })];

  test.each([
    ['a number', 'unwatch 3', [3], 'No longer watching #3 desc:"LON*"'],
    ['a number with its sign', 'unwatch #3', [3], 'No longer watching #3 desc:"LON*"'],
    ['what it watches', 'unwatch SEP001122334455', [4], 'No longer watching #4 SEP001122334455'],
    ['the same, typed otherwise', 'unwatch 00:11:22:33:44:55', [4], 'No longer watching #4 SEP001122334455'],
    ['the same words', 'unwatch desc:"LON*"', [3], 'No longer watching #3 desc:"LON*"'],
    ['an extension where no watch has that number', 'unwatch 1002', [5], 'No longer watching #5 1002'],
    ['several numbers', 'unwatch 3 4', [3, 4], '2 watches ended'],
    ['some of which are none', 'unwatch 3 9', [3], 'No longer watching #3 desc:"LON*"'],
  ])('%s: %s', async (_claim, text, ids, title) => {
    const desk = deskWith({ watches: mine });
    expect((await say(text, { desk })).title).toBe(title);
    const left = desk.watches.list(null).map(({ watch }) => watch.id);
    expect(left).toEqual([3, 4, 5].filter((id) => !ids.includes(id)));
  });

  test('how a number was read is said', async () => {
    const view = await say('unwatch 1002', { desk: deskWith({ watches: mine }) });
    expect(words(view)).toContain('There is no watch #1002 here, so it was read as what is watched.');
  });

  test('the button of an ended watch makes the same again', async () => {
    const desk = deskWith({ watches: [watchOf({ graceMs: 90_000, text: '1002' })] });
    const view = await say('unwatch 3', { desk });
    expect(commands(view)).toEqual(['watch 1002 grace:90s in:prod']);
  });

  test('all asks first, and leaves those of other rooms', async () => {
    const desk = deskWith({ watches: [...mine, watchOf({ id: 9, room: ELSEWHERE })] });
    const asked = await say('unwatch *', { desk });
    expect(asked.title).toBe('Unwatch all 3 watches here?');
    expect(desk.watches.list(null)).toHaveLength(4);
    expect(commands(asked)).toEqual(['unwatch * confirm:yes']);
    await say('unwatch * confirm:yes', { desk });
    expect(desk.watches.list(null).map(({ watch }) => watch.id)).toEqual([9]);
  });

  test('all phones is a watch, not all watches', async () => {
    const desk = deskWith({ watches: [watchOf({ text: 'all phones' }), watchOf({ id: 4, text: '1002' })] });
    await say('unwatch all phones', { desk });
    expect(texts(desk)).toEqual(['1002']);
  });

  test.each([
    ['the room', { room: HERE, maker: 'U9' }, BEN, 'operator', true],
    ['who made it, elsewhere', { room: ELSEWHERE, maker: 'U1' }, ANNA, 'operator', true],
    ['an admin', { room: ELSEWHERE, maker: 'U9' }, ANNA, 'admin', true],
    ['somebody else', { room: ELSEWHERE, maker: 'U9' }, ANNA, 'operator', false],
    ['a viewer of that cluster', { room: HERE, maker: 'U1' }, ANNA, 'viewer', false],
  ] as const)('%s may: %o', async (_claim, fields, asker, role, may) => {
    const desk = deskWith({ watches: [watchOf(fields)] });
    const view = await say('unwatch 3', { desk, asker, role });
    expect(view.outcome).toBe(may ? 'answered' : 'refused');
    expect(desk.watches.list(null)).toHaveLength(may ? 0 : 1);
  });

  test.each(['unwatch 99', 'unwatch #99', 'unwatch SEP0000DEADBEEF'])('%s finds none', async (text) => {
    const view = await say(text, { desk: deskWith({ watches: mine }) });
    expect(view).toMatchObject({ outcome: 'nothing' });
    expect(view.title).toContain('There is no watch');
  });
});

describe('watches', () => {
  const direct = watchOf({ id: 7, text: '1002', room: { platform: 'slack', room: 'U1', direct: true } });
  const bens = watchOf({
    id: 8,
    text: '1003',
    maker: 'U2',
    room: { platform: 'slack', room: 'U2', direct: true },
  });
  const other = watchOf({ id: 9, text: 'gateways', maker: 'U2', room: ELSEWHERE });
  const elsewhere = watchOf({ id: 10, cluster: 'secret' });
  const desk = deskWith({ watches: [watchOf(), direct, bens, other, elsewhere], mutes: [muteOf()] });
  const ids = (view: View) => (view.data['watches'] as readonly { id: number }[]).map(({ id }) => id);

  test.each([
    ['watches', [3]],
    ['watches mine', [3, 7]],
    ['watches all', [3, 7, 9]],
  ])('%s', async (text, expected) => {
    expect(ids(await say(text, { desk }))).toEqual(expected);
  });

  test('says of direct messages without showing them to a room', async () => {
    const view = await say('watches', { desk });
    expect(words(view)).toContain('1 watch of yours tells you in direct messages');
    expect(words(view)).not.toContain('1002');
  });

  test('of a cluster that is not configured any more are shown to their room alone, and can be ended', async () => {
    const left = watchOf({ id: 4, cluster: 'old' });
    const others = watchOf({ id: 5, cluster: 'old', room: ELSEWHERE, maker: 'U2' });
    const kept = deskWith({ watches: [left, others], removed: 'old' });
    const view = await say('watches all', { desk: kept });
    expect(ids(view)).toEqual([4]);
    expect(words(view)).toContain('its cluster is not configured');
    expect(await say('unwatch 5', { desk: kept })).toMatchObject({ outcome: 'nothing' });
    expect(await say('unwatch 4', { desk: kept })).toMatchObject({ outcome: 'answered' });
    expect(kept.watches.list(null).map(({ watch }) => watch.id)).toEqual([5]);
  });

  test('without any, says how to make one', async () => {
    const view = await say('watches');
    expect(view).toMatchObject({ outcome: 'nothing', title: 'Nothing is watched here' });
    expect(words(view)).toContain('watch gateways');
  });
});

describe('mute', () => {
  const desk = () => deskWith({ incidents: [OPEN, OTHERS, OVER] });

  test.each([
    [
      'an incident for sure',
      'mute #12 for:1h',
      { about: { type: 'incident', incident: 12 }, until: NOW + HOUR },
    ],
    [
      'an open incident',
      'mute 12 for:2h',
      { about: { type: 'incident', incident: 12 }, until: NOW + 2 * HOUR },
    ],
    [
      'an extension where none is',
      'mute 1002',
      { about: { type: 'subject', text: '1002' }, until: NOW + HOUR },
    ],
    ['an incident that is over is none', 'mute 14', { about: { type: 'subject', text: '14' } }],
    [
      'a phone',
      'mute SEP001122334455 for:1h',
      { about: { type: 'subject', text: 'SEP001122334455' }, cluster: 'prod' },
    ],
    [
      'the room',
      'mute all for:2h why:maintenance',
      { about: { type: 'room' }, cluster: null, why: 'maintenance' },
    ],
    ['the room until', 'mute all until:18:00', { about: { type: 'room' }, until: NOW + 4 * HOUR }],
    [
      'a reason without quotes',
      'mute all why:new firmware for:2h',
      { about: { type: 'room' }, why: 'new firmware' },
    ],
    [
      'a reason before a phone',
      'mute why:swap SEP001122334455',
      { about: { type: 'subject', text: 'SEP001122334455' }, why: 'swap' },
    ],
    ['all', 'mute all', { about: { type: 'room' } }],
    [
      'filters',
      'mute class:gateway node:cucm2',
      { about: { type: 'subject', text: 'class:gateway node:cucm2' } },
    ],
  ])('%s: %s', async (_claim, text, expected) => {
    const kept = desk();
    const view = await say(text, { desk: kept });
    expect(view.outcome).toBe('answered');
    expect(kept.mutes.list(null)).toMatchObject([{ room: HERE, by: 'U1', ...expected }]);
  });

  test.each([
    ['alone', 'mute', 'mute all for:1h'],
    ['with a length', 'mute for:2h', 'mute all for:2h'],
    ['with an end', 'mute until:18:00', 'mute all until:18:00'],
    ['with a reason', 'mute why:"new firmware"', 'mute all why:"new firmware" for:1h'],
    ['before an emoji', 'mute :no_bell:', 'mute all for:1h'],
    ['after a polite word', 'please mute', 'mute all for:1h'],
    ['in other words', 'silence for:1h', 'mute all for:1h'],
  ])('a mute of nothing, %s, mutes nothing and asks', async (_claim, text, all) => {
    const kept = desk();
    const view = await say(text, { desk: kept });
    expect(kept.mutes.list(null)).toEqual([]);
    expect(view).toMatchObject({ outcome: 'misread', data: { error: { reason: 'no-subject' } } });
    const commands = view.actions.map((action) => ('command' in action ? action.command : ''));
    expect(commands).toContain(all);
    expect(commands[0]).toMatch(/^mute #12 /);
    const muted = await say(commands[0] ?? '', { desk: kept });
    expect(muted.outcome).toBe('answered');
    expect(kept.mutes.list(null)).toMatchObject([{ about: { type: 'incident', incident: 12 } }]);
  });

  test('a mute of everything is what was offered', async () => {
    const kept = desk();
    await say('mute all why:"new firmware" for:1h', { desk: kept });
    expect(kept.mutes.list(null)).toMatchObject([
      { about: { type: 'room' }, why: 'new firmware', until: NOW + HOUR },
    ]);
  });

  test('a number that was read as an extension says so', async () => {
    expect(words(await say('mute 1002', { desk: desk() }))).toContain('so it was read as the number 1002');
  });

  test.each([
    ["another room's incident", 'mute #13', 'refused', 'Incident #13 belongs to another room'],
    ['one that is over', 'mute #14', 'nothing', 'Incident #14 is over, since 2026-03-12 13:59 UTC'],
    ['none', 'mute #99', 'nothing', 'There is no incident #99 here'],
  ])('%s: %s', async (_claim, text, outcome, title) => {
    const kept = desk();
    expect(await say(text, { desk: kept })).toMatchObject({ outcome, title });
    expect(kept.mutes.list(null)).toEqual([]);
  });
});

describe('unmute', () => {
  const mutes = [
    muteOf(),
    muteOf({ id: 2, about: { type: 'incident', incident: 12 } }),
    muteOf({ id: 3, about: { type: 'subject', text: 'SEP001122334455' }, cluster: 'prod' }),
    muteOf({ id: 4, room: ELSEWHERE, by: 'U9' }),
  ];

  test.each([
    ['all of the room', 'unmute', [4]],
    ['one by its number', 'unmute 3', [1, 2, 4]],
    ['one by its number, for sure', 'unmute #3', [1, 2, 4]],
    ['one by its incident', 'unmute 12', [1, 3, 4]],
    ['one by what it holds', 'unmute 0011.2233.4455', [1, 2, 4]],
    ["nothing of another room's", 'unmute 4', [1, 2, 3, 4]],
    ['nothing', 'unmute 99', [1, 2, 3, 4]],
  ])('%s: %s', async (_claim, text, left) => {
    const desk = deskWith({ mutes });
    await say(text, { desk });
    expect(desk.mutes.list(null).map(({ id }) => id)).toEqual(left);
  });
});

describe('ack', () => {
  test.each([
    ['by number', 'ack 12', 'answered', 'Acknowledged: SEP001122334455 (Front desk) lost registration'],
    ['by number, with its sign', 'ack #12', 'answered', 'Acknowledged: SEP001122334455'],
    ['the only one that is open here', 'ack', 'answered', 'Acknowledged: SEP001122334455'],
    ['one that is over', 'ack 14', 'nothing', 'Incident #14 is over'],
    ["another room's", 'ack 13', 'refused', 'Incident #13 belongs to another room'],
    ['none', 'ack 99', 'nothing', 'There is no incident #99 here'],
    ['no number', 'ack SEP001122334455', 'nothing', 'There is no incident SEP001122334455 here'],
  ])('%s: %s', async (_claim, text, outcome, title) => {
    const view = await say(text, { desk: deskWith({ incidents: [OPEN, OTHERS, OVER] }) });
    expect(view.outcome).toBe(outcome);
    expect(view.title).toContain(title);
  });

  test('twice is said', async () => {
    const desk = deskWith({ incidents: [OPEN] });
    await say('ack 12', { desk });
    expect((await say('ack 12', { desk })).title).toContain('Acknowledged already');
  });

  test('without a number, when somebody has it already, says who', async () => {
    const desk = deskWith({ incidents: [OPEN] });
    await say('ack', { desk });
    const view = await say('ack', { desk });
    expect(view.title).toContain('Acknowledged already');
    expect(JSON.stringify(view.blocks)).toContain('"Owner"');
  });

  test('of several it asks which, and all can be had', async () => {
    const second = { card: card([member()], { id: 15 }), members: [] };
    const desk = deskWith({ incidents: [OPEN, second] });
    const view = await say('ack', { desk });
    expect(view).toMatchObject({ outcome: 'misread', title: '2 incidents here: which one?' });
    expect(commands(view)).toEqual(['ack 12', 'ack 15']);
    expect((await say('ack all', { desk })).title).toBe('Acknowledged: 2 incidents');
  });

  test('without any there is nothing to acknowledge', async () => {
    expect((await say('ack')).title).toBe('There is no incident here');
  });
});

describe('incidents', () => {
  const desk = deskWith({
    incidents: [OPEN, OTHERS, OVER, { card: card([member()], { id: 16, cluster: 'secret' }), members: [] }],
  });

  test.each([
    ['incidents', '1 open incident, 1 closed here'],
    ['incidents all', '2 open incidents, 1 closed in all rooms'],
    ['incidents 99', 'There is no incident #99 here'],
    ['incidents 16', 'There is no incident #16 here'],
  ])('%s: %s', async (text, title) => {
    expect((await say(text, { desk })).title).toBe(title);
  });

  test('why it was told: rule, polls, grace, grouping', async () => {
    const text = words(await say('incidents 12', { desk }));
    for (const said of [
      'watch #3 desc:',
      'every 10 s',
      '5 min from the loss',
      'not back within the grace',
      'alone',
    ]) {
      expect(text).toContain(said);
    }
  });

  test("another room's can be read, and not acknowledged", async () => {
    const view = await say('incidents #13', { desk });
    expect(words(view)).toContain('Why another room got this');
    expect(commands(view).some((command) => /^(?:ack|mute)/.test(command))).toBe(false);
  });
});

describe('history', () => {
  const transitions = [
    transition({ kind: 'back', to: 'cucm1', at: NOW - 3 * MINUTE, awayMs: 420_000 }),
    transition(),
    transition({ name: 'SEPF01FAF38ABC2', kind: 'moved', from: 'cucm1', to: 'cucm2', at: NOW - HOUR }),
  ];

  test.each([
    [
      'a name asks CUCM nothing',
      'history SEP001122334455',
      ['SEP001122334455'],
      0,
      '2 changes of SEP001122334455 (Front desk)',
    ],
    ['an extension', 'history 1002', ['SEPF01FAF38ABC2'], 1, '1 change of SEPF01FAF38ABC2 (Front desk)'],
    ['a description', 'history desc:"Front*"', null, 2, '3 changes of'],
    ['the cluster', 'history', null, 0, '3 changes in prod in the last 7 days'],
    ['of five minutes', 'history for:5m', null, 0, '1 change in prod in the last 5 min'],
  ])('%s: %s', async (_claim, text, names, requests, title) => {
    const desk = deskWith({ transitions });
    const { cluster, asked } = fixture();
    const read = parse(text);
    if (read.type !== 'command') throw new Error('misread');
    const view = await verbNamed('history')?.run(read.command, { ...context(cluster), desk });
    expect(view?.title).toContain(title);
    expect(asked).toHaveLength(requests);
    if (names !== null) expect(desk.asked[0]?.names).toEqual(names);
  });

  test('what nobody watches has none, and that is said', async () => {
    const view = await say('history SEP0000DEADBEEF', { desk: deskWith() });
    expect(view.outcome).toBe('nothing');
    expect(words(view)).toContain('Only what is watched has a history');
    expect(commands(view)).toContain('watch SEP0000DEADBEEF in:prod');
  });
});

describe('without a desk or a room', () => {
  test.each(['watch 1002', 'unwatch 3', 'watches', 'mute', 'unmute', 'ack', 'incidents', 'history'])(
    '%s says that nobody keeps watch',
    async (text) => {
      const view = await say(text, { desk: null });
      expect(view).toMatchObject({ outcome: 'failed', data: { error: { code: 'no-watch' } } });
    },
  );

  test('a card offers no watch', async () => {
    const offers = (view: View) => commands(view).filter((command) => /^(?:watch|history) /.test(command));
    expect(offers(await say('SEP001122334455', { desk: null }))).toEqual([]);
    expect(offers(await say('SEP001122334455'))).toEqual([
      'watch SEP001122334455',
      'history SEP001122334455',
    ]);
  });

  test.each(['watch 1002', 'mute for:1h', 'ack 12'])('%s needs somebody in a room', async (text) => {
    expect(await say(text, { asker: null })).toMatchObject({
      outcome: 'failed',
      data: { error: { code: 'no-room' } },
    });
  });

  test.each(['watches', 'incidents', 'history'])('%s does not', async (text) => {
    expect((await say(text, { asker: null })).outcome).toBe('nothing');
  });
});

const RICH: DeskOptions = {
  now: NOW,
  watches: [
    watchOf(),
    watchOf({ id: 4, text: 'SEPAAAAAAAAAA02', until: 'back', graceMs: 0, maker: 'U2' }),
    watchOf({ id: 5, text: 'gateways', until: NOW + 4 * HOUR, graceMs: 30_000 }),
    watchOf({ id: 6, text: '1002', room: { platform: 'slack', room: 'U1', direct: true } }),
  ],
  mutes: [muteOf({ id: 2, about: { type: 'subject', text: 'gateways' } })],
  incidents: [
    { card: OUTAGE, members: members(412) },
    OVER,
    {
      card: card([], {
        ...incident({ id: 15, kind: 'blind' }),
        blind: { nodes: ['cucm3'], code: 'NodeNotResponding' },
        ack: { by: 'U2', at: AT, members: 0 },
      }),
      members: [],
    },
  ],
  transitions: [
    transition({ kind: 'back', to: 'cucm1', at: NOW - 3 * MINUTE, awayMs: 420_000 }),
    transition({ gapMs: 720_000 }),
    transition({ kind: 'home', from: 'cucm1', to: 'cucm2', at: NOW - 5 * HOUR, statusReason: 0 }),
    transition({ kind: 'user', statusReason: 34, at: NOW - 30 * HOUR }),
  ],
};

describe('golden views', () => {
  test.each([
    ['watch', 'watch 10.4.2.0/24 grace:5m'],
    ['watch-all', 'watch all phones'],
    ['watch-nothing', 'watch desc:"PAR*"'],
    ['watch-unknown', 'watch SEP0000DEADBEEF 1002'],
    ['watch-back', 'watch SEPAAAAAAAAAA02 until:back dm'],
    ['watch-same', 'watch gateways'],
    ['unwatch', 'unwatch 3'],
    ['unwatch-all', 'unwatch *'],
    ['watches', 'watches'],
    ['watches-all', 'watches all'],
    ['watches-none', 'watches in:prod'],
    ['mute', 'mute #12 for:2h why:"maintenance"'],
    ['unmute', 'unmute'],
    ['ack', 'ack 12'],
    ['incidents', 'incidents'],
    ['incidents-one', 'incidents 12'],
    ['history', 'history SEP001122334455'],
    ['history-all', 'history'],
    ['no-desk', 'watch 1002'],
    ['help-watch', 'help watch'],
    ['status-watching', 'status'],
  ])('%s', async (name, text) => {
    const desk = name === 'no-desk' ? null : deskWith(name === 'watches-none' ? {} : { ...RICH, plan: PLAN });
    const view = await say(text, { desk });
    expectGolden(name, view);
  });
});

const PLAN: NonNullable<DeskOptions['plan']> = {
  standing: [
    {
      key: 'a',
      role: 'exceptions',
      query: deviceQuery({ deviceClass: 'Phone', status: 'UnRegistered' }),
      everyMs: 6_000,
      reason: 'fast',
      rows: 27,
      lastAskedAt: NOW - 3_000,
      trouble: null,
    },
    {
      key: 'b',
      role: 'cti',
      query: ctiQuery({ ctiMgrClass: 'Line', selectAppBy: 'UserId', appItems: ['jtapi'] }),
      everyMs: 30_000,
      reason: 'slow',
      rows: null,
      lastAskedAt: null,
      trouble: null,
    },
  ],
  devices: 40_120,
  audit: { requests: 41, everyMs: 20_000, lastAt: NOW - 8_000 },
  requestsPerMinute: 11.4,
  lossSeenMs: 9_000,
};
