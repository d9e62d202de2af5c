/** What Webex delivers, and what was typed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_INCOMING, typedText } from '../../../adapters/webex/incoming-text.ts';

const BOT = 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS9ib3Q';
const ANNA = 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS9hbm5h';
const mention = (id: string, name: string) =>
  `<spark-mention data-object-type="person" data-object-id="${id}">${name}</spark-mention>`;
const read = (html: string) =>
  typedText({ text: 'not this', html }, BOT, (id) => (id === ANNA ? 'anna@example.com' : null));

test.each([
  ['the bot’s own mention is left out', `<p>${mention(BOT, 'risbot')} 1002</p>`, '1002'],
  ['in the middle, too', `<p>why ${mention(BOT, 'risbot')} 1002</p>`, 'why   1002'],
  ['by a short name', `${mention(BOT, 'Ris')} down`, 'down'],
  [
    'somebody else is who is logged in with their address',
    `${mention(BOT, 'risbot')} ${mention(ANNA, 'Anna')}`,
    'anna@example.com',
  ],
  ['somebody unknown keeps their name', `<p>${mention('X', 'Zoe')}</p>`, '@Zoe'],
  ['lines stay lines', '<p>SEP1<br/>SEP2</p><p>SEP3</p>', 'SEP1\nSEP2\nSEP3'],
  ['a list is a column', '<ul><li>1001</li><li>1002</li></ul>', '1001\n1002'],
  ['marks go', '<p><strong>1002</strong> <em>and</em> <code>1003</code></p>', '1002 and 1003'],
  ['code marks that were typed go', '<p>`1002`</p>', '1002'],
  [
    'entities are letters',
    'desc:&quot;Tom &amp; Jerry&quot; &lt;b&gt; &#39;&#x41;&#66;',
    'desc:"Tom & Jerry" <b> \'AB',
  ],
  ['an entity is read once', '&amp;lt;', '&lt;'],
  ['what is no entity stays', 'R&amp;D &nothing; &#99999999;', 'R&D &nothing; &#99999999;'],
  ['a link is its words', '<a href="https://evil.example/">1002</a>', '1002'],
  ['a bold mention', `<p><strong>${mention(BOT, 'risbot')}</strong> 1002</p>`, '1002'],
  ['a bold mention with its subject', `<p><strong>${mention(BOT, 'risbot')} 1002</strong></p>`, '1002'],
  ['a bold verb', `<p>${mention(BOT, 'risbot')} <strong>watch</strong> 1002</p>`, 'watch 1002'],
  ['half a number in bold', '<p><strong>10</strong>02</p>', '1002'],
  ['struck through', '<p><del>1002</del> <s>1003</s></p>', '1002 1003'],
  ['a typed star stays', '<p>*4455 and *61</p>', '*4455 and *61'],
  ['stars typed around the mention', `<p>*${mention(BOT, 'risbot')}* 1002</p>`, '1002'],
  ['stars typed around a MAC address', '<p>*00:11:22:33:44:55*</p>', '00:11:22:33:44:55'],
  ['a numbered list', '<p>watch</p><ol><li>1001</li><li>1002</li></ol>', 'watch\n1001\n1002'],
  ['a list right behind words', 'watch<ul><li>1001</li></ul>', 'watch\n1001'],
  [
    'a list inside of an item',
    '<ul><li>1001<ul><li>1002</li></ul></li><li>1003</li></ul>',
    '1001\n1002\n1003',
  ],
  ['a quote', '<p>down</p><blockquote>1002</blockquote>', 'down\n1002'],
  ['pasted cells', '<pre><code>1002\tLobby\n1001\tDesk</code></pre>', '1002\tLobby\n1001\tDesk'],
  [
    'cells of a table',
    '<table><tr><td>1002</td><td>Lobby</td></tr><tr><td>1001</td></tr></table>',
    '1002\tLobby\t\n1001',
  ],
  [
    'a phone’s own page by another name',
    '<a href="http://10.4.2.21/"><b>LON phone page</b></a>',
    '10.4.2.21',
  ],
  ['a number on a phone’s own page', '<a href="http://10.4.2.21/">1002</a>', '1002'],
  ['a part of a phone’s own page', '<a href="http://10.4.2.21/CGI">10.4.2.21/CGI</a>', '10.4.2.21'],
  ['a number to dial', '<a href="tel:+14085551234">+1 (408) 555-1234</a>', '+14085551234'],
  ['a phone’s own page is the phone', '<a href="http://10.4.2.21/">http://10.4.2.21/</a>', '10.4.2.21'],
  ['another page stays', 'https://example.com/x', 'https://example.com/x'],
])('%s', (_claim, html, typed) => {
  expect(read(html)).toBe(typed);
});

test.each([
  ['*00:11:22:33:44:55*', '00:11:22:33:44:55'],
  ['**1002**', '1002'],
  ['watch\n1. 1002\n2. 1001', 'watch\n1002\n1001'],
  ['*4455', '*4455'],
])('in a message without HTML: %s', (typed, text) => {
  expect(typedText({ text: typed, html: null }, BOT, () => null)).toBe(text);
});

test('a direct message without HTML is its text', () => {
  expect(typedText({ text: ' 00:11:22:33:44:55 \n1002 ', html: null }, BOT, () => null)).toBe(
    '00:11:22:33:44:55 \n1002',
  );
});

test('whatever comes, it takes no long time and gives no tag back', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '<p>',
    '</p>',
    '<spark-mention ',
    '&',
    ';',
    '&#',
    '"',
    'x',
    ' ',
    'http://',
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 300 }).map((all) => all.join('')),
      (html) => {
        expect(read(html)).not.toContain('<p>');
      },
    ),
  );
  const long = '<spark-mention '.repeat(10_000) + '<a'.repeat(10_000);
  expect(read(long).length).toBeLessThanOrEqual(MAX_INCOMING);
});
