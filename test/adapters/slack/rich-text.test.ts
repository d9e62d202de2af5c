/** What somebody wrote, out of the blocks that Slack's composer makes of it. */
import { describe, expect, test } from 'vitest';
import { everyText, messageText } from '../../../adapters/slack/incoming-text.ts';

const BOT = { type: 'user', user_id: 'U0BOT' };
const BOLD = { style: { bold: true } };
const run = (text: string, ...styles: readonly string[]) => ({
  type: 'text',
  text,
  ...(styles.length > 0 && { style: Object.fromEntries(styles.map((style) => [style, true])) }),
});
const link = (url: string, text?: string) => ({ type: 'link', url, ...(text !== undefined && { text }) });
const container = (type: string, ...elements: readonly object[]) => ({ type, elements });
const section = (...elements: readonly object[]) => container('rich_text_section', ...elements);
const list = (style: 'bullet' | 'ordered', indent: number, ...items: readonly string[]) => ({
  type: 'rich_text_list',
  style,
  indent,
  elements: items.map((item) => section(run(item, 'bold'))),
});
const rich = (...elements: readonly object[]) => [{ type: 'rich_text', block_id: 'b', elements }];
const read = (text: string, ...elements: readonly object[]) =>
  messageText({ text, blocks: rich(...elements) }, 'U0BOT').replace(/ +/g, ' ');

describe('formatting is undone', () => {
  test.each([
    ['a MAC address', '00:11:22:33:44:55', [run('00:11:22:33:44:55', 'bold')]],
    ['a number', '1002', [run('1002', 'bold')]],
    ['in italics', 'SEP001122334455', [run('SEP001122334455', 'italic')]],
    ['struck through', '1002', [run('1002', 'strike')]],
    ['every way at once', '1002', [run('1002', 'bold', 'italic', 'strike', 'code')]],
    ['half a number', '1002', [run('10', 'bold'), run('02')]],
    ['a verb', 'watch 1002', [run('watch', 'bold'), run(' 1002')]],
    ['an id', 'unwatch 3', [run('unwatch '), run('3', 'bold')]],
  ] as const)('%s', (_claim, text, runs) => {
    expect(read('', section(BOT, run(' '), ...runs))).toBe(text);
    expect(read('', section({ ...BOT, ...BOLD }, run(' ', 'bold'), ...runs))).toBe(text);
    expect(read('', section(...runs, run(' '), { ...BOT, ...BOLD }))).toBe(text);
  });
});

describe('a star in the text was typed', () => {
  test.each([
    ['in front', '*4455', [BOT, run(' *4455')]],
    ['on both sides', '*4455*', [BOT, run(' *4455*')]],
    ['and then made bold', '*4455', [BOT, run(' '), run('*4455', 'bold')]],
  ] as const)('%s', (_claim, text, runs) => {
    expect(read('', section(...runs))).toBe(text);
  });

  test.each([
    ['around the mention', [run('*'), BOT, run('* 1002')]],
    ['around all of it', [run('*'), BOT, run(' 1002*')]],
    [
      'around a mention that is bold',
      [run('*', 'bold'), { ...BOT, ...BOLD }, run('*', 'bold'), run(' 1002')],
    ],
  ] as const)('%s it is no pattern', (_claim, runs) => {
    expect(read('', section(...runs))).toBe('1002');
  });
});

describe('lines stay lines', () => {
  test.each([
    ['a list', 'watch\n1002\n1001', [section(BOT, run(' watch\n')), list('bullet', 0, '1002', '1001')]],
    [
      'a numbered list, with another inside',
      '1002\n1001\n1003',
      [list('ordered', 0, '1002'), list('bullet', 1, '1001'), list('ordered', 0, '1003')],
    ],
    [
      'a list with a list for an item',
      '1002\n1001',
      [container('rich_text_list', section(run('1002')), list('bullet', 1, '1001'))],
    ],
    ['a quote', 'down\n1002', [section(BOT, run(' down')), container('rich_text_quote', run('1002'))]],
    [
      'cells that were pasted',
      'down\n1002\tLobby\n1001\tDesk',
      [section(BOT, run(' down')), container('rich_text_preformatted', run('1002\tLobby\n1001\tDesk'))],
    ],
    ['a numbered list that was pasted', 'watch\n1002\n1001', [section(BOT, run(' watch\n1. 1002\n2. 1001'))]],
  ] as const)('%s', (_claim, text, elements) => {
    expect(read('', ...elements)).toBe(text);
  });
});

