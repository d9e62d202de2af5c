import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccessRules, decide, type Rule, roleOf } from '../../src/access/access.ts';
import { higher, ROLES } from '../../src/access/role.ts';
import type { Asker } from '../../src/chat.ts';

const anna: Asker = { person: 'U1', place: { platform: 'slack', room: 'C1' }, groups: ['S1'] };
const rules = (...given: Rule[]): AccessRules => ({ rules: given, contact: null });
const elsewhere: Asker = { ...anna, place: { platform: 'slack', room: 'C2' } };
/** As Webex names people. */
const maria: Asker = { person: 'maria@example.com', place: { platform: 'webex', room: 'Y2lz1' } };
const guest: Asker = { ...maria, guest: true };
const stranger: Asker = { person: 'U9', place: { platform: 'slack', room: 'C9' } };

test.each([
  [
    'a guest who is named may',
    rules({ role: 'viewer', users: ['maria@example.com'] }),
    guest,
    'prod',
    'viewer',
    'granted',
  ],
  [
    'a guest whose domain is named may',
    rules({ role: 'viewer', domains: ['example.com'] }),
    guest,
    'prod',
    'viewer',
    'granted',
  ],
  ['without rules everybody is an operator', null, stranger, 'prod', 'operator', 'open'],
  ['a person who is named may', rules({ role: 'viewer', users: ['U1'] }), anna, 'prod', 'viewer', 'granted'],
  ['a member of a group may', rules({ role: 'viewer', groups: ['S1'] }), anna, 'prod', 'viewer', 'granted'],
  [
    'named or a member is enough',
    rules({ role: 'viewer', users: ['U5'], groups: ['S1'] }),
    anna,
    'prod',
    'viewer',
    'granted',
  ],
  [
    'everybody in a room may',
    rules({ role: 'viewer', rooms: ['C9'] }),
    stranger,
    'prod',
    'viewer',
    'granted',
  ],
  ['a star is everybody', rules({ role: 'viewer', users: ['*'] }), stranger, 'lab', 'viewer', 'granted'],
  ['an operator may view', rules({ role: 'operator', users: ['U1'] }), anna, 'prod', 'viewer', 'granted'],
  ['an admin may operate', rules({ role: 'admin', users: ['U1'] }), anna, 'prod', 'operator', 'granted'],
  [
    'the highest of several rules counts, wherever it stands',
    rules({ role: 'admin', users: ['U1'] }, { role: 'viewer', users: ['*'] }),
    anna,
    'prod',
    'admin',
    'granted',
  ],
  [
    'a cluster is the same in any case',
    rules({ role: 'viewer', users: ['U1'], clusters: ['LAB'] }),
    anna,
    'lab',
    'viewer',
    'granted',
  ],
  [
    'an e-mail address is the same in any case',
    rules({ role: 'viewer', users: ['Maria@Example.COM'] }),
    maria,
    'prod',
    'viewer',
    'granted',
  ],
  [
    'everybody of a domain may, in any case of it',
    rules({ role: 'viewer', domains: ['other.example', 'Example.com'] }),
    { ...maria, person: 'Ben@EXAMPLE.com' },
    'prod',
    'viewer',
    'granted',
  ],
  [
    'of a domain or named is enough',
    rules({ role: 'viewer', users: ['U1'], domains: ['example.com'] }),
    anna,
    'prod',
    'viewer',
    'granted',
  ],
  [
    'a domain in a room is everybody of it there',
    rules({ role: 'viewer', domains: ['example.com'], rooms: ['Y2lz1'] }),
    maria,
    'prod',
    'viewer',
    'granted',
  ],
] as const)('%s', (_claim, given, asker, cluster, needed, reason) => {
  expect(decide(given, asker, cluster, needed)).toMatchObject({ allowed: true, reason });
});

