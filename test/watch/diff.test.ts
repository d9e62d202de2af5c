import { describe, expect, test } from 'vitest';
import type { Device } from '../../src/device/device.ts';
import { compare, type Hints, hintsOf, unlisted, vanished } from '../../src/watch/diff.ts';
import type { Known } from '../../src/watch/known.ts';
import { EARLIER, lost, NOW, row } from './replies.ts';

const MINUTE = 60_000;
const at = (now: number, gapMs = 0) => ({ cluster: 'london', now, gapMs });

/** The rows one after the other, a minute apart; null: no row any more. What was told, and what is known at last. */
function story(rows: readonly (Device | null)[], hints: Hints = {}) {
  let known: Known | undefined;
  const told: string[] = [];
  for (const [place, one] of rows.entries()) {
    const moment = at(NOW + place * MINUTE);
    const change = one === null ? known && vanished(known, moment) : compare(known, one, moment, hints);
    if (change?.transition) told.push(change.transition.kind);
    known = change?.known ?? known;
  }
  return { told, known };
}

const up = (node = 'cucm1', fields: Partial<Device> = {}) => row('SEP1', { node, ...fields });
const down = (statusReason = 13, node = 'cucm1', fields: Partial<Device> = {}) =>
  lost('SEP1', { statusReason, node, timeStamp: EARLIER + statusReason, ...fields });
const silent = () => row('SEP1', { status: 'Unknown' });

describe('what is told of a device', () => {
  test.each([
    ['seen up first: nothing', [up()], [], 'up'],
    ['lost when it was first seen: nothing', [down()], [], 'lost'],
    ['lost and back', [up(), down(), up()], ['lost', 'back'], 'up'],
    ['lost when it was first seen, and back', [down(), up()], ['back'], 'up'],
    [
      'back and fallen again has not recovered',
      [up(), down(), up(), down(6)],
      ['lost', 'back', 'lost'],
      'lost',
    ],
    ['registered on another node: moved', [up(), up('cucm2')], ['moved'], 'up'],
    ['and home again', [up(), up('cucm2'), up()], ['moved', 'home'], 'up'],
    [
      'away from home a second time is no return',
      [up(), up('cucm2'), up(), up('cucm2')],
      ['moved', 'home', 'moved'],
      'up',
    ],
    ['lost here and back there', [up(), down(), up('cucm2')], ['lost', 'back'], 'up'],
    ['reset, then no answer: one loss', [up(), down(9), down(18)], ['expected'], 'lost'],
    [
      'lost, then rejected: worse',
      [up(), down(), down(13, 'cucm1', { status: 'Rejected' })],
      ['lost', 'fault'],
      'fault',
    ],
    [
      'some lines, then none: worse',
      [up(), down(0, 'cucm1', { status: 'PartiallyRegistered' }), down()],
      ['partial', 'lost'],
      'lost',
    ],
    [
      'none, then some lines: better',
      [up(), down(), down(0, 'cucm1', { status: 'PartiallyRegistered' })],
      ['lost'],
      'partial',
    ],
    ['lost, and the row dropped', [up(), down(), null], ['lost', 'gone'], 'gone'],
    ['the row dropped twice', [up(), null, null], ['gone'], 'gone'],
    ['no record, and there again', [up(), null, up('cucm2')], ['gone', 'back'], 'up'],
    ['no record, and there again unregistered', [up(), null, down()], ['gone', 'lost'], 'lost'],
    ['Unknown between up and up is no signal', [up(), silent(), up()], [], 'up'],
    ['Unknown between up and lost hides no loss', [up(), silent(), down()], ['lost'], 'lost'],
    ['first Unknown, then lost: a baseline', [silent(), down()], [], 'lost'],
    ['first Unknown, then up', [silent(), up()], [], 'up'],
    [
      'baseline lost, then rejected: news',
      [down(), down(13, 'cucm1', { status: 'Rejected' })],
      ['fault'],
      'fault',
    ],
  ] as const)('%s', (_claim, rows, told, condition) => {
    const end = story(rows);
    expect(end.told).toEqual(told);
    expect(end.known?.condition).toBe(condition);
  });

  test('a state first seen is a baseline, unless the look before would have shown it', () => {
    expect(story([down()]).known).toMatchObject({ baseline: true, changes: [] });
    const news = story([down()], { firstIsNews: true });
    expect(news.told).toEqual(['lost']);
    expect(news.known).toMatchObject({ baseline: false, since: NOW, changes: [NOW] });
    expect(story([up()], { firstIsNews: true }).known?.baseline).toBe(true);
  });
});

