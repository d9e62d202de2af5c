/** The form, from a bare command to its answer. */
import { expect, test } from 'vitest';
import { openWorkspace } from './workspace.ts';

const SUGGESTIONS = [{ text: 'SEP001122334455', label: 'SEP001122334455 Lobby' }];

test('a bare command opens a form whose answer is for the asker alone', async () => {
  const { slack, asked } = await openWorkspace({ core: { suggest: () => SUGGESTIONS } });
  await slack.slash('anna', '#voice', '/ris');
  const form = await slack.nextView('anna');
  const choices = await slack.suggest('anna', form, 'form:look-for', 'lob');
  expect(choices.map(({ text }) => text)).toEqual(['lob', 'SEP001122334455 Lobby']);
  const values = { 'form:look-for': 'SEP001122334455', 'form:verb': 'why', 'form:cluster': 'lab' };
  const { errors, view } = await slack.submit('anna', form, values);
  expect({ errors, view }).toEqual({ errors: null, view: null });
  expect((await slack.nextEphemeral('anna')).text).toContain('why SEP001122334455 in:lab');
  expect(asked[0]?.place.room).toBe(slack.channel('#voice').id);
  expect(slack.rejections()).toEqual([]);
});

test('suggestions are asked of the chosen cluster, for the person who types', async () => {
  const calls: unknown[] = [];
  const { slack } = await openWorkspace({
    core: {
      suggest: (typed, cluster, _limit, asker) => {
        calls.push([typed, cluster, asker?.person, asker?.groups]);
        return [];
      },
    },
  });
  await slack.slash('ben', '#voice', '/ris');
  const form = await slack.nextView('ben');
  await slack.suggest('ben', form, 'form:look-for', 'lob');
  expect(calls).toEqual([['lob', 'prod', slack.user('ben').id, ['S0OPERATE1']]]);
});

test('an empty form says what is missing, and stays open', async () => {
  const { slack, asked } = await openWorkspace();
  await slack.slash('anna', '#voice', '/ris');
  const form = await slack.nextView('anna');
  const { errors, view } = await slack.submit('anna', form, {});
  expect(Object.keys(errors ?? {})).toEqual(['form:look-for']);
  expect(view?.id).toBe(form.id);
  expect(asked).toEqual([]);
});

test('a bare mention offers a button that opens the form, and its answer is in the thread', async () => {
  const { slack } = await openWorkspace();
  const question = await slack.say('#voice', 'anna', '@risbot');
  const offer = await slack.nextMessage('#voice');
  expect(offer.thread).toBe(question.ts);
  await slack.press('ben', offer, 'Open the form');
  await slack.submit('ben', await slack.nextView('ben'), { 'form:words': '1002' });
  const answer = await slack.nextMessage('#voice');
  expect(answer.thread).toBe(question.ts);
  expect(answer.text).toContain('1002');
});

test('when the form cannot be opened in time, it says how to type instead', async () => {
  const { slack } = await openWorkspace();
  slack.trouble.refusing('views.open', 'expired_trigger_id');
  await slack.slash('anna', '#voice', '/ris');
  expect((await slack.nextEphemeral('anna')).text).toContain('Type what you look for');
});
