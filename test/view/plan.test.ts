import { describe, expect, test } from 'vitest';
import { ctiQuery, deviceQuery } from '../../src/device/query.ts';
import { planView, queryWords } from '../../src/view/plan.ts';
import type { PlanReport } from '../../src/watch/desk.ts';
import { expectGolden } from './golden.ts';

const NOW = Date.UTC(2026, 2, 12, 14);

const REPORT: PlanReport = {
  watches: 3,
  cluster: 'prod',
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
      role: 'named',
      query: deviceQuery({ operation: 'selectCmDeviceExt', items: ['SEP1', 'SEP2', 'SEP3', 'SEP4'] }),
      everyMs: 10_000,
      reason: 'covered',
      rows: null,
      lastAskedAt: null,
      trouble: 'asked too often',
    },
  ],
  devices: 40_120,
  audit: { requests: 41, everyMs: 20_000, lastAt: NOW - 8_000 },
  requestsPerMinute: 11.43,
  allowance: 15,
  lossSeenMs: 9_000,
};

test('a plan says what is asked, how often, and how soon a loss is seen', () => {
  const view = planView(REPORT, { now: NOW });
  expect(view.title).toBe('prod: 2 standing queries, 95 % of losses seen within 9 s');
  expect(JSON.stringify(view.blocks)).toContain('11.4 of 15 a minute');
  expect(view.tone).toBe('warn');
  expectGolden('plan', view);
});

test('where nothing is watched, that is said', () => {
  const nothing = { ...REPORT, standing: [], audit: null, lossSeenMs: null };
  expect(planView(nothing, { now: NOW })).toMatchObject({
    outcome: 'nothing',
    title: 'Nothing of prod is watched',
  });
});

describe('a query in words', () => {
  test.each([
    ['phones, UnRegistered', deviceQuery({ deviceClass: 'Phone', status: 'UnRegistered' })],
    ['all devices, Rejected', deviceQuery({ status: 'Rejected' })],
    ['SEP1, SEP2', deviceQuery({ items: ['SEP1', 'SEP2'] })],
    ['900 names', deviceQuery({ items: Array.from({ length: 900 }, (_, i) => `SEP${i}`) })],
    ['4 numbers', deviceQuery({ selectBy: 'DirNumber', items: ['1', '2', '3', '4'] })],
    [
      'SEP00*, phones, UnRegistered, on cucm2',
      deviceQuery({ items: ['SEP00*'], deviceClass: 'Phone', status: 'UnRegistered', nodeName: 'cucm2' }),
    ],
    ['CTI providers', ctiQuery()],
    ['CTI lines of jtapi', ctiQuery({ ctiMgrClass: 'Line', selectAppBy: 'UserId', appItems: ['jtapi'] })],
  ])('%s', (words, query) => {
    expect(queryWords(query)).toBe(words);
  });
});
