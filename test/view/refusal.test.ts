import { expect, test } from 'vitest';
import { type Refusal, refusalView } from '../../src/view/refusal.ts';
import { expectGolden } from './golden.ts';

const base: Refusal = {
  reason: 'no-role',
  verb: 'down',
  needed: 'viewer',
  has: null,
  cluster: null,
  contact: '#voice-help',
  id: 'id-1',
};

test.each([
  ['no-role', base],
  ['guest', { ...base, reason: 'guest' }],
  ['other-room', { ...base, reason: 'other-room' }],
  ['other-cluster', { ...base, reason: 'other-cluster', cluster: 'prod', contact: null }],
  ['role-too-low', { ...base, reason: 'role-too-low', verb: 'watch', needed: 'operator', has: 'viewer' }],
] as const)('%s', (name, refusal) => {
  const view = refusalView(refusal);
  expectGolden(`refusal-${name}`, view);
  expect(view).toMatchObject({ outcome: 'refused', data: { error: { code: 'refused', id: 'id-1' } } });
  expect(JSON.stringify(view.blocks)).toContain(refusal.needed);
});
