import { expect, test } from 'vitest';
import { RISPORT_ERROR_CODES } from '../../src/risport/fault.ts';
import { type Failure, failureView, isFailureCode } from '../../src/view/failure.ts';
import { expectGolden } from './golden.ts';

const FAILURE: Failure = { code: 'unexpected', cluster: 'prod', id: 'a1b2c3d4', command: 'down' };
const FINGERPRINT = 'AB:CD:EF';

test.each([...RISPORT_ERROR_CODES, 'busy', 'cancelled', 'store', 'unexpected'] as const)(
  '%s has a cause and a remedy',
  (code) => {
    const detail =
      code === 'tls'
        ? { fingerprint: FINGERPRINT }
        : code === 'throttled'
          ? { allowance: 15, waitMs: 42_000 }
          : {};
    const wait = code === 'busy' ? { waitMs: 150_000 } : {};
    const view = failureView({ ...FAILURE, code, ...detail, ...wait });
    expectGolden(`failure-${code}`, view);
    expect(isFailureCode(code)).toBe(true);
    expect(view).toMatchObject({ outcome: 'failed', data: { error: { code, message: view.title } } });
  },
);

test.each([
  ['tls', { fingerprint: FINGERPRINT }, FINGERPRINT],
  ['throttled', { allowance: 15 }, '15 requests a minute'],
  ['throttled', { waitMs: 42_000 }, '42 s'],
  ['busy', { waitMs: 150_000 }, '2 min'],
  ['forbidden', { status: 403 }, 'Standard RealtimeAndTraceCollection'],
  ['unauthorized', { status: 401 }, '401'],
] as const)('%s says %o', (code, detail, words) => {
  expect(JSON.stringify(failureView({ ...FAILURE, code, ...detail }).blocks)).toContain(words);
});

test('every failure shows the id that the log has', () => {
  expect(JSON.stringify(failureView(FAILURE).blocks)).toContain('a1b2c3d4');
});

test.each(['toString', 'constructor', '', 7, null])('%j is no code', (code) => {
  expect(isFailureCode(code)).toBe(false);
});
