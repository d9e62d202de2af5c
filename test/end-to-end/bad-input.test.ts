/** Whatever CUCM sends: a plain answer and a log line, and no wrong state afterwards. */
import { describe, expect, test } from 'vitest';
import type { Misbehaviour } from '../../simulator/cucm/misbehaviour.ts';
import type { View } from '../../src/view/view.ts';
import { type House, openHouse, wordsOf } from './house.ts';

const PHONE = 'SEP001122334455';
const UP = `${PHONE} is Registered on cucm1`;

/** A card with cause and remedy, and one log line with the card's id that says the same, without a stack. */
function expectFailure(house: House, view: View, code: string): void {
  const { title } = view;
  expect(view).toMatchObject({ outcome: 'failed', tone: 'bad', data: { cluster: 'prod' } });
  expect(title).toContain('prod');
  const { error } = view.data as { error: Record<string, string> };
  expect(error).toEqual({ code, message: title, remedy: expect.stringMatching(/\w/), id: expect.anything() });
  const lines = house.log.filter((line) => line.id === error['id'] && line['name'] !== 'audit');
  expect(lines).toMatchObject([{ level: 'error', code, cluster: 'prod', verb: expect.anything() }]);
  expect(JSON.stringify(lines)).not.toContain('"stack"');
}

/** The phone is said to be up, from a reply and not from memory, and so is everything else. */
async function expectAllRight(house: House): Promise<void> {
  house.cucm.play('misbehave off');
  expect(await house.ask(`${PHONE} fresh:yes`)).toMatchObject({ title: UP, tone: 'good' });
  expect(await house.ask('1002 fresh:yes')).toMatchObject({
    title: 'SEPF01FAF38ABC2 is Registered on cucm1',
  });
  expect(await house.ask('summary fresh:yes')).toMatchObject({
    title: '240 devices in prod, 208 registered',
  });
  const cti = await house.ask('cti fresh:yes');
  expect(cti).toMatchObject({ outcome: 'answered', title: '4 CTI applications in prod' });
}

describe('a reply that is no answer is a plain failure, and the next question is answered', () => {
  /** Asked by a stranger, and again with a session and an answer that could be remembered in place of the truth. */
  async function seeThrough(kind: Misbehaviour, code: string, spent: number, settings: string[] = []) {
    const house = await openHouse({ settings });
    house.cucm.play(`misbehave ${kind}`);
    const stranger = await house.ask(PHONE);
    expectFailure(house, stranger, code);
    expect(house.requests()).toBe(1);
    house.cucm.play('misbehave off');
    expect(await house.press(stranger, 'Try again')).toMatchObject({ title: UP, data: { requests: 1 } });
    house.cucm.play(`misbehave ${kind}`);
    expectFailure(house, await house.ask(`${PHONE} fresh:yes`), code);
    expect(house.requests()).toBe(2 + spent);
    await expectAllRight(house);
    expect(house.log.filter(({ level }) => level === 'error')).toHaveLength(2);
  }

  test.each<[string, Misbehaviour, string, number]>([
    ['the 401 page; with a cookie the password is tried once', 'unauthorized', 'unauthorized', 2],
    ['the 403 page', 'forbidden', 'forbidden', 1],
    ['the 503 page', 'unavailable', 'unavailable', 1],
    ['500 with plain text', 'text500', 'unavailable', 1],
    ['a login page with status 200', 'html', 'not-soap', 1],
    ['nothing with status 200', 'empty', 'not-soap', 1],
    ['Error 7 for ever; with a cookie it is asked again once', 'error7', 'fault', 2],
    ['a connection that breaks in the body', 'cut', 'malformed', 1],
    ['half a document', 'truncated', 'malformed', 1],
    ['an entity bomb', 'bomb', 'malformed', 1],
    ['a DOCTYPE that points at a file', 'doctype', 'malformed', 1],
    ['100 000 nested elements', 'deep', 'malformed', 1],
    ['200 MB', 'huge', 'too-large', 1],
    ['a connection dropped before the answer', 'reset', 'network', 1],
  ])('%s', async (_claim, kind, code, spent) => {
    await seeThrough(kind, code, spent);
  });

  test('a byte every 200 ms, headers without a body, and silence all end in time', async () => {
    const soon = ['limits: { totalMs: 1000 }'];
    const kinds: readonly Misbehaviour[] = ['drip', 'hang', 'silent'];
    const since = performance.now();
    await Promise.all(kinds.map((kind) => seeThrough(kind, 'timeout', 1, soon)));
    expect(performance.now() - since).toBeLessThan(30_000);
  });

  test('a failure of one of several questions leaves nothing half asked', async () => {
    const house = await openHouse();
    await house.ask(PHONE);
    house.cucm.play('misbehave cut 1');
    expectFailure(house, await house.ask('down'), 'malformed');
    expect(await house.ask('down')).toMatchObject({ title: expect.stringMatching(/^9 devices/) });
    await expectAllRight(house);
  });
});