test.each([
  ['without rules nobody is an admin', null, anna, 'prod', 'admin', 'role-too-low', 'operator'],
  [
    'rules that name others grant nothing',
    rules({ role: 'admin', users: ['U2'] }),
    anna,
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  ['rules without a rule grant nothing', rules(), anna, 'prod', 'viewer', 'no-role', null],
  [
    'a rule that names nobody grants nothing',
    rules({ role: 'admin' }),
    anna,
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'an empty list is nobody',
    rules({ role: 'admin', users: [], groups: [] }),
    anna,
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  ['a guest where no rules are', null, guest, 'prod', 'viewer', 'guest', null],
  [
    'a star is everybody but guests',
    rules({ role: 'viewer', users: ['*'] }),
    guest,
    'prod',
    'viewer',
    'guest',
    null,
  ],
  [
    'everybody in a room but guests',
    rules({ role: 'viewer', rooms: ['Y2lz1'] }),
    guest,
    'prod',
    'viewer',
    'guest',
    null,
  ],
  [
    'allowed for lab only, asks prod',
    rules({ role: 'admin', users: ['U1'], clusters: ['lab'] }),
    anna,
    'prod',
    'viewer',
    'other-cluster',
    null,
  ],
  [
    'allowed in one channel, asks in another',
    rules({ role: 'admin', users: ['U1'], rooms: ['C1'] }),
    elsewhere,
    'prod',
    'viewer',
    'other-room',
    null,
  ],
  [
    'a rule for a room says nothing of who is not there',
    rules({ role: 'admin', rooms: ['C1'] }),
    stranger,
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'a viewer may not operate',
    rules({ role: 'viewer', users: ['U1'] }),
    anna,
    'prod',
    'operator',
    'role-too-low',
    'viewer',
  ],
  [
    'an operator of lab is a viewer of prod',
    rules({ role: 'operator', users: ['U1'], clusters: ['lab'] }, { role: 'viewer', users: ['U1'] }),
    anna,
    'prod',
    'operator',
    'role-too-low',
    'viewer',
  ],
  [
    'a platform that did not name the groups',
    rules({ role: 'viewer', groups: ['S1'] }),
    stranger,
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'a person called like a group',
    rules({ role: 'viewer', groups: ['U1'] }),
    anna,
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'another id in another case is another person',
    rules({ role: 'viewer', users: ['u1'] }),
    anna,
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'a domain below is another domain',
    rules({ role: 'viewer', domains: ['example.com'] }),
    { ...maria, person: 'maria@lab.example.com' },
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'a domain that ends alike is another domain',
    rules({ role: 'viewer', domains: ['example.com'] }),
    { ...maria, person: 'maria@badexample.com' },
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'the last @ of an address counts',
    rules({ role: 'viewer', domains: ['example.com'] }),
    { ...maria, person: 'maria@example.com@evil.example' },
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'an id without an @ is of no domain',
    rules({ role: 'viewer', domains: ['example.com', 'U1'] }),
    { ...anna, person: 'example.com' },
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'nobody before the @ is nobody',
    rules({ role: 'viewer', domains: ['example.com'] }),
    { ...maria, person: '@example.com' },
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'a rule for a domain is not one for its room',
    rules({ role: 'viewer', domains: ['example.com'], rooms: ['C9'] }),
    stranger,
    'prod',
    'viewer',
    'no-role',
    null,
  ],
  [
    'somebody of the domain asks in another room',
    rules({ role: 'viewer', domains: ['example.com'], rooms: ['Y2lz2'] }),
    maria,
    'prod',
    'viewer',
    'other-room',
    null,
  ],
  [
    'somebody of the domain asks about another cluster',
    rules({ role: 'viewer', domains: ['example.com'], clusters: ['lab'] }),
    maria,
    'prod',
    'viewer',
    'other-cluster',
    null,
  ],
  [
    'an empty list of domains is nobody',
    rules({ role: 'admin', domains: [], rooms: ['Y2lz1'] }),
    maria,
    'prod',
    'viewer',
    'no-role',
    null,
  ],
] as const)('%s', (_claim, given, asker, cluster, needed, reason, has) => {
  expect(decide(given, asker, cluster, needed)).toEqual({ allowed: false, reason, needed, has });
});

describe('whatever the rules', () => {
  const ids = fc.array(fc.constantFrom('U1', 'S1', 'C1', 'C2', '*', 'x'), { maxLength: 3 });
  const rule = fc.record(
    {
      role: fc.constantFrom(...ROLES),
      users: ids,
      groups: ids,
      domains: fc.array(fc.constantFrom('example.com', 'x'), { maxLength: 2 }),
      rooms: ids,
      clusters: fc.constant(['prod']),
    },
    { requiredKeys: ['role'] },
  );
  test('one more rule takes nothing away', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), rule, (given, more) => {
        const before = roleOf(rules(...given), anna, 'prod');
        const after = roleOf(rules(...given, more), anna, 'prod');
        return higher(before, after) === after;
      }),
    );
  });

  test('who may do more may do less', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), (given) => {
        const may = ROLES.map((role) => decide(rules(...given), anna, 'prod', role).allowed);
        return may.join() === may.toSorted((a, b) => Number(b) - Number(a)).join();
      }),
    );
  });
});
