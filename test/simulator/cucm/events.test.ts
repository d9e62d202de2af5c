import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Cucm, startCucm } from '../../../simulator/cucm/cucm.ts';
import { ctiItems, devices, handClock } from './ask.ts';

const PHONE = 'SEP001122334455';
let clock: ReturnType<typeof handClock>;
let cucm: Cucm;
beforeEach(async () => {
  clock = handClock();
  cucm = await startCucm({ requestsPerMinute: null, clock });
});
afterEach(() => cucm.stop());

/** Where a device stands: `node status reason`, a row each. */
async function rows(name: string): Promise<string[]> {
  const reply = await devices(cucm, { items: [name] });
  return reply.rows.map((row) => `${row.node} ${row.Status} ${row.StatusReason}`);
}

describe('phones', () => {
  test('an unplugged phone is missed after its keepalives, and back after its start-up', async () => {
    cucm.play(`unplug ${PHONE.toLowerCase()}`);
    clock.pass(59);
    expect(await rows(PHONE)).toEqual(['cucm1 Registered 0']);
    clock.pass(32);
    expect(await rows(PHONE)).toEqual(['cucm1 UnRegistered 13']);
    cucm.play(`plug ${PHONE}`);
    clock.pass(41);
    expect(await rows(PHONE)).toEqual(['cucm1 Registered 0']);
  });

  test.each([
    ['its MAC with colons', '00:11:22:33:44:55', /^1 device /],
    ['its extension', '1001', /^1 device /],
    ['an extension that is the number of a model, too', '6961', /^1 device /],
    ['a model', '8845', /^\d\d devices /],
  ])('are pointed at by %s', (_claim, word, said) => {
    expect(cucm.play(`unplug ${word}`)).toMatch(said);
  });

  test('of a device in a state that CUCM does not know, it says Unknown with 0, until it registers again', async () => {
    cucm.play(`unknown ${PHONE}`);
    expect(await rows(PHONE)).toEqual(['cucm1 Unknown 0']);
    cucm.play(`plug ${PHONE}`);
    clock.pass(41);
    expect(await rows(PHONE)).toEqual(['cucm1 Registered 0']);
  });

  test('a phone that takes the place of another has its numbers, and CUCM goes on telling of the old one', async () => {
    expect(cucm.play('replace 1001 SEP00562B0000C1')).toMatch(/takes the place/);
    clock.pass(91);
    const { rows: found } = await devices(cucm, { by: 'DirNumber', items: ['1001'] });
    expect(found.map((row) => `${row.Name} ${row.Status}`).sort()).toEqual([
      'SEP001122334455 UnRegistered',
      'SEP00562B0000C1 Registered',
    ]);
  });

  test('plugged in again before anybody noticed, it is never missed', async () => {
    cucm.play(`unplug ${PHONE}`);
    clock.pass(20);
    cucm.play(`plug ${PHONE}`);
    clock.pass(120);
    expect(await rows(PHONE)).toEqual(['cucm1 Registered 0']);
  });

  test.each([
    [`reset ${PHONE}`, 0, 'cucm1 UnRegistered 9', 31],
    [`flap ${PHONE}`, 0, 'cucm1 UnRegistered 8', 36],
    [`em login ${PHONE} hotdesk07`, 0, 'cucm1 UnRegistered 19', 11],
  ])('%s: down now, back by itself', async (words, wait, down, back) => {
    cucm.play(words);
    clock.pass(wait);
    expect(await rows(PHONE)).toEqual([down]);
    clock.pass(back);
    expect(await rows(PHONE)).toEqual(['cucm1 Registered 0']);
  });

  test('a flapping phone goes on until it is plugged in properly', async () => {
    cucm.play(`flap ${PHONE}`);
    const seen = new Set<string>();
    for (let step = 0; step < 40; step += 1) {
      clock.pass(10);
      seen.add((await rows(PHONE)).join());
    }
    expect([...seen].toSorted()).toEqual(['cucm1 Registered 0', 'cucm1 UnRegistered 8']);
    cucm.play(`plug ${PHONE}`);
    clock.pass(60);
    const { rows: before } = await devices(cucm, { items: [PHONE] });
    clock.pass(600);
    expect((await devices(cucm, { items: [PHONE] })).rows).toEqual(before);
  });

  test('the user of an Extension Mobility login shows, and is gone after the logout', async () => {
    cucm.play(`em login ${PHONE} hotdesk07`);
    clock.pass(11);
    expect((await devices(cucm, { items: [PHONE] })).rows).toMatchObject([{ LoginUserId: 'hotdesk07' }]);
    cucm.play(`em logout ${PHONE}`);
    clock.pass(11);
    expect((await devices(cucm, { items: [PHONE] })).rows).toMatchObject([{ LoginUserId: '' }]);
  });

  test('an upgrade is Upgrading, then a restart, then Successful with the new load', async () => {
    cucm.play(`upgrade ${PHONE} sip88xx.15-0-1`);
    expect((await devices(cucm, { items: [PHONE] })).rows).toMatchObject([
      { DownloadStatus: 'Upgrading', InactiveLoadID: 'sip88xx.15-0-1', Status: 'Registered' },
    ]);
    clock.pass(155);
    expect((await devices(cucm, { items: [PHONE] })).rows).toMatchObject([
      { DownloadStatus: 'Successful', ActiveLoadID: 'sip88xx.15-0-1', Status: 'Registered' },
    ]);
  });

  test('an upgrade that fails leaves the old load running', async () => {
    const [before] = (await devices(cucm, { items: [PHONE] })).rows;
    cucm.play(`upgrade ${PHONE} sip88xx.15-0-1 fail`);
    clock.pass(121);
    expect((await devices(cucm, { items: [PHONE] })).rows).toMatchObject([
      { DownloadStatus: 'Failed', DownloadFailureReason: 'TFTP Timeout', ActiveLoadID: before?.ActiveLoadID },
    ]);
  });

  test('a phone with an empty battery says 33, a partly registered one keeps its first line', async () => {
    cucm.play(`low battery ${PHONE}`);
    expect(await rows(PHONE)).toEqual(['cucm1 UnRegistered 33']);
    expect((await devices(cucm, { items: ['SEP00562B0000A4'] })).rows).toMatchObject([
      { LinesStatus: { item: [{ Status: 'Registered' }, { Status: 'UnRegistered' }] } },
    ]);
  });

  test('a deleted phone is reported for three days, and cannot be brought back', async () => {
    cucm.play(`delete ${PHONE}`);
    cucm.play(`plug ${PHONE}`);
    clock.pass(2 * 86_400);
    expect(await rows(PHONE)).toEqual(['cucm1 UnRegistered 9']);
    clock.pass(86_401);
    expect(await rows(PHONE)).toEqual([]);
  });

  test('a phone in its box has no row until it is plugged in', async () => {
    expect(await rows('SEP00562B0000C1')).toEqual([]);
    cucm.play('plug SEP00562B0000C1');
    clock.pass(41);
    expect(await rows('SEP00562B0000C1')).toEqual(['cucm1 Registered 0']);
  });

  test('a cut network takes its phones and no others, and gives them back', async () => {
    cucm.play('wan cut 10.4.2.0/24');
    clock.pass(91);
    expect(await rows(PHONE)).toEqual(['cucm1 UnRegistered 13']);
    expect(await rows('SEPE8B7480316D6')).toEqual(['cucm3 Registered 0']);
    cucm.play('wan restore 10.4.2.0/24');
    clock.pass(41);
    expect(await rows(PHONE)).toEqual(['cucm1 Registered 0']);
  });
});

