import { expect, test } from 'vitest';
import { parse } from '../../src/command/parse.ts';
import { misreadView } from '../../src/view/misread.ts';
import { expectGolden } from './golden.ts';

test.each([
  ['near-verb', 'donw node:cucm2'],
  ['unknown-field', 'find nod:cucm2'],
  ['unknown-field-far', 'find colour:red'],
  ['no-value', 'find node:'],
  ['bad-status', 'find class:phone status:bogus'],
  ['bad-model', 'find model:toaster'],
  ['no-subject', 'why'],
  ['filter-not-here', 'why node:cucm2'],
  ['watch-nothing', 'watch'],
  ['bad-grace', 'watch SEP001122334455 grace:5 parsecs'],
  ['bad-until', 'mute until:someday'],
  ['option-not-here', 'find phones grace:5m'],
  ['not-watchable', 'watch status:unreg node:cucm2'],
  ['everything', '* in:lab'],
  ['everything-watched', 'watch *'],
  ['everything-muted', 'mute * for:1h'],
  ['everything-exported', 'export *'],
  ['two-orders', 'watch 1002\nmute 1003'],
])('%s', (name, text) => {
  const read = parse(text);
  if (read.type !== 'misread') throw new Error(`not misread: ${text}`);
  const view = misreadView(read);
  expectGolden(`misread-${name}`, view);
  expect(view).toMatchObject({
    outcome: 'misread',
    data: { error: { code: 'misread', message: view.title } },
  });
});

test('a long word is not thrown back whole', () => {
  const read = parse(`find ${'x'.repeat(5000)}:1`);
  if (read.type !== 'misread') throw new Error('not misread');
  expect(JSON.stringify(misreadView(read)).length).toBeLessThan(2000);
});
