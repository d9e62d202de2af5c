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
    ['twelve digits in four octets', '192.168.168.186', 'ip', '192.168.168.186'],
    ['twelve digits in three groups', '1921.6816.8186', 'name', 'SEP192168168186'],
    ['twelve digits in six groups', '19.21.68.16.81.86', 'name', 'SEP192168168186'],
    ['a MAC with dashes of a text processor', '00\u221211\u201322\u2011aa\u2010bb\u2014cc', 'name', MAC],
    ['four numbers, one of them no octet', '192.168.300.100', 'number', '192168300100'],
    ['octets padded with zeros', '010.004.002.021', 'ip', '10.4.2.21'],
    ['an address with a port', '192.168.168.186:5060', 'ip', '192.168.168.186'],
    ['an address with a page', '10.4.2.21/CGI/Screenshot', 'ip', '10.4.2.21'],
    ['an address as a link', 'http://192.168.168.186:80/x?y=1', 'ip', '192.168.168.186'],
    ['a link whose page is a number', 'https://10.4.2.21/24', 'ip', '10.4.2.21'],
    ['an address in brackets', '[10.4.2.21]:5060', 'ip', '10.4.2.21'],
    ['an address in parentheses', '(192.168.168.186)', 'ip', '192.168.168.186'],
    ['an address as in a log', '<10.4.2.21>', 'ip', '10.4.2.21'],
    ['an address before a colon', '10.4.2.21:', 'ip', '10.4.2.21'],
    ['an address at the end of a sentence', '10.4.2.21.', 'ip', '10.4.2.21'],
    ['an IPv6 address with a port', '[2001:db8::5]:5060', 'ip', '2001:db8::5'],
    ['an IPv6 address as a link', 'https://[2001:db8::5]/CGI', 'ip', '2001:db8::5'],
    ['an IPv6 address with a zone', 'fe80::1%eth0', 'ip', 'fe80::1'],
    ['a subnet that starts nowhere', '10.4.2.21/24', 'subnet', '10.4.2.0/24'],
    ['a subnet with its mask', '10.4.2.21/255.255.255.0', 'subnet', '10.4.2.0/24'],
    ['an IPv6 subnet', '2001:db8::5/64', 'subnet', '2001:db8::/64'],
    ['a subnet of too many bits', '10.4.2.0/33', 'description', '10.4.2.0/33'],
    ['a number in parentheses', '(1002)', 'number', '1002'],
    ['words in parentheses', '(lobby)', 'description', '(lobby)'],
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
  ['ip', '192.168.168.186', 'ip'],
  ['ip', '192.168.168.186:5060', 'ip'],
  ['ip', 'http://192.168.168.186/', 'ip'],
] as const)('%s: forces %s to be a %s', (field, value, type) => {
  expect(forceSubject(field, value)?.type).toBe(type);
});

test.each([
  ['ip', 'lobby'],
  ['mac', '0011'],
  ['mac', '192.168.168.186'],
  ['ip', '10.4.2.0/33'],
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

test('any four octets are an address, with whatever an address may carry', () => {
  const octet = fc.nat(255);
  const before = fc.constantFrom('', 'http://', 'https://', '(', '[', '<');
  const after = fc.constantFrom('', ':5060', '/', '/CGI/Screenshot', ':8080/x?y#z', '.', ',', ':');
  fc.assert(
    fc.property(fc.tuple(octet, octet, octet, octet), before, after, (octets, opened, ended) => {
      const ip = octets.join('.');
      const closed =
        new Map([
          ['(', ')'],
          ['[', ']'],
          ['<', '>'],
        ]).get(opened) ?? '';
      const typed = closed === '' ? `${opened}${ip}${ended}` : `${opened}${ip}${closed}`;
      expect(readSubject(typed)).toMatchObject({ type: 'ip', version: 4, ip });
    }),
  );
});

test('any text is read as something', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(readSubject(text).readAs).toContain('→');
    }),
  );
});
