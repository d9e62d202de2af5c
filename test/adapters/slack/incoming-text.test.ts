/** Slack's encodings undone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_INCOMING, plainText } from '../../../adapters/slack/incoming-text.ts';

test.each([
  ['the bot’s own mention is left out', '<@U0BOT> why 1002', 'why 1002'],
  ['a bare mention is empty', ' <@U0BOT> ', ''],
  ['another mention keeps its name', 'user <@U1|anna>', 'user @anna'],
  ['a mention without a name keeps its id', '<@U1>', '@U1'],
  ['a number is as its link dials it', '<tel:+15551234567|+1 (555) 123-4567>', '+15551234567'],
  ['an e-mail address', '<mailto:anna@example.com|anna@example.com>', 'anna@example.com'],
  ['an address that became a link', '<http://10.1.2.3|10.1.2.3>', '10.1.2.3'],
  ['a phone’s own page', '<http://10.1.2.3/CGI/Java/Serviceability>', '10.1.2.3'],
  ['a phone’s own page, IPv6', '<http://[2001:db8::1]/>', '2001:db8::1'],
  ['another page stays', '<https://example.com/a?b=1&amp;c=2>', 'https://example.com/a?b=1&c=2'],
  ['a channel', 'in <#C1|voice> or <#C2>', 'in #voice or #C2'],
  ['a user group', '<!subteam^S1|@voice-admins>', '@voice-admins'],
  ['everybody', '<!here> <!channel>', '@here @channel'],
  ['a date in words', '<!date^1392734382^{date}|yesterday>', 'yesterday'],
  ['entities, once', '&amp;lt; &lt;b&gt; &amp;', '&lt; <b> &'],
  ['code marks', '`SEP001122334455`', 'SEP001122334455'],
  ['stars are wildcards', 'SEP0011*', 'SEP0011*'],
  ['what only looks like a link', '3 < 4 > 2', '3 < 4 > 2'],
] as const)('%s', (_claim, encoded, typed) => {
  expect(plainText(encoded, 'U0BOT')).toBe(typed);
});

test('40 000 characters are read, quickly, and no more', () => {
  expect(plainText('<'.repeat(100_000), null).length).toBe(MAX_INCOMING);
  const started = performance.now();
  for (const piece of ['<@', '<a|', '<!date^', '&amp;']) plainText(piece.repeat(20_000), 'U0BOT');
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('whatever is typed, what comes out is text and not longer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
      const read = plainText(typed, 'U0BOT');
      expect(read.length).toBeLessThanOrEqual(typed.length);
    }),
  );
});

const encode = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

test('plain text comes out as it was typed', () => {
  const typed = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => !/[`]/.test(text));
  fc.assert(
    fc.property(typed, (text) => {
      expect(plainText(encode(text), 'U0BOT')).toBe(text.trim());
    }),
  );
});
