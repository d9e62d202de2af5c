import { describe, expect, test } from 'vitest';
import { checkContent } from '../../../simulator/slack/check/message.ts';
import { checkView } from '../../../simulator/slack/check/view.ts';
import type { Json, JsonObject } from '../../../simulator/slack/json.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text = 'x', more: JsonObject = {}) => ({ type: 'section', text: mrkdwn(text), ...more });
const button = (more: JsonObject = {}) => ({ type: 'button', text: plain('Go'), ...more });
const actions = (...elements: Json[]) => ({ type: 'actions', elements });
const option = (text: string, value = text) => ({ text: plain(text), value });
const select = (options: Json[]) => ({ type: 'static_select', action_id: 's', options });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const raw = (text: string) => ({ type: 'raw_text', text });
const table = (rows: number, columns: number, text = 'x') => ({
  type: 'table',
  rows: many(rows, () => many(columns, () => raw(text))),
});
const x = (length: number) => 'x'.repeat(length);

describe('messages', () => {
  test.each<[string, Json[]]>([
    ['fifty blocks', many(50, () => ({ type: 'divider' }))],
    ['a header of 150', [{ type: 'header', text: plain(x(150)) }]],
    ['a section of 3000', [section(x(3000))]],
    ['ten fields of 1000', [{ type: 'section', fields: many(10, () => mrkdwn(x(1000))) }]],
    ['25 buttons', [actions(...many(25, (index) => button({ action_id: `b${index}` })))]],
    ['a value of 2000', [actions(button({ value: x(2000), style: 'danger' }))]],
    ['100 options of 75', [actions(select(many(100, (index) => option(x(75), `${index}`))))]],
    ['ten in a context', [{ type: 'context', elements: many(10, () => mrkdwn('x')) }]],
    ['a table of 100 by 20', [table(100, 20)]],
    ['markdown of 12000', [{ type: 'markdown', text: x(12_000) }]],
    [
      'rich text in a cell',
      [
        {
          type: 'table',
          column_settings: [{ align: 'right', is_wrapped: true }],
          rows: [
            [
              {
                type: 'rich_text',
                elements: [
                  {
                    type: 'rich_text_section',
                    elements: [{ type: 'text', text: 'x', style: { bold: true } }],
                  },
                ],
              },
            ],
          ],
        },
      ],
    ],
    ['an alert', [{ type: 'alert', text: mrkdwn('cut'), level: 'warning' }]],
  ])('%s pass', (_claim, blocks) => {
    expect(checkContent({ blocks })).toMatchObject({ passed: ['blocks'] });
  });

  test.each<[string, Json[], string]>([
    [
      '51 blocks',
      many(51, () => ({ type: 'divider' })),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    [
      'a header of 151',
      [{ type: 'header', text: plain(x(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a header in mrkdwn',
      [{ type: 'header', text: mrkdwn('x') }],
      'must be a valid enum value [json-pointer:/blocks/0/text/type]',
    ],
    [
      'a section of 3001',
      [section(x(3001))],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'an empty section text',
      [section('')],
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a section with nothing',
      [{ type: 'section' }],
      'missing required field: text [json-pointer:/blocks/0]',
    ],
    [
      'eleven fields',
      [{ type: 'section', fields: many(11, () => mrkdwn('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'a field of 2001',
      [{ type: 'section', fields: [mrkdwn(x(2001))] }],
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
    ],
    ['no elements', [actions()], 'no less than 1 items allowed [json-pointer:/blocks/0/elements]'],
    [
      '26 buttons',
      [actions(...many(26, (index) => button({ action_id: `b${index}` })))],
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a label of 76',
      [actions(button({ text: plain(x(76)) }))],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a value of 2001',
      [actions(button({ value: x(2001) }))],
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'an action_id of 256',
      [actions(button({ action_id: x(256) }))],
      'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
    ],
    [
      'an action_id twice',
      [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
      '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ],
    [
      'a block_id twice',
      [section('x', { block_id: 'b' }), section('x', { block_id: 'b' })],
      '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
    ],
    [
      'a style there is not',
      [actions(button({ style: 'warning' }))],
      'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      '101 options',
      [actions(select(many(101, (index) => option('x', `${index}`))))],
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'an option of 76',
      [actions(select([option(x(76), 'v')]))],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
    ],
    [
      'six in an overflow',
      [actions({ type: 'overflow', options: many(6, (index) => option(`${index}`)) })],
      'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'eleven in a context',
      [{ type: 'context', elements: many(11, () => mrkdwn('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a button in a context',
      [{ type: 'context', elements: [button()] }],
      'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
    ],
    ['101 rows', [table(101, 1)], 'no more than 100 items allowed [json-pointer:/blocks/0/rows]'],
    ['21 columns', [table(1, 21)], 'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]'],
    [
      'an empty cell',
      [table(1, 1, '')],
      'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]',
    ],
    [
      '10 001 characters in a table',
      [table(3, 1, x(3334))],
      'must be less than 10001 characters in all cells [json-pointer:/blocks/0/rows]',
    ],
    [
      'a column setting that is null',
      [{ ...table(1, 1), column_settings: [null] }],
      'must provide an object [json-pointer:/blocks/0/column_settings/0]',
    ],
    [
      'markdown of 12 001',
      [{ type: 'markdown', text: x(12_001) }],
      'must be less than 12001 characters [json-pointer:/blocks/0/text]',
    ],
    [
      '12 001 in two markdown blocks',
      [
        { type: 'markdown', text: x(6000) },
        { type: 'markdown', text: x(6001) },
      ],
      'must be less than 12001 characters in all markdown blocks [json-pointer:/blocks/1/text]',
    ],
    ['a block there is not', [{ type: 'banner' }], 'unsupported type: banner [json-pointer:/blocks/0/type]'],
    ['a block without type', [{}], 'missing required field: type [json-pointer:/blocks/0]'],
    [
      'a property there is not',
      [section('x', { colour: 'red' })],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      'text that is a bare string',
      [{ type: 'section', text: 'x' }],
      'must provide an object [json-pointer:/blocks/0/text]',
    ],
    [
      'a property named like a method of objects',
      [section('x', { constructor: 'x' })],
      'invalid additional property: constructor [json-pointer:/blocks/0]',
    ],
    [
      'a type named like one',
      [{ type: 'toString' }],
      'unsupported type: toString [json-pointer:/blocks/0/type]',
    ],
  ])('%s are invalid_blocks', (_claim, blocks, problem) => {
    expect(checkContent({ text: 'x', blocks })).toEqual({ error: 'invalid_blocks', problems: [problem] });
  });

  test.each<[string, JsonObject, string]>([
    ['nothing at all', {}, 'no_text'],
    ['spaces alone', { text: '  ' }, 'no_text'],
    ['an empty list of blocks', { blocks: [] }, 'no_text'],
    ['40 001 characters', { text: x(40_001) }, 'msg_too_long'],
    ['blocks that are no list', { text: 'x', blocks: { type: 'divider' } }, 'invalid_blocks_format'],
    ['blocks that are no JSON', { text: 'x', blocks: '[{' }, 'invalid_blocks_format'],
    ['five sections of 3000', { text: 'x', blocks: many(5, () => section(x(3000))) }, 'msg_blocks_too_long'],
    ['two tables', { text: 'x', blocks: [table(1, 1), table(1, 1)] }, 'invalid_attachments'],
  ])('%s: %#', (_claim, args, error) => {
    expect(checkContent(args)).toMatchObject({ error });
  });

  test('blocks that are JSON in a string are read', () => {
    expect(checkContent({ blocks: JSON.stringify([section()]) })).toMatchObject({ blocks: [section()] });
  });
});

describe('views', () => {
  const modal = (more: JsonObject) => ({ type: 'modal', title: plain('Title'), blocks: [], ...more });
  const input = { type: 'input', label: plain('What'), element: { type: 'plain_text_input' } };

  test.each<[string, 'modal' | 'home', Json, string[]]>([
    ['100 blocks', 'modal', modal({ blocks: many(100, () => section()) }), []],
    [
      '101 blocks',
      'modal',
      modal({ blocks: many(101, () => section()) }),
      ['no more than 100 items allowed [json-pointer:/view/blocks]'],
    ],
    ['a title of 24', 'modal', modal({ title: plain(x(24)) }), []],
    [
      'a title of 25',
      'modal',
      modal({ title: plain(x(25)) }),
      ['must be less than 25 characters [json-pointer:/view/title/text]'],
    ],
    [
      'metadata of 3001',
      'modal',
      modal({ private_metadata: x(3001) }),
      ['must be less than 3001 characters [json-pointer:/view/private_metadata]'],
    ],
    [
      'an input without submit',
      'modal',
      modal({ blocks: [input] }),
      ['missing required field: submit [json-pointer:/view/submit]'],
    ],
    ['an input with submit', 'modal', modal({ blocks: [input], submit: plain('Ask') }), []],
    [
      'a table',
      'modal',
      modal({ blocks: [table(1, 1)] }),
      ['unsupported type: table [json-pointer:/view/blocks/0/type]'],
    ],
    [
      'a home as a modal',
      'modal',
      { type: 'home', title: plain('x'), blocks: [] },
      ['must be a valid enum value [json-pointer:/view/type]'],
    ],
    ['a home', 'home', { type: 'home', blocks: [section()] }, []],
    [
      'a home with a title',
      'home',
      { type: 'home', blocks: [], title: plain('x') },
      ['invalid additional property: title [json-pointer:/view]'],
    ],
    ['no view', 'home', null, ['must provide an object [json-pointer:/view]']],
  ])('%s', (_claim, surface, view, problems) => {
    expect(checkView(view, surface)).toEqual(problems);
  });
});
