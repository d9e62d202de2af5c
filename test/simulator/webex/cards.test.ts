import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkCard } from '../../../simulator/webex/check/card.ts';
import { startWebex, type Webex } from '../../../simulator/webex/webex.ts';
import { attached, call } from './rest.ts';

const card = (more: Record<string, unknown>) => ({ type: 'AdaptiveCard', version: '1.3', ...more });
const text = (words: string) => ({ type: 'TextBlock', text: words });
const submit = (title: string, data: Record<string, unknown> = {}) => ({
  type: 'Action.Submit',
  title,
  data,
});
const input = (more: Record<string, unknown> = {}) => ({
  type: 'Input.Text',
  id: 'name',
  label: 'Name',
  ...more,
});

const RICH = card({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: 'x',
  body: [
    { type: 'TextBlock', text: '1002', size: 'large', weight: 'Bolder', wrap: true, color: 'attention' },
    { type: 'RichTextBlock', inlines: ['a', { type: 'TextRun', text: 'b', underline: true }] },
    { type: 'FactSet', facts: [{ title: 'Model', value: '8845' }] },
    {
      type: 'ColumnSet',
      columns: [
        {
          type: 'Column',
          width: 'auto',
          items: [{ type: 'Image', url: 'https://127.0.0.1/x.png', altText: 'x' }],
        },
        { type: 'Column', width: 2, items: [text('y')], selectAction: submit('row') },
      ],
    },
    { type: 'Container', style: 'emphasis', id: 'more', isVisible: false, items: [text('z')] },
    {
      type: 'ActionSet',
      actions: [{ type: 'Action.ToggleVisibility', title: 'More', targetElements: ['more'] }],
    },
    input({ isRequired: true, errorMessage: 'needed', regex: '^\\p{L}+$', maxLength: 20 }),
    { type: 'Input.ChoiceSet', id: 'kind', choices: [{ title: 'Phone', value: 'phone' }], value: 'phone' },
    { type: 'Input.Toggle', id: 'all', title: 'All' },
    { type: 'Input.Number', id: 'n', min: 1, max: 5 },
    { type: 'Input.Date', id: 'd', min: '2026-01-01' },
    { type: 'Input.Time', id: 't' },
  ],
  actions: [
    submit('Go', { verb: 'status' }),
    { type: 'Action.OpenUrl', title: 'Open', url: 'https://example.net' },
    {
      type: 'Action.ShowCard',
      title: 'Ask',
      card: { type: 'AdaptiveCard', body: [text('?')], actions: [submit('Do')] },
    },
  ],
});

describe('cards that are good', () => {
  test.each([
    ['with everything that Webex shows', RICH],
    ['with five buttons', card({ actions: ['a', 'b', 'c', 'd', 'e'].map((title) => submit(title)) })],
    ['of an older version', card({ version: '1.0', body: [text('x')] })],
  ])('%s', (_claim, good) => {
    expect(checkCard(good)).toEqual([]);
  });
});

describe('cards that are not', () => {
  const body = (...elements: unknown[]) => card({ body: elements });
  const nested = (levels: number): unknown =>
    levels === 0 ? text('x') : { type: 'Container', items: [nested(levels - 1)] };

  test.each([
    ['of a later version', card({ version: '1.4' }), '/version'],
    ['without a version', { type: 'AdaptiveCard', body: [] }, "must have required property 'version'"],
    ['without a type', { version: '1.3' }, "must have required property 'type'"],
    ['with something of 1.4', card({ refresh: {} }), 'refresh'],
    ['with six buttons', card({ actions: Array.from({ length: 6 }, () => submit('x')) }), 'more than 5'],
    [
      'with six in a set',
      body({ type: 'ActionSet', actions: Array.from({ length: 6 }, () => submit('x')) }),
      'more than 5',
    ],
    ['with Action.Execute', card({ actions: [{ type: 'Action.Execute', title: 'x' }] }), '/actions/0'],
    ['with a film', body({ type: 'Media', sources: [] }), '/body/0'],
    ['with a table', body({ type: 'Table' }), '/body/0'],
    ['with a typo', body({ ...text('x'), wrapp: true }), 'wrapp'],
    ['with a size there is not', body({ ...text('x'), size: 'huge' }), '/body/0/size'],
    [
      'with a link that runs',
      card({ actions: [{ type: 'Action.OpenUrl', title: 'x', url: 'javascript:1' }] }),
      'pattern',
    ],
    [
      'with data that is no object',
      card({ actions: [{ type: 'Action.Submit', title: 'x', data: 'y' }] }),
      '/data',
    ],
    ['with a button without words', card({ actions: [{ ...submit('') }] }), '/title'],
    ['with an input without a name', body({ type: 'Input.Text' }), "must have required property 'id'"],
    ['with two inputs of one name', body(input(), input()), 'Duplicate Id'],
    ['with a needed input that says nothing', body(input({ isRequired: true })), 'error message'],
    [
      'with a choice of nothing',
      body({ type: 'Input.ChoiceSet', id: 'c', choices: [] }),
      'at least one choice',
    ],
    ['with an expression that is none', body(input({ regex: '(' })), 'regex'],
    [
      'with a typo in what a button shows',
      card({ actions: [{ type: 'Action.ShowCard', title: 'x', card: card({ bodi: [] }) }] }),
      'bodi',
    ],
    ['deep', body(nested(20)), 'deeper than 12'],
    ['large', body(text('a'.repeat(17_000))), 'may have 16500'],
  ])('%s', (_claim, bad, reason) => {
    expect(checkCard(bad).join('\n')).toContain(reason);
  });

  test('so deep that nothing could look at it', () => {
    let list: unknown = [];
    for (let level = 0; level < 100_000; level += 1) list = [list];
    expect(checkCard(card({ body: list }))).toEqual(['the card is nested deeper than 12 levels']);
  });
});

