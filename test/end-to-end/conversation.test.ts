/** What people ask, as the README tells it, and what happens in real life meanwhile. */
import { describe, expect, test } from 'vitest';
import type { Block, View } from '../../src/view/view.ts';
import { type House, openHouse, wordsOf } from './house.ts';

const PHONE = 'SEP001122334455';
const UP = `${PHONE} is Registered on cucm1`;
const MOVED = 'SEP00562B0000A7';

const devicesOf = (view: View) => view.data['devices'] as readonly { name: string; node: string }[];
const namesOf = (view: View) => devicesOf(view).map(({ name }) => name);

function blockOf<T extends Block['type']>(view: View, type: T): Extract<Block, { type: T }> {
  const found = view.blocks.find((block): block is Extract<Block, { type: T }> => block.type === type);
  if (found === undefined) throw new Error(`the view has no ${type}`);
  return found;
}

/** The first column of the page shown. */
const shownNames = (view: View) => blockOf(view, 'table').rows.map(([name]) => name);

describe('a phone by whatever is on its sticker', () => {
  test.each([
    ['a name', PHONE, `device name → ${PHONE}`, 1],
    ['a MAC with colons', '00:11:22:33:44:55', `MAC → ${PHONE}`, 1],
    ['a MAC with dots, as switches show it', '0011.2233.4455', `MAC → ${PHONE}`, 1],
    ['a MAC with dashes and SEP', 'sep-00-11-22-33-44-55', `device name → ${PHONE}`, 1],
    [
      'twelve decimal digits, a MAC or a number',
      '001122334455',
      `MAC → ${PHONE}, and number → 001122334455`,
      2,
    ],
    ['an extension', '1001', 'number → 1001', 1],
    ['an address', '10.4.2.21', 'address → 10.4.2.21', 1],
    ['the end of its MAC', '*22334455', 'name pattern → *22334455, and number → *22334455', 2],
    ['a pattern', 'SEP0011223344*', 'name pattern → SEP0011223344*', 1],
  ])('%s', async (_claim, typed, readAs, requests) => {
    const house = await openHouse();
    const view = await house.ask(typed);
    expect(view).toMatchObject({ outcome: 'answered', title: UP, tone: 'good', data: { readAs: [readAs] } });
    expect(namesOf(view)).toEqual([PHONE]);
    expect(wordsOf(view)).toContain('LON 3F desk 1');
    expect(house.requests()).toBe(requests);
  });

  test('its card leads on: why, lines, and the same again fresh', async () => {
    const house = await openHouse();
    const card = await house.ask('SEP00562B0000A1');
    expect(card.title).toBe('SEP00562B0000A1 has not been registered for 35 days, last on cucm1');
    expect(wordsOf(await house.press(card, 'Why'))).toContain('Check power, network path');
    expect((await house.press(card, 'Lines')).title).toBe('SEP00562B0000A1 has 2 lines, 0 registered');
    expect(house.requests()).toBe(1);
    expect((await house.press(card, 'Refresh')).data).toMatchObject({ requests: 1, ageSeconds: 0 });
    expect(house.requests()).toBe(2);
  });

  test('several of any kind are one table, in the order in which they were named', async () => {
    const house = await openHouse();
    const view = await house.ask('6961, 00:11:22:33:44:55\n10.4.2.20\n1999');
    expect(view.title).toBe('3 devices in prod');
    expect(shownNames(view)).toEqual(['SEPE8B7480316D6', PHONE, 'SEPF01FAF38ABC2']);
    expect(wordsOf(view)).toMatch(/No record in CUCM \(1\).* 1999/);
    expect(house.requests()).toBe(3);
  });

  test('one nobody has seen is not down: no record, and the nearest names', async () => {
    const house = await openHouse();
    await house.ask('LON 3F desk');
    const view = await house.ask('00:11:22:33:44:56');
    expect(view).toMatchObject({
      outcome: 'nothing',
      title: expect.stringMatching(/no record of SEP001122334456/),
    });
    expect(wordsOf(view)).toMatch(/Nearest.*SEP001122334455/);
    expect(await house.press(view, PHONE)).toMatchObject({ title: UP });
  });

  test('names come from AXL too, also of phones that are still in their box', async () => {
    const house = await openHouse({ settings: ['axl: {}'] });
    await house.ask('find *');
    const view = await house.ask('SEP00562B0000C9');
    expect(wordsOf(view)).toContain('SEP00562B0000C1');
    expect(await house.press(view, 'SEP00562B0000C1')).toMatchObject({ outcome: 'nothing' });
  });
});

