/** What the simulated Slack makes of what people type, in Slack's shapes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkRichText } from '../../../simulator/slack/check/rich-text.ts';
import type { JsonObject } from '../../../simulator/slack/json.ts';
import { type Slack, startSlack } from '../../../simulator/slack/slack.ts';

let slack: Slack;
beforeAll(async () => {
  slack = await startSlack();
});
afterAll(() => slack.stop());

const text = (words: string, style?: object) => ({ type: 'text', text: words, ...(style && { style }) });
const section = (...elements: readonly object[]) => ({ type: 'rich_text_section', elements });
const list = (style: string, indent: number, ...items: readonly object[]) => ({
  type: 'rich_text_list',
  style,
  indent,
  border: 0,
  elements: items,
});
const RISBOT = { type: 'user', user_id: 'U0RISBOT01' };
const BOLD = { bold: true };

test.each([
  ['text', 'a < b', 'a &lt; b', [section(text('a < b'))]],
  ['a mention', '@risbot 1002', '<@U0RISBOT01> 1002', [section(RISBOT, text(' 1002'))]],
  [
    'a bold mention',
    '*@risbot* 1002',
    '*<@U0RISBOT01>* 1002',
    [section({ ...RISBOT, style: BOLD }, text(' 1002'))],
  ],
  [
    'one style in another',
    '*_1002_ ~x~*',
    '*_1002_ ~x~*',
    [
      section(
        text('1002', { bold: true, italic: true }),
        text(' ', BOLD),
        text('x', { bold: true, strike: true }),
      ),
    ],
  ],
  ['a lone star', '*4455', '*4455', [section(text('*4455'))]],
  ['stars in quotes', '"*4455*"', '"*4455*"', [section(text('"*4455*"'))]],
  ['code', '`*1002*`', '`*1002*`', [section(text('*1002*', { code: true }))]],
  [
    'code in fences',
    '```\n1002\tx\n```',
    '```\n1002\tx\n```',
    [{ type: 'rich_text_preformatted', border: 0, elements: [text('1002\tx')] }],
  ],
  [
    'a list behind words',
    'watch\n- 1002\n    - 1001\n1. 1003',
    'watch\n• 1002\n    • 1001\n1. 1003',
    [
      section(text('watch')),
      list('bullet', 0, section(text('1002'))),
      list('bullet', 1, section(text('1001'))),
      list('ordered', 0, section(text('1003'))),
    ],
  ],
  ['a quote', '> 1002', '&gt; 1002', [{ type: 'rich_text_quote', elements: [text('1002')] }]],
  [
    'links',
    'http://10.4.2.21/ x@example.com',
    '<http://10.4.2.21/> <mailto:x@example.com|x@example.com>',
    [
      section({ type: 'link', url: 'http://10.4.2.21/' }, text(' '), {
        type: 'link',
        url: 'mailto:x@example.com',
        text: 'x@example.com',
      }),
    ],
  ],
  [
    'a group, a channel, everybody',
    '@voice-admins #voice @here',
    '<!subteam^S0ADMINS01> <#C0VOICE001|voice> <!here>',
    [
      section(
        { type: 'usergroup', usergroup_id: 'S0ADMINS01' },
        text(' '),
        { type: 'channel', channel_id: 'C0VOICE001' },
        text(' '),
        { type: 'broadcast', range: 'here' },
      ),
    ],
  ],
  [
    'an emoji',
    'look :eyes: :aa:',
    'look :eyes: :aa:',
    [section(text('look '), { type: 'emoji', name: 'eyes' }, text(' :aa:'))],
  ],
] as const)('%s', async (_claim, typed, encoded, elements) => {
  const message = await slack.say('#voice', 'anna', typed);
  expect(message.text).toBe(encoded);
  const [block = {}] = message.blocks as readonly JsonObject[];
  expect(block['elements']).toEqual(elements);
  const findings = { problems: [] as unknown[], characters: 0 };
  checkRichText(block, '/blocks/0', findings as never);
  expect(findings.problems).toEqual([]);
});

test('another client sends other blocks, or none', async () => {
  const blocks: readonly JsonObject[] = [
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '1003' }] }],
    },
  ];
  expect((await slack.say('#voice', 'anna', '1002', { blocks })).blocks).toEqual(blocks);
  expect((await slack.say('#voice', 'anna', '1002', { blocks: [] })).blocks).toEqual([]);
});
