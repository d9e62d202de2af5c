/** The form: what it offers, and what it comes to. */
import { expect, test } from 'vitest';
import { buildForm, buildOptions, type FormState, readForm } from '../../../adapters/slack/form.ts';

const picked = (field: string, value: string) => ({ [field]: { [field]: { selected_option: { value } } } });
const typed = (value: string | null) => ({ 'form:words': { 'form:words': { value } } });

test.each([
  ['nothing filled in', typed(null), null],
  ['blanks', typed('  '), null],
  ['only a cluster', picked('form:cluster', 'lab'), null],
  ['words', typed(' why 1002 '), 'why 1002'],
  ['a choice', picked('form:look-for', 'SEP001122334455'), 'SEP001122334455'],
  ['a verb alone', picked('form:verb', 'down'), 'down'],
  [
    'verb, choice and words',
    { ...picked('form:verb', 'find'), ...picked('form:look-for', '10*'), ...typed('status:unreg') },
    'find 10* status:unreg',
  ],
  ['the default cluster needs no name', { ...typed('1002'), ...picked('form:cluster', 'prod') }, '1002'],
  ['another one does', { ...typed('1002'), ...picked('form:cluster', 'lab') }, '1002 in:lab'],
  [
    'quoted when it has a space',
    { ...typed('1002'), ...picked('form:cluster', 'my lab') },
    '1002 in:"my lab"',
  ],
  [
    'unless the words name one',
    { ...typed('1002 in:prod'), ...picked('form:cluster', 'lab') },
    '1002 in:prod',
  ],
] as const)('%s', (_claim, state: FormState, text) => {
  expect(readForm(state, 'prod')).toBe(text);
});

test('somebody who may ask only another cluster need not name that one', () => {
  const state = { ...typed('1002'), ...picked('form:cluster', 'lab') };
  expect(readForm(state, 'lab')).toBe('1002');
});

test('one cluster is no choice', () => {
  const ids = (clusters: readonly string[]) =>
    buildForm({ clusters, verbs: [] }, '').blocks.map(({ block_id }) => block_id);
  expect(ids(['prod'])).toEqual(['form:look-for', 'form:words']);
  expect(ids(['prod', 'lab'])).toEqual(['form:cluster', 'form:look-for', 'form:words']);
});

test('what was typed comes first among the choices, once', () => {
  const known = [
    { text: '1002', label: '1002 Anna' },
    { text: '10020', label: '10020 Ben' },
  ];
  const labels = (typedSoFar: string) =>
    buildOptions(typedSoFar, known).map(({ text, value }) => [value, text.text]);
  expect(labels('100')).toEqual([
    ['100', '100'],
    ['1002', '1002 Anna'],
    ['10020', '10020 Ben'],
  ]);
  expect(labels('1002')).toEqual([
    ['1002', '1002 Anna'],
    ['10020', '10020 Ben'],
  ]);
  expect(labels('')).toEqual([
    ['1002', '1002 Anna'],
    ['10020', '10020 Ben'],
  ]);
});

test('choices stay within what Slack takes', () => {
  const many = Array.from({ length: 300 }, (_, i) => ({ text: `n${i}`, label: '📞'.repeat(60) }));
  const options = buildOptions('x'.repeat(500), [
    { text: 'y'.repeat(151), label: 'too long to carry' },
    ...many,
  ]);
  expect(options.length).toBe(100);
  for (const { text, value = '' } of options) {
    expect(text.text.length).toBeLessThanOrEqual(75);
    expect(value.length).toBeLessThanOrEqual(150);
  }
  expect(options.map(({ value }) => value)).not.toContain('y'.repeat(151));
});