describe('lists', () => {
  test.each([
    ['a subnet', '10.4.2.0/24', '58 devices in prod'],
    ['part of a description', 'LON 3F desk', '3 devices in prod'],
    ['a node', 'find node:cucm2', '68 devices in prod'],
    ['models by name, on other nodes', 'find model:8845 node:!cucm2', '25 devices in prod'],
    ['a status by its start', 'find status:rej', '1 device in prod'],
    ['failed downloads', 'find download:failed', '1 device in prod'],
    ['a login user', 'user:hotdesk01', 'SEP00562B0000A8 is Registered on cucm1'],
    ['what is down', 'down', /^9 devices are not registered/],
    ['what is down on a node', 'down node:cucm2', /^3 devices are not registered/],
    ['what is down of a class', 'down class:gateway', /^1 (?:device|gateway) is not registered/],
    ['counts', 'summary', '240 devices in prod, 208 registered'],
    ['counts of a node', 'summary node:cucm3', '60 devices in prod, 48 registered'],
    ['gateways', 'gateways', '5 gateways in prod'],
    ['trunks', 'trunks', '3 SIP trunks in prod'],
    ['hunt lists', 'huntlists', '2 hunt lists in prod'],
    ['media resources', 'media', '12 media resources in prod'],
    ['voicemail ports', 'voicemail', '2 voicemail ports in prod'],
    ['H.323', 'h323', '2 H.323 devices in prod'],
    ['CTI ports', 'ctiports', '3 CTI ports and route points in prod'],
    ['applications', 'cti', '4 CTI applications in prod'],
    [
      'an application with what it controls',
      'cti cucmuser',
      '1 CTI application, 1 device and 1 line in prod',
    ],
    ['who controls a line', 'cti 1002', '1 CTI application, 1 device and 1 line in prod'],
    ['lines', 'lines 1002', 'SEPF01FAF38ABC2 has 1 line, 1 registered'],
    ['why, in a sentence', 'why is 1002 down?', 'SEPF01FAF38ABC2 is Registered on cucm1'],
    ['risbot itself', 'status', 'risbot 0.1.0, 1 cluster'],
    ['a model', 'model 8845', 'Cisco 8845 is model 36224'],
    ['a reason', 'reason 13', 'Reason 13, KeepAliveTimeout'],
  ])('%s', async (_claim, typed, title) => {
    const house = await openHouse();
    const view = await house.ask(typed);
    expect(view.outcome).toBe('answered');
    expect(view.title).toMatch(title);
  });

  test('the pages of a list are the list, and cost one request', async () => {
    const house = await openHouse();
    let view = await house.ask('find class:phone');
    const all = namesOf(view);
    const paged = shownNames(view);
    expect((await house.ask('find class:phone page:2')).blocks).not.toEqual(view.blocks);
    while (view.actions.some(({ label }) => label === 'Next')) {
      view = await house.press(view, 'Next');
      paged.push(...shownNames(view));
    }
    expect(paged).toEqual(all);
    expect(paged).toHaveLength(211);
    expect(house.requests()).toBe(1);
    expect(shownNames(await house.press(view, 'Previous'))).toEqual(all.slice(200, 210));
  });

  test('an export has every row, and no cell that a spreadsheet would run', async () => {
    const house = await openHouse();
    const { content } = blockOf(await house.ask('export class:phone'), 'file');
    expect(content.trimEnd().split('\r\n')).toHaveLength(212);
    expect(content).toContain(`"'=HYPERLINK(""http://example.com"",""x"")"`);
  });

  test('what people wrote into CUCM comes out as they wrote it', async () => {
    const house = await openHouse();
    const view = await house.ask('find SEP00562B0000B*');
    const descriptions = (view.data['devices'] as { description: string }[]).map((row) => row.description);
    expect(descriptions).toContain('<!channel> lobby');
    expect(descriptions).toContain('R&D <lab> "3" \'b\' ]]> &amp;');
  });
});