describe('pressing', () => {
  let webex: Webex;
  beforeEach(async () => {
    webex = await startWebex();
  });
  afterEach(() => webex.stop());

  const post = async (content: Record<string, unknown>, where = 'Voice') => {
    const body = { roomId: webex.room(where).id, text: 'x', attachments: attached(content) };
    expect((await call(webex, 'POST messages', { body })).status).toBe(200);
    return webex.nextMessage(where);
  };

  test('what a person pressed is had by its id, with data and inputs', async () => {
    const message = await post(RICH);
    const { id } = await webex.press('anna', message, 'Go', { name: 'Ärger', n: '3', d: '2026-02-01' });
    const inputs = {
      verb: 'status',
      name: 'Ärger',
      kind: 'phone',
      all: 'false',
      n: '3',
      d: '2026-02-01',
      t: '',
    };
    expect((await call(webex, `GET attachment/actions/${id}`)).body).toMatchObject({
      id,
      type: 'submit',
      messageId: message.id,
      roomId: message.roomId,
      personId: webex.person('anna').id,
      inputs,
    });
  });

  test.each([
    ['by its data', { verb: 'b' }, { verb: 'b', n: 2 }],
    ['in a set in the body', 'inner', { where: 'body' }],
    ['behind an element', 'element', { where: 'element' }],
  ])('a button %s', async (_claim, action, inputs) => {
    const message = await post({
      body: [
        { type: 'ActionSet', actions: [submit('inner', { where: 'body' })] },
        { type: 'Container', items: [text('x')], selectAction: submit('element', { where: 'element' }) },
      ],
      actions: [submit('same', { verb: 'a', n: 1 }), submit('same', { verb: 'b', n: 2 })],
    });
    expect(await webex.press('anna', message, action)).toMatchObject({ inputs });
  });

  test('a button in a card that another shows sends its inputs and those around it, and no others', async () => {
    const shown = (id: string) => ({
      type: 'Action.ShowCard',
      title: id,
      card: { type: 'AdaptiveCard', body: [input({ id })], actions: [submit(`send ${id}`)] },
    });
    const message = await post({
      body: [input({ id: 'outer', value: 'o' })],
      actions: [shown('one'), shown('two')],
    });
    expect((await webex.press('anna', message, 'send one', { one: '1' })).inputs).toEqual({
      outer: 'o',
      one: '1',
    });
    await expect(webex.press('anna', message, 'send one', { two: '2' })).rejects.toThrow(
      'sends no input two',
    );
  });

  test('a button without associated inputs sends none', async () => {
    const cancel = { ...submit('Cancel', { verb: 'no' }), associatedInputs: 'none' };
    const message = await post({
      body: [input({ isRequired: true, errorMessage: 'needed' })],
      actions: [cancel],
    });
    expect((await webex.press('anna', message, 'Cancel')).inputs).toEqual({ verb: 'no' });
  });

  test.each([
    ['a needed input that is empty', {}, 'needed'],
    ['an input that does not match', { name: '1' }, 'needed'],
    ['a number out of range', { name: 'a', n: '6' }, 'n: is more than 5'],
    ['a number that is none', { name: 'a', n: 'x' }, 'n: is not a number'],
    ['a date too early', { name: 'a', d: '2025-12-31' }, 'd: is less than 2026-01-01'],
    ['a time that is none', { name: 'a', t: 'noon' }, 't: is not a time'],
    ['a choice that was not offered', { name: 'a', kind: 'car' }, 'kind: does not offer car'],
    ['a switch that is neither', { name: 'a', all: 'perhaps' }, 'all: is neither true nor false'],
    ['words too long', { name: 'a'.repeat(21) }, 'needed'],
    ['an input there is not', { name: 'a', nam: 'b' }, 'sends no input nam'],
  ])('a client does not send %s', async (_claim, inputs, reason) => {
    const message = await post(RICH);
    await expect(webex.press('anna', message, 'Go', inputs)).rejects.toThrow(reason);
    expect(webex.happenings().some(({ type }) => type === 'pressed')).toBe(false);
  });

  test('what a person cannot press throws', async () => {
    const message = await post({ actions: [submit('same'), submit('same')] });
    const plain = await webex.say('Voice', 'anna', 'x');
    await expect(webex.press('anna', message, 'Go')).rejects.toThrow('it has same, same');
    await expect(webex.press('anna', message, 'same')).rejects.toThrow('2 buttons');
    await expect(webex.press('onlooker1', message, 'same')).rejects.toThrow('does not see');
    await expect(webex.press('anna', plain, 'same')).rejects.toThrow('no card');
    await call(webex, `DELETE messages/${message.id}`);
    await expect(webex.press('anna', message, 'same')).rejects.toThrow('any more');
  });

  test('a forged press, and one on a card that is gone, come through', async () => {
    const message = await post({ actions: [submit('Go')] });
    await call(webex, `DELETE messages/${message.id}`);
    const late = await webex.pressAnything('anna', message.id, { verb: 'x' });
    expect((await call(webex, `GET attachment/actions/${late.id}`)).body).toMatchObject({
      messageId: message.id,
      roomId: message.roomId,
      inputs: { verb: 'x' },
    });
    const forged = await webex.pressAnything('anna', 'never', { verb: 'x' }, 'Secret');
    expect((await call(webex, `GET attachment/actions/${forged.id}`)).status).toBe(404);
  });
});