describe('what is no text becomes what it stands for', () => {
  test.each([
    ['somebody', '@U1', '<@U1>', { type: 'user', user_id: 'U1', ...BOLD }],
    [
      'a group, by its name in the text',
      '@ops',
      '<!subteam^S1|@ops>',
      { type: 'usergroup', usergroup_id: 'S1' },
    ],
    ['a group', '@S1', '<!subteam^S1>', { type: 'usergroup', usergroup_id: 'S1' }],
    ['a channel', '#voice', '<#C1|voice>', { type: 'channel', channel_id: 'C1' }],
    ['everybody', '@here', '<!here>', { type: 'broadcast', range: 'here' }],
    ['an emoji', '', ':eyes:', { type: 'emoji', name: 'eyes', unicode: '1f440' }],
    ['a colour', '#aabbcc', '#aabbcc', { type: 'color', value: '#aabbcc' }],
    ['a date', 'today', '', { type: 'date', timestamp: 1, format: '{date}', fallback: 'today' }],
    ['a phone’s own page, by any name', '10.4.2.21', '', link('http://10.4.2.21/', 'LON phone page')],
    ['a phone’s own page, by its address', '10.4.2.21', '', link('http://10.4.2.21/CGI/Screenshot')],
    ['a part of it', '10.4.2.21', '', link('http://10.4.2.21/CGI', '10.4.2.21/CGI')],
    ['its port', '10.4.2.21', '', link('http://10.4.2.21:5060', '10.4.2.21:5060')],
    ['a number on a phone’s own page', '1002', '', link('http://10.4.2.21/', '1002')],
    ['a name on another page', '1002', '', link('https://example.com/', '1002')],
    ['a number to dial', '+14085551234', '', link('tel:+14085551234', '+1 (408) 555-1234')],
    ['an e-mail address', 'anna@example.com', '', link('mailto:anna@example.com?subject=x', 'Anna')],
  ] as const)('%s', (_claim, meant, encoded, element) => {
    expect(read(`<@U0BOT> why ${encoded}`, section(BOT, run(' why '), element))).toBe(`why ${meant}`.trim());
  });

  test('`00:ab:11…` is a MAC address, although Slack takes its middle for an emoji', () => {
    const runs = [
      run(' 00'),
      { type: 'emoji', name: 'ab' },
      run('11:22:33:44 '),
      { type: 'emoji', name: 'wave' },
    ];
    expect(read('', section(BOT, ...runs))).toBe('00:ab:11:22:33:44');
  });
});

test.each([
  ['signs as they are', 'a &lt; b &amp; c', 'a < b & c', 'a < b & c'],
  ['signs escaped', 'a &lt; b &amp; c', 'a &lt; b &amp; c', 'a < b & c'],
  ['an entity that was typed, as it is', 'a &amp;lt; b', 'a &lt; b', 'a &lt; b'],
  ['an entity that was typed, escaped', 'a &amp;lt; b', 'a &amp;lt; b', 'a &lt; b'],
])('%s', (_claim, encoded, inBlocks, text) => {
  expect(read(encoded, section(run(inBlocks)))).toBe(text);
});

describe('the text counts', () => {
  const TEXT = '*<@U0BOT>* <http://10.4.2.21/|phone> 1003';
  test.each([
    ['without blocks', undefined],
    ['with none', []],
    ['with what is no list', 'blocks'],
    ['with the blocks of an app', [...rich(section(run('1002'))), { type: 'section', text: run('1002') }]],
    ['with an element that is not known', rich(section(run('1002'), { type: 'canvas' }))],
    ['with a container that is not known', rich(container('rich_text_table', run('1002')))],
    ['with what is no element', rich(section(run('1002')), null as never)],
    ['with nothing in the blocks', rich(section(run(' ')))],
    [
      'with lists without end',
      rich(
        Array(40)
          .fill(0)
          .reduce((inner) => container('rich_text_list', inner), section(run('1002'))),
      ),
    ],
  ])('%s', (_claim, blocks) => {
    expect(messageText({ text: TEXT, blocks }, 'U0BOT')).toBe('10.4.2.21 1003');
  });
});

test('a shortcut reads what was typed, and what apps have put into blocks and attachments', () => {
  const attachments = [{ fallback: '1003', fields: [{ title: 'phone', value: '*1004*' }] }];
  const typed = { text: '*10*02', blocks: rich(section(run('10', 'bold'), run('02'))), attachments };
  expect(everyText(typed, 'U0BOT')).toBe('1002\n1003\nphone\n*1004*');
  const ofApp = { text: 'in short', blocks: [{ type: 'section', text: run('1005') }] };
  expect(everyText(ofApp, 'U0BOT')).toBe('in short\n1005');
});