describe('what is known of a device', () => {
  test('steps between conditions that are not up leave the time of the loss', () => {
    expect(story([up(), down(9), down(18), down(6)]).known?.since).toBe(NOW + MINUTE);
  });

  test('a baseline that gets worse begins anew', () => {
    const { known } = story([down(), down(13, 'cucm1', { status: 'Rejected' })]);
    expect(known).toMatchObject({ baseline: false, since: NOW + MINUTE });
  });

  test('back says for how long it was away, from where and where to', () => {
    const { known } = story([up(), down()]);
    const change = compare(known, up('cucm2'), at(NOW + 6 * MINUTE, 720_000));
    expect(change?.transition).toMatchObject({
      kind: 'back',
      awayMs: 5 * MINUTE,
      from: 'cucm1',
      to: 'cucm2',
      gapMs: 720_000,
      because: 'registered',
    });
    expect(change?.known).toMatchObject({
      gapMs: 720_000,
      baseline: false,
      move: { from: 'cucm1', to: 'cucm2', home: false },
    });
  });

  test('what went while nobody could look went when CUCM says, within that time', () => {
    const gap = (timeStamp: number | null) =>
      compare(story([up()]).known, down(13, 'cucm1', { timeStamp }), at(NOW + 10 * MINUTE, 8 * MINUTE));
    const minute = (minutes: number) => (NOW + minutes * MINUTE) / 1000;
    expect(gap(minute(5))?.known.since).toBe(NOW + 5 * MINUTE);
    expect(gap(minute(-60))?.known.since).toBe(NOW + 2 * MINUTE);
    expect(gap(minute(60))?.known.since).toBe(NOW + 10 * MINUTE);
    expect(gap(null)?.known.since).toBe(NOW + 10 * MINUTE);
  });

  test('a device that came back unseen and went again has been away since then', () => {
    const { known } = story([up(), down()]);
    const again = down(13, 'cucm1', { timeStamp: (NOW + 5 * MINUTE) / 1000 });
    expect(compare(known, again, at(NOW + 6 * MINUTE, 4 * MINUTE))?.known.since).toBe(NOW + 5 * MINUTE);
    expect(compare(known, again, at(NOW + 6 * MINUTE))?.known.since).toBe(NOW + MINUTE);
  });

  test('a phone that was partly registered and is lost has been away since it was lost', () => {
    const { known } = story([up(), down(0, 'cucm1', { status: 'PartiallyRegistered' }), down()]);
    expect(known?.since).toBe(NOW + 2 * MINUTE);
  });

  test('a loss says where from, and that it is nowhere', () => {
    const { known } = story([up('cucm2')]);
    const change = compare(known, down(6, 'cucm1'), at(NOW));
    expect(change?.transition).toMatchObject({
      from: 'cucm2',
      to: null,
      statusReason: 6,
      because: 'reason-lost',
    });
  });

  test.each([
    ['the node it left says so', up(), { headsHome: true }],
    ['it was last seen on its way', down(28), {}],
  ] as const)('a move is home when %s', (_claim, before, hints) => {
    const { known } = story([before]);
    const fallen = { ...known, baseline: false } as Known;
    const change = compare(fallen, up('cucm2', { timeStamp: EARLIER + 60 }), at(NOW), hints);
    expect(change?.known.move).toMatchObject({ home: true, to: 'cucm2' });
  });

  test('a phone that registered elsewhere before anybody looked was up all along', () => {
    const { known } = story([down()]);
    const change = compare(known, up('cucm2', { timeStamp: EARLIER + 60 }), at(NOW + MINUTE));
    expect(change).toMatchObject({ transition: null, known: { condition: 'up', baseline: true } });
    const later = compare(known, up('cucm2', { timeStamp: NOW / 1000 + 30 }), at(NOW + MINUTE));
    expect(later?.transition?.kind).toBe('back');
    const same = compare(known, up('cucm1', { timeStamp: EARLIER + 60 }), at(NOW + MINUTE));
    expect(same?.transition?.kind).toBe('back');
  });

  test('changes of the last half hour are counted, older ones forgotten', () => {
    const { known } = story([up(), down(), up(), down(), up()]);
    expect(known?.changes).toEqual([1, 2, 3, 4].map((minute) => NOW + minute * MINUTE));
    const later = compare(known, down(6), at(NOW + 33 * MINUTE));
    expect(later?.known.changes).toEqual([4, 33].map((minute) => NOW + minute * MINUTE));
  });

  const load = (activeLoadId: string) => up('cucm1', { activeLoadId });
  const cti = (status: string, statusReason = 0) =>
    row('app', { deviceClass: 'CtiProvider', status, statusReason });
  test.each<[claim: string, rows: readonly (Device | null)[], counted: number]>([
    ['lost connections', [up(), down(), up(), down(6), up()], 4],
    ['without a reason', [up(), down(0), up(), down(1), up()], 4],
    ['rejections', [up(), down(10, 'cucm1', { status: 'Rejected' }), up()], 2],
    ['a line that is missing', [up(), down(0, 'cucm1', { status: 'PartiallyRegistered' }), up()], 2],
    [
      'applications, whose codes are others',
      [cti('Registered'), cti('UnRegistered', 20), cti('Registered')],
      2,
    ],
    ['Extension Mobility: out and in', [up(), down(20), up(), down(19), up()], 0],
    ['a phone that resets itself, once and again', [up(), down(8), up(), down(8), up()], 2],
    ['to load firmware', [load('old'), down(8), load('new')], 0],
    ...[9, 10, 12, 15, 16, 17, 21, 22, 23, 24, 25, 26, 29, 30, 31, 33, 34].map(
      (reason): [string, readonly Device[], number] => [`reason ${reason}`, [up(), down(reason), up()], 0],
    ),
    ['new firmware, whatever the reason', [load('old'), down(13), load('new')], 0],
    ['firmware that is not known is none', [up(), down(13), load('new')], 2],
    ['a failover', [up(), down(13), up('cucm2')], 0],
    [
      'there and back, twice',
      [up(), down(13), up('cucm2'), down(28, 'cucm2'), up(), down(6), up('cucm2'), up()],
      0,
    ],
    ['what came before a failover still counts', [up(), down(13), up(), down(13), up('cucm2')], 2],
    ['a row that vanishes and is there again', [up(), null, up(), null, up()], 0],
    ['a reset that ends in time', [up(), down(9), up()], 0],
    ['a reset that it does not answer', [up(), down(9), down(18), up()], 2],
    ['a login on a phone of another node', [up(), down(19), up('cucm2')], 0],
  ])('what counts as flapping: %s', (_claim, rows, counted) =>
    expect(story(rows).known?.changes ?? []).toHaveLength(counted),
  );

  test.each<[claim: string, rows: readonly Device[], hints: Hints, sent: boolean]>([
    ['after a login', [up(), down(19), up('cucm2')], {}, true],
    ['after a reset', [up(), down(9), up('cucm2')], {}, true],
    ['which the node it left still says', [up(), up('cucm2')], hintsOf(19), true],
    ['and back from there', [up(), down(19), up('cucm2'), down(13, 'cucm2'), up()], {}, true],
    ['not when it went by itself', [up(), down(10), up('cucm2')], {}, false],
    ['not when its connection was lost', [up(), down(13), up('cucm2')], {}, false],
    ['not on the way home', [up(), down(28), up('cucm2')], {}, false],
    ['nor when the node it left says so', [up(), up('cucm2')], hintsOf(19, 28), false],
    ['nor back from a failover', [up(), up('cucm2'), down(19, 'cucm2'), up()], {}, false],
  ])('a move that nobody needs to hear of: %s', (_claim, rows, hints, sent) =>
    expect(story(rows, hints).known?.move?.sent ?? false).toBe(sent),
  );

  test('a look that shows the same is nothing', () => {
    const phone = row('SEP1', {
      ipAddress: [{ ip: '10.0.0.1', ipAddrType: 'ipv4', attribute: 'Unknown' }],
      linesStatus: [{ directoryNumber: '1001', status: 'Registered' }],
    });
    const { known } = story([phone]);
    expect(compare(known, structuredClone(phone), at(NOW))).toBeNull();
    expect(
      compare(known, row('SEP1', { ...phone, registrationAttempts: 9, httpd: 'Yes' }), at(NOW)),
    ).toBeNull();
  });

  test.each([
    ['a load', { activeLoadId: 'sip88xx.14-2' }],
    ['an address', { ipAddress: [{ ip: '10.0.0.9', ipAddrType: 'ipv4', attribute: 'Unknown' }] }],
    ['a description', { description: 'lobby' }],
    ['a time', { timeStamp: EARLIER + 1 }],
    ['a line', { linesStatus: [{ directoryNumber: '1001', status: 'UnRegistered' }] }],
  ] as const)('%s that changed is remembered and not told', (_claim, fields) => {
    const { known } = story([up()]);
    const change = compare(known, up('cucm1', fields), at(NOW + MINUTE));
    expect(change?.transition).toBeNull();
    expect(change?.known).toMatchObject({ since: NOW, condition: 'up', row: fields });
  });

  test('a device that is away keeps the address and the numbers that its row has lost', () => {
    const lines = [{ directoryNumber: '1001', status: 'Registered' }];
    const ipAddress = [{ ip: '10.0.0.1', ipAddrType: 'ipv4', attribute: 'Unknown' }];
    const { known } = story([up('cucm1', { linesStatus: lines, ipAddress, description: 'lobby' }), down()]);
    expect(known?.row).toMatchObject({
      linesStatus: lines,
      ipAddress,
      description: 'lobby',
      statusReason: 13,
    });
  });

  test('only what is worth remembering is kept', () => {
    expect(Object.keys(story([up()]).known?.row ?? {}).sort()).toEqual([
      'activeLoadId',
      'description',
      'deviceClass',
      'dirNumber',
      'downloadStatus',
      'ipAddress',
      'linesStatus',
      'loginUserId',
      'model',
      'name',
      'node',
      'protocol',
      'status',
      'statusReason',
      'timeStamp',
    ]);
  });
});

describe('an application that is no longer listed', () => {
  const app = (status: string) => row('app', { deviceClass: 'CtiProvider', status });
  const seen = (status: string) => compare(undefined, app(status), at(NOW))?.known as Known;

  test('is lost when it was open, and its row does not say open any more', () => {
    const change = unlisted(seen('Registered'), at(NOW + MINUTE));
    expect(change?.transition).toMatchObject({ kind: 'lost', because: 'application-not-listed' });
    expect(change?.known.row.status).toBe('UnRegistered');
  });

  test('is gone when it was closed', () => {
    expect(unlisted(seen('UnRegistered'), at(NOW + MINUTE))?.transition?.kind).toBe('gone');
  });
});