describe('sessions', () => {
  test.each(['unauthorized', 'error7'] as const)(
    'a session that has ended (%s) costs one more request and no word',
    async (staleSession) => {
      const house = await openHouse({ clusters: { prod: { staleSession } } });
      await house.ask('1002');
      house.cucm.play('sessions expire');
      expect(await house.ask(PHONE)).toMatchObject({ title: UP });
      expect(house.requests()).toBe(3);
      expect(house.log.map(({ level }) => level)).toEqual(['info', 'info']);
    },
  );

  test('Error 7 once is asked again once, and answered', async () => {
    const house = await openHouse();
    await house.ask('1002');
    house.cucm.play('misbehave error7 1');
    expect(await house.ask(PHONE)).toMatchObject({ title: UP });
    expect(house.requests()).toBe(3);
    await expectAllRight(house);
  });
});

describe('the throttle fault', () => {
  test('teaches the allowance, and the asker waits for the answer and is told so', async () => {
    const house = await openHouse({ requestsPerMinute: 18 });
    house.cucm.play('misbehave ratecontrol 1');
    const { firstTold, answer } = house.chat(PHONE);
    expect(await firstTold).toMatch(/^asking prod: about 1 min/);
    const status = await house.ask('status');
    expect(wordsOf(status)).toContain('prod said that it is asked too often: asking goes on in 1 min');
    expect(status.data).toMatchObject({ clusters: [{ allowance: 15, left: 0, queued: 1 }] });
    await house.clock.pass(59);
    expect(house.requests()).toBe(1);
    await house.clock.pass(2);
    expect(await answer).toMatchObject({ title: UP });
    expect(house.requests()).toBe(2);
    expect((await house.ask('status')).data).toMatchObject({ clusters: [{ allowance: 15, pausedMs: 0 }] });
    expect(await house.ask('1002')).toMatchObject({ outcome: 'answered' });
  });

  test('twice is a failure that says how many requests are allowed, and when to come back', async () => {
    const house = await openHouse({ requestsPerMinute: 18 });
    house.cucm.play('misbehave ratecontrol 2');
    const { firstTold, answer } = house.chat(PHONE);
    await firstTold;
    await house.clock.pass(61);
    const view = await answer;
    expectFailure(house, view, 'throttled');
    expect(wordsOf(view)).toContain('Try again in about a minute. It allows 15 requests a minute');
    const again = house.chat(PHONE);
    await again.firstTold;
    await house.clock.pass(61);
    expect(await again.answer).toMatchObject({ title: UP });
  });

  test('by other clients of the cluster: nothing is asked until their minute is over', async () => {
    const house = await openHouse({ clusters: { prod: { requestsPerMinute: 15 } }, requestsPerMinute: 15 });
    house.cucm.play('throttle');
    const first = house.chat(PHONE);
    await first.firstTold;
    const second = house.chat('1002');
    expect(await second.firstTold).toMatch(/^asking prod: 1 question ahead, about 1 min/);
    expect(house.requests()).toBe(1);
    await house.clock.pass(61);
    expect(await first.answer).toMatchObject({ title: UP });
    expect(await second.answer).toMatchObject({ title: 'SEPF01FAF38ABC2 is Registered on cucm1' });
    expect(house.requests()).toBe(3);
    expect(house.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('the same truth in another spelling is the same answer', () => {
  const QUESTIONS = [
    'find *',
    PHONE,
    '1002',
    'why SEP00562B0000A1',
    'lines 1002',
    'cti cucmuser',
    'down',
    'trunks',
  ];

  /** Titles and data, since ids and buttons do not say what was understood. */
  async function answers(house: House): Promise<unknown> {
    const views: View[] = [];
    for (const question of QUESTIONS) views.push(await house.ask(`${question} fresh:yes`));
    return views.map(({ title, outcome, data }) => ({ title, outcome, data }));
  }

  test.each<[string, Misbehaviour]>([
    ['no prefixes', 'noprefix'],
    ['other prefixes', 'otherprefix'],
    ['nil elements left out', 'missing'],
    ['CDATA', 'cdata'],
    ['character references', 'charrefs'],
    ['latin-1', 'latin1'],
    ['a blank StateInfo', 'blankstate'],
  ])('%s', async (_claim, kind) => {
    const plain = await openHouse();
    const house = await openHouse();
    house.cucm.play(`misbehave ${kind}`);
    expect(await answers(house)).toEqual(await answers(plain));
    await expectAllRight(house);
  });

  test('latin-1 that claims to be UTF-8 loses the letters it cannot have, and nothing else', async () => {
    const plain = await openHouse();
    const house = await openHouse();
    house.cucm.play('misbehave mislabelled');
    const bare = (value: unknown) => JSON.stringify(value).replace(/[\u0080-\u00ff\ufffd]/g, '?');
    const spoilt = await answers(house);
    expect(JSON.stringify(spoilt)).toContain('Pr\ufffdfplatz Gr\ufffd\ufffde');
    expect(bare(spoilt)).toBe(bare(await answers(plain)));
    await expectAllRight(house);
  });
});

describe('what is not known is not made up', () => {
  const MOVED = 'SEP00562B0000A7';

  function namesByNode(view: View): ReadonlyMap<string, readonly string[]> {
    const devices = view.data['devices'] as { name: string; node: string }[];
    const grouped = Map.groupBy(devices, ({ node }) => node);
    return new Map([...grouped].map(([node, found]) => [node, found.map(({ name }) => name)]));
  }

  test('values that no reference lists are shown as they came, neither up nor down', async () => {
    const house = await openHouse();
    house.cucm.play('misbehave unknownenum');
    const card = await house.ask(PHONE);
    expect(card).toMatchObject({
      title: expect.stringMatching(/^SEP001122334455 .*quantum on cucm1/),
      tone: 'muted',
    });
    expect(await house.ask('summary')).toMatchObject({ title: '240 devices in prod, 0 registered' });
    expect((await house.ask('find *')).data).toMatchObject({ complete: true });
    await expectAllRight(house);
  });

  test('a node that does not answer beside others that do: what it holds is unknown', async () => {
    const house = await openHouse();
    const whole = namesByNode(await house.ask('find *'));
    house.cucm.play('node not-responding cucm2');
    const part = await house.ask('find * fresh:yes');
    expect(part.title).toBe('173 devices in prod on the nodes that answered');
    expect(wordsOf(part)).toContain('cucm2 did not answer: what it holds is unknown, not down.');
    expect(part.data['nodes']).toContainEqual({ name: 'cucm2', returnCode: 'NodeNotResponding' });
    const seen = namesByNode(part);
    // The phone that has moved to cucm2 is known to cucm1 as well, by its old row.
    expect(seen.get('cucm1')?.filter((name) => !whole.get('cucm1')?.includes(name))).toEqual([MOVED]);
    expect(seen.get('cucm3')).toEqual(whole.get('cucm3'));
    expect(seen.has('cucm2')).toBe(false);
    house.cucm.play('node responding cucm2');
    await expectAllRight(house);
  });

  test('NoChange, though nobody said what was known: nothing is called gone', async () => {
    const house = await openHouse();
    await house.ask(PHONE);
    house.cucm.play('misbehave nochange');
    const blind = 'cucm1, cucm2 and cucm3 did not answer';
    const card = await house.ask(`${PHONE} fresh:yes`);
    expect(card).toMatchObject({
      title: expect.stringContaining(`Cannot tell about ${PHONE}: ${blind}`),
      tone: 'warn',
    });
    expect(await house.ask('down')).toMatchObject({
      title: 'Nothing is down in prod, as far as could be seen',
      tone: 'warn',
    });
    await expectAllRight(house);
  });
});

describe('AXL, whose names are a help and never a reason to fail', () => {
  test.each<Misbehaviour>(['unauthorized', 'text500', 'html', 'cut', 'bomb', 'huge', 'deep'])(
    '%s: the answer comes without them, and the log says why',
    async (kind) => {
      const house = await openHouse({ settings: ['axl: {}'] });
      house.cucm.play(`misbehave ${kind} 1`);
      expect(await house.ask('find *')).toMatchObject({
        title: '240 devices in prod',
        data: { complete: true },
      });
      const warnings = house.log.filter(({ level }) => level === 'warn');
      expect(warnings).toMatchObject([{ msg: 'AXL gave no names', cluster: 'prod', err: expect.anything() }]);
      expect(JSON.stringify(warnings)).not.toContain('"stack"');
      await expectAllRight(house);
    },
  );
});