describe('a node that does not answer', () => {
  async function silent(): Promise<House> {
    const house = await openHouse();
    house.cucm.play('node not-responding cucm2');
    return house;
  }

  test('is said to be blind, and nothing on it is called down', async () => {
    const house = await silent();
    const view = await house.ask('down');
    expect(view).toMatchObject({
      title: expect.stringMatching(/^7 devices are not registered .*on the nodes that answered$/),
      tone: 'warn',
    });
    expect(wordsOf(view)).toContain('cucm2 did not answer: what it holds is unknown, not down.');
    expect(wordsOf(view)).toContain('Some of these may be registered on cucm2, which could not be asked.');
    expect(devicesOf(view).filter(({ node }) => node === 'cucm2')).toEqual([]);
  });

  test.each([MOVED, `why ${MOVED}`, '2010'])(
    'does not make a phone that moved to it a lost one: %s',
    async (typed) => {
      const view = await (await silent()).ask(typed);
      expect(view).toMatchObject({
        title: expect.stringMatching(/^Cannot tell about SEP00562B0000A7: cucm2 did not answer/),
        tone: 'warn',
      });
    },
  );

  test('does not make a phone that is registered elsewhere doubtful', async () => {
    expect(await (await silent()).ask(PHONE)).toMatchObject({ title: UP, tone: 'good' });
  });

  test('does not make a phone that only it knows an unknown one', async () => {
    const view = await (await silent()).ask('SEP00562B0000A2');
    expect(view).toMatchObject({ outcome: 'nothing', tone: 'warn' });
    expect(view.title).toMatch(/^Cannot tell about SEP00562B0000A2: cucm2 did not answer/);
  });

  test.each([
    ['summary', '173 devices in prod on the nodes that answered, 148 registered'],
    ['find model:8845', '25 devices in prod on the nodes that answered'],
    ['find node:cucm2', 'No devices that match in prod on the nodes that answered'],
    ['export', '173 devices of prod on the nodes that answered as CSV'],
    ['cti', '3 CTI applications in prod on the nodes that answered'],
    ['down node:cucm2', 'Nothing of that is down in prod, as far as could be seen'],
  ])('is no secret in the title of %s', async (typed, title) => {
    expect(await (await silent()).ask(typed)).toMatchObject({ title });
  });
});

