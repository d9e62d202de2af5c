/** The form: what it offers, and what it comes to. */
import { describe, expect, test } from 'vitest';
import { buildForm, readForm } from '../../../adapters/webex/form.ts';
import { readSubmit } from '../../../adapters/webex/render-actions.ts';
import { checkCard } from '../../../simulator/webex/check/card.ts';

const VERBS = [{ name: 'find', summary: 'devices by name, number or address' }];
const CHOICES = { clusters: ['prod', 'lab'], verbs: VERBS };

/** The card as plain data, as the stand-in gets it. */
function cardOf(...form: Parameters<typeof buildForm>) {
  return JSON.parse(JSON.stringify(buildForm(...form).card));
}

const inputsOf = (...form: Parameters<typeof buildForm>): readonly string[] =>
  cardOf(...form).body.flatMap(({ id }: { readonly id?: string }) => id ?? []);

describe('what comes back', () => {
  test.each([
    ['nothing filled in', { lookFor: '', verb: '' }, null],
    ['blanks', { lookFor: '  ' }, null],
    ['only a cluster', { cluster: 'lab' }, null],
    ['words', { lookFor: ' why 1002 ' }, 'why 1002'],
    ['a verb alone', { verb: 'down', lookFor: '' }, 'down'],
    ['a verb and words', { verb: 'find', lookFor: '10* status:unreg' }, 'find 10* status:unreg'],
    ['the first cluster needs no name', { lookFor: '1002', cluster: 'prod' }, '1002'],
    ['another one does', { lookFor: '1002', cluster: 'lab' }, '1002 in:lab'],
    ['quoted when it has a space', { lookFor: '1002', cluster: 'my lab' }, '1002 in:"my lab"'],
    ['unless the words name one', { lookFor: '1002 in:prod', cluster: 'lab' }, '1002 in:prod'],
    ['other inputs do not count', { lookFor: '1002', evil: 'unwatch *' }, '1002'],
    ['values of a wrong type', { lookFor: 7, verb: ['down'], cluster: { a: 1 } }, null],
    ['more words than the form takes', { lookFor: 'x'.repeat(1001) }, null],
    ['a verb longer than any', { verb: 'x'.repeat(500) }, null],
    ['what is inherited', Object.create({ lookFor: 'down' }), null],
    ['no inputs', null, null],
    ['a list', ['down'], null],
  ])('%s', (_claim, inputs, text) => {
    expect(readForm(inputs, 'prod')).toBe(text);
  });

  test('is known for that of the form by the data of its button', () => {
    const inputs = { ...cardOf(CHOICES).actions[0].data, lookFor: '1002' };
    expect(readSubmit(inputs)).toEqual({ type: 'form', inputs });
  });
});

describe('what it offers', () => {
  test('Webex takes it', () => {
    expect(checkCard(cardOf(CHOICES))).toEqual([]);
    expect(checkCard(cardOf(CHOICES, { empty: true }))).toEqual([]);
    expect(checkCard(cardOf({ clusters: [], verbs: [] }))).toEqual([]);
  });

  test('one cluster is no choice, and no verbs are none', () => {
    expect(inputsOf(CHOICES)).toEqual(['cluster', 'lookFor', 'verb']);
    expect(inputsOf({ clusters: ['prod'], verbs: VERBS })).toEqual(['lookFor', 'verb']);
    expect(inputsOf({ clusters: ['prod'], verbs: [] })).toEqual(['lookFor']);
  });

  test('the first cluster is chosen', () => {
    expect(cardOf(CHOICES).body).toContainEqual(expect.objectContaining({ id: 'cluster', value: 'prod' }));
  });

  test('one that was sent empty says so', () => {
    const words = 'Choose or type something';
    expect(JSON.stringify(cardOf(CHOICES))).not.toContain(words);
    expect(JSON.stringify(cardOf(CHOICES, { empty: true }))).toContain(words);
  });

  test('names of clusters are text, and as long as a card can bear', () => {
    const clusters = [
      '{{DATE(2026-03-12T00:00:00Z)}}',
      'y'.repeat(151),
      ...Array.from({ length: 90 }, (_, i) => `c${i}`),
    ];
    const card = cardOf({ clusters, verbs: [{ name: 'find', summary: '📞'.repeat(90) }] });
    expect(checkCard(card)).toEqual([]);
    const [cluster] = card.body.filter(({ id }: { readonly id?: string }) => id === 'cluster');
    expect(cluster.choices).toHaveLength(49);
    expect(cluster.choices[0].title).toBe('{\u2060{DATE(2026-03-12T00:00:00Z)}}');
    expect(cluster.choices[0].value).toBe(clusters[0]);
  });
});