describe('nodes', () => {
  test('a stopped node loses its phones to the next, later; they come home with reason 28', async () => {
    cucm.play('node down cucm1');
    expect(await rows(PHONE)).toEqual(['cucm1 UnRegistered 1']);
    clock.pass(61);
    const moved = (await devices(cucm, { items: [PHONE] })).rows;
    expect(moved).toMatchObject([
      { node: 'cucm1', Status: 'UnRegistered' },
      { node: 'cucm2', Status: 'Registered' },
    ]);
    expect(Number(moved[1]?.TimeStamp)).toBeGreaterThan(Number(moved[0]?.TimeStamp));
    cucm.play('node up cucm1');
    clock.pass(121);
    expect(await rows(PHONE)).toEqual(['cucm1 Registered 0', 'cucm2 UnRegistered 28']);
    clock.pass(3 * 86_400 + 1);
    expect(await rows(PHONE)).toEqual(['cucm1 Registered 0']);
  });

  test('old rows can be made to go at once; those of phones that are simply down stay', async () => {
    expect(await rows('SEP00562B0000A7')).toHaveLength(2);
    cucm.play('rows expire');
    expect(await rows('SEP00562B0000A7')).toEqual(['cucm2 Registered 0']);
    expect(await rows('SEP00562B0000A1')).toEqual(['cucm1 UnRegistered 13']);
  });

  test('a server that is off does not answer, and its phones are elsewhere', async () => {
    cucm.play('node off cucm1');
    clock.pass(61);
    const reply = await devices(cucm, { items: [PHONE] });
    expect(reply.nodes.map(({ name, code }) => `${name} ${code}`)).toEqual([
      'cucm1 NodeNotResponding',
      'cucm2 Ok',
      'cucm3 NotFound',
    ]);
    cucm.play('node up cucm1');
    clock.pass(121);
    expect((await rows(PHONE))[0]).toBe('cucm1 Registered 0');
  });

  test('a silent node is blind, not down: nothing is said of its phones', async () => {
    cucm.play('node not-responding cucm1');
    const reply = await devices(cucm, { items: [PHONE] });
    expect(reply.rows).toEqual([]);
    expect(reply.nodes[0]).toMatchObject({ name: 'cucm1', code: 'NodeNotResponding', noChange: false });
    cucm.play('node responding cucm1');
    expect(await rows(PHONE)).toEqual(['cucm1 Registered 0']);
  });

  test('with every node stopped nothing is registered, and all comes back', async () => {
    for (const node of ['cucm1', 'cucm2', 'cucm3']) cucm.play(`node down ${node}`);
    clock.pass(120);
    expect((await devices(cucm, { status: 'Registered' })).total).toBe(0);
    cucm.play('node up cucm2');
    clock.pass(121);
    expect((await rows(PHONE)).toSorted()).toEqual(['cucm1 UnRegistered 1', 'cucm2 Registered 0']);
  });
});

test('a restarted CTI application closes, and opens 15 s later', async () => {
  const status = async () => {
    const { rows: items } = await ctiItems(cucm, {
      mgrClass: 'Line',
      by: 'UserId',
      apps: ['attendant'],
      numbers: ['4001'],
    });
    return items.map((row) => [row.AppStatus, row.CtiLine?.LineStatus]);
  };
  cucm.play('cti restart attendant');
  expect(await status()).toEqual([['Closed', 'Closed']]);
  clock.pass(15);
  expect(await status()).toEqual([['Open', 'Open']]);
  cucm.play('cti restart attendant');
  cucm.play('cti crash attendant');
  clock.pass(60);
  expect(await status()).toEqual([['Closed', 'Closed']]);
});

test('pace 10: what takes a minute takes six seconds', async () => {
  const quick = await startCucm({ requestsPerMinute: null, clock, pace: 10 });
  quick.play(`unplug ${PHONE}`);
  clock.pass(9.1);
  expect((await devices(quick, { items: [PHONE] })).rows).toMatchObject([{ Status: 'UnRegistered' }]);
  await quick.stop();
});