describe('what happens in real life', () => {
  test('an unplugged phone is down once its keepalives are missed, once, and back when it is', async () => {
    const house = await openHouse();
    const before = namesOf(await house.ask('down'));
    house.cucm.play(`unplug ${PHONE}`);
    await house.clock.pass(59);
    expect(namesOf(await house.ask('down'))).toEqual(before);
    await house.clock.pass(32);
    const down = namesOf(await house.ask('down'));
    expect(down.filter((name) => name === PHONE)).toEqual([PHONE]);
    expect(down.toSorted()).toEqual([...before, PHONE].toSorted());
    const why = await house.ask(`why ${PHONE}`);
    expect(why.title).toMatch(/^SEP001122334455 has not been registered for \d+ s, last on cucm1$/);
    expect(wordsOf(why)).toContain('KeepAliveTimeout (13)');
    house.cucm.play(`plug ${PHONE}`);
    await house.clock.pass(41);
    expect(namesOf(await house.ask('down'))).toEqual(before);
    expect(await house.ask(PHONE)).toMatchObject({ title: UP });
  });

  test('phones that fail over are not down, wherever they left a row, and neither when they come home', async () => {
    const house = await openHouse();
    const before = namesOf(await house.ask('down')).toSorted();
    house.cucm.play('node down cucm1');
    await house.clock.pass(6);
    expect(namesOf(await house.ask('down')).length).toBeGreaterThan(before.length + 50);
    await house.clock.pass(61);
    expect(namesOf(await house.ask('down')).toSorted()).toEqual(before);
    const card = await house.ask('1001');
    expect(card.title).toBe(`${PHONE} is Registered on cucm2`);
    expect(wordsOf(card)).toContain('Other nodes still hold an old row, which does not count');
    expect(await house.ask('summary')).toMatchObject({ title: '240 devices in prod, 208 registered' });
    house.cucm.play('node up cucm1');
    await house.clock.pass(121);
    expect(namesOf(await house.ask('down')).toSorted()).toEqual(before);
    expect(await house.ask('1001')).toMatchObject({ title: UP });
  });

  test('a server that is off takes nobody down who has moved away from it', async () => {
    const house = await openHouse();
    house.cucm.play('node off cucm1');
    await house.clock.pass(61);
    expect(await house.ask(PHONE)).toMatchObject({ title: `${PHONE} is Registered on cucm2`, tone: 'good' });
    const down = await house.ask('down');
    expect(down.tone).toBe('warn');
    expect(wordsOf(down)).toContain('cucm1 did not answer');
    expect(namesOf(down)).not.toContain(PHONE);
  });

  test.each([
    ['wan cut 10.8.2.0/24', 91, 'down ip:10.8.2.0/24 class:phone', /^39 \w+ are not registered/],
    [`em login ${PHONE} hotdesk07`, 11, 'user:hotdesk07', UP],
    [`upgrade ${PHONE} sip88xx.99 fail`, 121, 'find download:failed', '2 devices in prod'],
    [`upgrade ${PHONE} sip88xx.99`, 240, 'find load:sip88xx.99', '1 device in prod'],
    [`delete ${PHONE}`, 10, `why ${PHONE}`, /^SEP001122334455 has not been registered for 10 s/],
    [`delete ${PHONE}`, 300_000, PHONE, /no record/],
    ['plug SEP00562B0000C1', 41, 'SEP00562B0000C1', 'SEP00562B0000C1 is Registered on cucm1'],
    [`partial 1002`, 10, '1002', /^SEPF01FAF38ABC2 .*partly registered on cucm1/],
    ['ris restart', 10, 'summary', '240 devices in prod, 208 registered'],
    ['cti crash recorder', 10, 'cti recorder', /^1 CTI application, 12 devices and \d+ lines in prod$/],
  ])('%s, and %i s later: %s', async (event, seconds, question, title) => {
    const house = await openHouse();
    await house.ask(question);
    house.cucm.play(event);
    await house.clock.pass(seconds);
    expect((await house.ask(question)).title).toMatch(title);
  });
});

describe('several people at once', () => {
  test('with the same question cost one request', async () => {
    const house = await openHouse({ requestsPerMinute: 15 });
    const views = await Promise.all(Array.from({ length: 20 }, () => house.ask(PHONE)));
    expect(views.map(({ title }) => title)).toEqual(Array.from({ length: 20 }, () => UP));
    expect(house.requests()).toBe(1);
  });

  test('with a question each share requests, and everybody gets their own answer', async () => {
    const house = await openHouse({ requestsPerMinute: 15, clusters: { prod: { requestsPerMinute: 15 } } });
    const phones = house.cucm.cluster.devices.filter(
      ({ name, rows }) => /^SEP/.test(name) && rows.some((row) => row !== undefined),
    );
    const wanted = phones.slice(0, 100);
    const views = await Promise.all(wanted.map(({ name }) => house.ask(name)));
    expect(views.map(namesOf)).toEqual(wanted.map(({ name }) => [name]));
    const numbers = await Promise.all(wanted.map(({ numbers: [number = ''] }) => house.ask(number)));
    expect(numbers.map((view) => namesOf(view)[0])).toEqual(wanted.map(({ name }) => name));
    expect(house.requests()).toBeLessThanOrEqual(4);
  });

  test('who leaves does not take the answer from the others', async () => {
    const house = await openHouse({ clusters: { prod: { latencyMs: 50 } } });
    const leaving = new AbortController();
    const left = house.app.ask(PHONE, { signal: leaving.signal });
    const stays = house.ask(PHONE);
    leaving.abort();
    expect(await left).toMatchObject({ outcome: 'failed', data: { error: { code: 'cancelled' } } });
    expect(await stays).toMatchObject({ title: UP });
  });

  test('who has to wait is told how long and may leave; beyond two minutes the answer is "too busy"', async () => {
    const house = await openHouse({ requestsPerMinute: 1 });
    await house.ask(PHONE);
    const leaving = new AbortController();
    const second = house.chat('SEPF01FAF38ABC2', leaving.signal);
    expect(await second.firstTold).toMatch(/^asking prod: about 1 min/);
    const third = house.chat('1002', leaving.signal);
    expect(await third.firstTold).toMatch(/^asking prod: 1 question ahead, about 2 min/);
    const fourth = await house.ask('10.4.2.20');
    expect(fourth).toMatchObject({ outcome: 'failed', data: { error: { code: 'busy' } } });
    expect(wordsOf(fourth)).toContain('about 3 min');
    leaving.abort();
    expect([await second.answer, await third.answer]).toMatchObject([
      { data: { error: { code: 'cancelled' } } },
      { data: { error: { code: 'cancelled' } } },
    ]);
    expect((await house.ask('status')).data).toMatchObject({ clusters: [{ queued: 0 }] });
    expect(house.requests()).toBe(1);
  });

  test('a CUCM that thinks for more than a second is no silence', async () => {
    const house = await openHouse({ clusters: { prod: { latencyMs: 200 } } });
    const { firstTold, answer } = house.chat(PHONE);
    await house.clock.pass(1);
    expect(await firstTold).toBe('asking prod');
    expect(await answer).toMatchObject({ title: UP });
  });
});

