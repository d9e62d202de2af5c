import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forceSubject, readSubject } from '../../src/command/subject.ts';

const MAC = 'SEP001122AABBCC';

describe('what people type is read as', () => {
  test.each([
    ['a sticker with colons', '00:11:22:aa:bb:cc', 'name', MAC],
    ['a sticker with dashes', '00-11-22-AA-BB-CC', 'name', MAC],
    ['a sticker with dots', '0011.22aa.bbcc', 'name', MAC],
    ['a sticker with spaces', '00 11 22 aa bb cc', 'name', MAC],
    ['a bare MAC', '001122AABBCC', 'name', MAC],
    ['a phone name in small letters', 'sep001122aabbcc', 'name', MAC],
    ['decimal digits in the groups of a MAC', '00:11:22:33:44:55', 'name', 'SEP001122334455'],
    ['a Jabber client', 'csfjsmith', 'name', 'CSFJSMITH'],
    ['a Jabber on a phone', 'BOTJSMITH', 'name', 'BOTJSMITH'],
    ['a media resource', 'moh_2', 'name', 'MOH_2'],
    ['an endpoint of a gateway', 'AALN/S1/SU0/0@HQ', 'name', 'AALN/S1/SU0/0@HQ'],
    ['a pattern', 'SEP0011*', 'pattern', 'SEP0011*'],
    ['the whole cluster', '*', 'pattern', '*'],
    ['an IPv4 address', '10.1.2.3', 'ip', '10.1.2.3'],
    ["the address of a phone's page", 'http://10.1.2.3/', 'ip', '10.1.2.3'],
    ['an IPv6 address', '2001:DB8:0::5', 'ip', '2001:db8::5'],
    ['an IPv6 address in brackets', '[2001:db8::5]', 'ip', '2001:db8::5'],
    ['a subnet', '10.4.2.17/24', 'subnet', '10.4.2.0/24'],
    ['a subnet with a star', '10.4.*', 'subnet', '10.4.0.0/16'],
    ['an extension', '1002', 'number', '1002'],
    ['an international number', '+44-20-7946.0958', 'number', '+442079460958'],
    ['an international number with spaces', '+44 20 7946', 'number', '+44207946'],
    ['a person', '@jsmith', 'user', 'jsmith'],
    ['an e-mail address', 'j.smith@example.com', 'user', 'j.smith@example.com'],
    ['words', 'front desk', 'description', 'front desk'],
    ['a word that begins like a device', 'tablet', 'description', 'tablet'],
    ['another', 'Bottom', 'description', 'Bottom'],
    ['a person whose name begins like a device', 'Anna', 'description', 'Anna'],
    ['an address that is none', '300.1.2.3', 'number', '300123'],
  ] as const)('%s: %s is %s %s', (_claim, typed, type, value) => {
    const subject = readSubject(typed);
    expect(subject.type).toBe(type);
    expect(Object.values(subject)).toContain(value);
    expect(subject.readAs).toContain(value);
  });

  test('twelve decimal digits are a MAC and a number, and the reading says both', () => {
    expect(readSubject('001122334455')).toEqual({
      type: 'name-or-number',
      name: 'SEP001122334455',
      number: '001122334455',
      typed: '001122334455',
      readAs: 'MAC → SEP001122334455, and number → 001122334455',
    });
  });

  test('digits with a star may end a sticker or begin a range of numbers', () => {
    expect(readSubject('*4455').type).toBe('name-or-number');
  });
});

test.each([
  ['dn', '001122334455', 'number'],
  ['mac', '001122334455', 'name'],
  ['name', '1002', 'name'],
  ['name', 'LON*', 'pattern'],
  ['desc', '10.1.2.3', 'description'],
  ['user', '1002', 'user'],
  ['ip', '10.4.2.*', 'subnet'],
  ['dn', '10*', 'number'],
  ['mac', '*4455', 'pattern'],
] as const)('%s: forces %s to be a %s', (field, value, type) => {
  expect(forceSubject(field, value)?.type).toBe(type);
});

test.each([
  ['ip', 'lobby'],
  ['mac', '0011'],
  ['desc', ' '],
])('%s: cannot be %s', (field, value) => {
  expect(forceSubject(field, value)).toBeNull();
});

test('a device name reads as itself, however often it is read', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: 12, maxLength: 12 }),
      (hex) => {
        const first = readSubject(`SEP${hex}`);
        const name = first.type === 'name' ? first.name : '';
        expect(name).toBe(`SEP${hex.toUpperCase()}`);
        expect(readSubject(name)).toMatchObject({ type: 'name', name, readAs: first.readAs });
      },
    ),
  );
});

test('any text is read as something', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(readSubject(text).readAs).toContain('→');
    }),
  );
});
