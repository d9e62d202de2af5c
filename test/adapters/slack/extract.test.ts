/** What in a message may be a phone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asQuestion, extractSubjects, MOST_SUBJECTS } from '../../../adapters/slack/extract.ts';

test.each([
  ['a MAC address with colons', 'phone 00:11:22:aa:bb:cc is dead', ['SEP001122AABBCC']],
  ['a MAC address with dots', '0011.22AA.bbcc', ['SEP001122AABBCC']],
  ['a MAC address with dashes', '00-11-22-AA-BB-CC', ['SEP001122AABBCC']],
  ['a MAC address with spaces', '00 11 22 AA BB CC', ['SEP001122AABBCC']],
  ['a MAC address without marks', 'mac=001122aabbcc,', ['SEP001122AABBCC']],
  ['six small numbers are no MAC address', '10 11 12 13 14 15', []],
  ['twelve digits are asked as they are', '001122334455', ['001122334455']],
  ['a device name in any case', 'sep001122aabbcc and CSFANNA', ['SEP001122AABBCC', 'CSFANNA']],
  ['words that begin like devices', 'Botany, table 4, answer', []],
  ['extensions', 'call 1002 or +15551234567.', ['1002', '+15551234567']],
  ['an address, its subnet', '10.1.2.3 in 10.1.2.0/24', ['10.1.2.3', '10.1.2.0/24']],
  ['an IPv6 address', 'at 2001:DB8::17 now', ['2001:db8::17']],
  ['times, dates, versions, prices and shares', '10:30 2024-05-01 12.5.1 $1000 100% 3.14159', []],
  ['no address', '999.1.2.3', []],
  [
    'in the order they stand, each once',
    '1002 10.0.0.1 1002 00:11:22:33:44:5a',
    ['1002', '10.0.0.1', 'SEP00112233445A'],
  ],
  ['right-to-left and emoji around', 'هاتف 1002 📞1003', ['1002', '1003']],
  ['a ticket number', 'INC0012345 #1234', []],
  ['nothing', '', []],
  ['twelve digits in four octets', 'at 192.168.168.186 now', ['192.168.168.186']],
  ['an address with its port', '10.4.2.21:5060, [2001:db8::5]:5060', ['10.4.2.21', '2001:db8::5']],
  [
    'a link to a phone',
    'http://192.168.168.186:80/x 10.4.2.21/CGI/Screenshot',
    ['192.168.168.186', '10.4.2.21'],
  ],
  [
    'dashes of a text processor',
    '00–11–22–33–44–5a 00‑11‑22‑33‑44‑5b 00−11−22−33−44−5c',
    ['SEP00112233445A', 'SEP00112233445B', 'SEP00112233445C'],
  ],
  ['spaces that do not break', '00\u00A011\u00A022\u00A033\u00A044\u00A05a', ['SEP00112233445A']],
  ['hidden characters', 'SEP0011\u200B22334455', ['SEP001122334455']],
  [
    'a label before it',
    'Ext:1002 MAC:00:11:22:33:44:5a IP:10.4.2.21',
    ['1002', 'SEP00112233445A', '10.4.2.21'],
  ],
  ['what is set in italics', '_SEP001122334455_ _1002_', ['SEP001122334455', '1002']],
  ['fields of an alarm', '[DeviceType=684][IPAddress=10.4.2.21]', ['10.4.2.21']],
  [
    'numbers as on a card',
    '+44 (0)20 7946 0958, +1 (408) 555-1234 or (408) 555-1235.',
    ['+442079460958', '+14085551234', '4085551235'],
  ],
  ['sums and scores', '$5 000 000, +1 200%, 3-1', ['000']],
] as const)('%s', (_claim, text, subjects) => {
  expect(extractSubjects(text)).toEqual({ subjects, left: 0 });
});

test('numbers that stand side by side are asked as several', () => {
  expect(asQuestion(['SEP001122334455', '408', '555', '1234', '10.1.2.3'])).toBe(
    'SEP001122334455 408, 555, 1234 10.1.2.3',
  );
});

test('beyond what a question can name it counts', () => {
  const text = Array.from({ length: MOST_SUBJECTS + 30 }, (_, i) => 10_000 + i).join('\n');
  const { subjects, left } = extractSubjects(text);
  expect(subjects.length).toBe(MOST_SUBJECTS);
  expect(left).toBe(30);
});

test('40 000 characters take little time, whatever they are', () => {
  const started = performance.now();
  for (const piece of [
    '00:',
    '1.',
    'a',
    'SEP',
    ':',
    '11 22 ',
    '10.1.2.3/',
    '+1 ',
    '(',
    '+1 (408) 555-1234 ',
    '0 ',
  ]) {
    extractSubjects(piece.repeat(40_000 / piece.length));
  }
  expect(performance.now() - started).toBeLessThan(15_000);
});

test('a phone is found in any form, between any words', () => {
  const mac = fc.stringMatching(/^[0-9a-f]{11}[a-f]$/);
  const form = fc.constantFrom(
    (digits: string) => digits.match(/../g)?.join(':') ?? '',
    (digits: string) => digits.match(/../g)?.join('-').toUpperCase() ?? '',
    (digits: string) => digits.match(/..../g)?.join('.') ?? '',
    (digits: string) => `SEP${digits}`,
  );
  fc.assert(
    fc.property(
      mac,
      form,
      fc.constantFrom('', 'see ', '('),
      fc.constantFrom('', ' now', ')', ', '),
      (digits, write, before, after) => {
        expect(extractSubjects(`${before}${write(digits)}${after}`).subjects).toEqual([
          `SEP${digits.toUpperCase()}`,
        ]);
      },
    ),
  );
});