describe('two clusters', () => {
  const CLUSTERS = { prod: {}, lab: { devices: 60, seed: 'lab', nodes: 1, password: 'another-kept-quiet' } };

  test('each answers for itself, the first by default', async () => {
    const house = await openHouse({ clusters: CLUSTERS });
    expect(await house.ask('summary')).toMatchObject({
      title: expect.stringMatching(/^240 devices in prod/),
    });
    const lab = await house.ask('summary in:lab');
    expect(lab.title).toMatch(/^60 devices in lab/);
    expect((await house.press(lab, 'What is down')).title).toMatch(/in lab$/);
    expect(house.requests('prod')).toBe(1);
  });

  test('a card says of which cluster its node is', async () => {
    const house = await openHouse({ clusters: CLUSTERS });
    expect(wordsOf(await house.ask(PHONE))).toContain('cucm1 of prod');
    const alone = await openHouse({});
    expect(wordsOf(await alone.ask(PHONE))).not.toContain('cucm1 of');
  });

  test('a phone that one does not know may be in the other', async () => {
    const house = await openHouse({ clusters: CLUSTERS });
    const known = (name: string) => house.cucms[name]!.cluster.devices.map((device) => device.name);
    const elsewhere = known('prod').find((name) => /^SEP/.test(name) && !known('lab').includes(name)) ?? '';
    const view = await house.ask(`${elsewhere} in:lab`);
    expect(view.title).toMatch(/no record/);
    expect((await house.press(view, 'Ask prod')).title).toContain(`${elsewhere} is`);
  });

  test('trouble of one is none of the other', async () => {
    const house = await openHouse({ clusters: CLUSTERS });
    house.cucms['lab']?.play('misbehave unavailable');
    const [bad, good] = await Promise.all([house.ask(`${PHONE} in:lab`), house.ask(PHONE)]);
    expect(bad).toMatchObject({ outcome: 'failed', data: { cluster: 'lab' } });
    expect(good).toMatchObject({ title: UP });
    house.cucms['lab']?.play('misbehave off');
    expect(await house.press(bad, 'Try again')).toMatchObject({
      outcome: 'answered',
      data: { cluster: 'lab' },
    });
  });

  test('one that nobody configured is a misread that names those there are', async () => {
    const house = await openHouse({ clusters: CLUSTERS });
    const view = await house.ask('summary in:mars');
    expect(view.outcome).toBe('misread');
    expect(wordsOf(view)).toMatch(/prod.*lab/s);
    expect(house.requests('prod') + house.requests('lab')).toBe(0);
  });
});
