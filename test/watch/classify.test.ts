import { describe, expect, test } from 'vitest';
import { STATUS_REASONS } from '../../src/device/reasons.ts';
import { classify } from '../../src/watch/classify.ts';
import { row } from './replies.ts';

describe('a row says', () => {
  test.each([
    ['registered is up, whatever the reason', 'Registered', 13, 'up', 'registered'],
    ['no keepalive is a loss', 'UnRegistered', 13, 'lost', 'reason-lost'],
    ['a cut connection is a loss', 'UnRegistered', 6, 'lost', 'reason-lost'],
    ['no answer to a reset is a loss', 'UnRegistered', 18, 'lost', 'reason-lost'],
    ['gone without saying why is a loss', 'UnRegistered', 1, 'lost', 'reason-lost'],
    ['a trunk that is unregistered with 0 is lost', 'UnRegistered', 0, 'lost', 'reason-silent'],
    ['no reason at all is a loss', 'UnRegistered', null, 'lost', 'reason-silent'],
    ['a reason that nobody lists is a loss', 'UnRegistered', 77, 'lost', 'reason-silent'],
    ['a reset by the administrator is expected', 'UnRegistered', 9, 'expected', 'reason-expected'],
    ['an Extension Mobility login is expected', 'UnRegistered', 19, 'expected', 'reason-expected'],
    ['a return home that is under way is expected', 'UnRegistered', 28, 'expected', 'reason-expected'],
    ['a battery that ran down is the user’s', 'UnRegistered', 33, 'user', 'reason-user'],
    ['a phone switched off is the user’s', 'UnRegistered', 34, 'user', 'reason-user'],
    ['a phone wiped is the user’s', 'UnRegistered', 30, 'user', 'reason-user'],
    ['a wrong configuration is a fault', 'UnRegistered', 14, 'fault', 'reason-fault'],
    ['rejected is a fault, whatever the reason', 'Rejected', 9, 'fault', 'rejected'],
    ['some lines missing is partial', 'PartiallyRegistered', 0, 'partial', 'partially-registered'],
    ['Unknown says nothing', 'Unknown', 13, 'unknown', 'status-says-nothing'],
    ['a status that nobody lists says nothing', 'Dozing', 13, 'unknown', 'status-says-nothing'],
  ] as const)('%s', (_claim, status, statusReason, condition, because) => {
    expect(classify(row('SEP1', { status, statusReason }))).toEqual({ condition, because });
  });

  test('every reason that Cisco lists, but for 0, is read as something', () => {
    const silent = [...STATUS_REASONS.keys()].filter(
      (statusReason) =>
        classify(row('SEP1', { status: 'UnRegistered', statusReason })).because === 'reason-silent',
    );
    expect(silent).toEqual([0]);
  });

  test.each([
    ['open', 'Registered', 'up', 'application-open'],
    [
      'closed, with a reason that means something else for devices',
      'UnRegistered',
      'lost',
      'application-closed',
    ],
    ['refused', 'Rejected', 'fault', 'application-refused'],
    ['silent', 'Unknown', 'unknown', 'status-says-nothing'],
  ] as const)('an application is %s', (_claim, status, condition, because) => {
    const app = row('app', { deviceClass: 'CtiProvider', status, statusReason: 9 });
    expect(classify(app)).toEqual({ condition, because });
  });
});
