/** Buttons: what they do, and for whom. */
import { describe, expect, test } from 'vitest';
import { view } from '../core.ts';
import { openWorkspace } from './workspace.ts';

const NEXT = { label: 'Next', command: 'find class:phone page:2' };
const WHY = { label: 'Why', command: 'why SEP001122334455' };

/** A workspace where the first answer has buttons, and every further one says what it answers. */
async function withButtons() {
  const workspace = await openWorkspace();
  workspace.answerWith(({ text }) => view(`answer to ${text}`, { actions: [NEXT, WHY] }));
  return workspace;
}

test('a page takes the place of the one before, for everybody', async () => {
  const { slack, asked } = await withButtons();
  await slack.say('#voice', 'anna', '@risbot find class:phone');
  const card = await slack.nextMessage('#voice');
  await slack.press('ben', card, 'Next');
  const next = await slack.nextMessage('#voice');
  expect(next.ts).toBe(card.ts);
  expect(next.text).toContain('page:2');
  expect(asked[1]).toMatchObject({ text: NEXT.command, person: slack.user('ben').id });
  expect(slack.rejections()).toEqual([]);
});

test('a page takes the place of the one before, for the asker alone', async () => {
  const { slack } = await withButtons();
  await slack.slash('anna', '#voice', '/ris', 'find class:phone');
  const card = await slack.nextEphemeral('anna');
  await slack.press('anna', card, 'Next');
  const next = await slack.nextEphemeral('anna');
  expect(next.ts).toBe(card.ts);
  expect(slack.ephemerals('anna').length).toBe(1);
  expect(slack.messages('#voice')).toEqual([]);
});

test('another question is another answer, in the thread of the card', async () => {
  const { slack } = await withButtons();
  const question = await slack.say('#voice', 'anna', '@risbot SEP001122334455');
  const card = await slack.nextMessage('#voice');
  await slack.press('ben', card, 'Why');
  const answer = await slack.nextMessage('#voice');
  expect(answer.thread).toBe(question.ts);
  expect(answer.ts).not.toBe(card.ts);
});

test('another question about what one person saw is answered to them alone', async () => {
  const { slack } = await withButtons();
  await slack.slash('anna', '#voice', '/ris', 'SEP001122334455');
  const card = await slack.nextEphemeral('anna');
  await slack.press('anna', card, 'Why');
  const answer = await slack.nextEphemeral('anna');
  expect(answer.ts).not.toBe(card.ts);
  expect(slack.ephemerals('anna').length).toBe(2);
});

test.each([
  ['cannot be refreshed', 'failed'],
  ['was pressed by somebody who may not', 'refused'],
  ['carries what is not read any more', 'misread'],
] as const)('a card that others read stays when it %s', async (_claim, outcome) => {
  const { slack, answerWith } = await withButtons();
  await slack.say('#voice', 'anna', '@risbot find class:phone');
  const card = await slack.nextMessage('#voice');
  answerWith(() => view('You may not ask prod', { outcome }));
  await slack.press('ben', card, 'Next');
  expect((await slack.nextEphemeral('ben')).text).toContain('You may not ask prod');
  expect(slack.messages('#voice').find(({ ts }) => ts === card.ts)?.text).toBe(card.text);
});

test('Share posts the answer for everybody, names who asked, and takes the private one away', async () => {
  const { slack } = await withButtons();
  await slack.slash('anna', '#voice', '/ris', 'SEP001122334455');
  const card = await slack.nextEphemeral('anna');
  await slack.press('anna', card, 'Share');
  const shared = await slack.nextMessage('#voice');
  expect(JSON.stringify(shared.blocks)).toContain(slack.user('anna').id);
  await slack.settled();
  await expect.poll(() => slack.ephemerals('anna').length).toBe(0);
  expect(slack.rejections()).toEqual([]);
});

test('a refusal is nothing to share', async () => {
  const { slack, answerWith } = await openWorkspace();
  answerWith(() => view('You may not ask prod', { outcome: 'refused' }));
  await slack.slash('ben', '#voice', '/ris', '1002');
  expect(JSON.stringify((await slack.nextEphemeral('ben')).blocks)).not.toContain('Share');
});

test.each([
  ['paged', 'Next'],
  ['followed by another question', 'Why'],
] as const)(
  'what the shortcut found and was %s is still shared in the thread of the message',
  async (_claim, label) => {
    const { slack } = await withButtons();
    const message = await slack.say('#alerts', 'ben', 'extension 1002 is dead');
    await slack.shortcut('anna', message, 'look_up_phones');
    await slack.press('anna', await slack.nextEphemeral('anna'), label);
    await slack.press('anna', await slack.nextEphemeral('anna'), 'Share');
    expect((await slack.nextMessage('#alerts')).thread).toBe(message.ts);
  },
);

test('a share that Slack refuses says so', async () => {
  const { slack } = await withButtons();
  await slack.slash('anna', '#voice', '/ris', '1002');
  const card = await slack.nextEphemeral('anna');
  slack.trouble.refusing('chat.postMessage', 'user_is_restricted');
  await slack.press('anna', card, 'Share');
  expect((await slack.nextEphemeral('anna')).text).toContain('Something went wrong');
  await slack.press('anna', card, 'Share');
  expect((await slack.nextMessage('#voice')).text).toContain('1002');
});

describe('an answer with a file', () => {
  const file = { type: 'file', name: 'cucm.csv', mediaType: 'text/csv', content: 'name' } as const;
  const again = { label: 'Refresh', command: 'export fresh:yes' };
  async function withFile() {
    const workspace = await openWorkspace();
    workspace.answerWith(({ text }) => view(text, { blocks: [file], actions: [again, NEXT] }));
    return workspace;
  }

  test('brings it again when it is refreshed, for everybody', async () => {
    const { slack } = await withFile();
    await slack.say('#voice', 'anna', '@risbot export');
    const card = await slack.nextMessage('#voice');
    await slack.nextFile();
    await slack.press('ben', card, 'Refresh');
    await slack.nextFile();
    expect(slack.files().length).toBe(2);
  });

  test('brings it again when it is refreshed, for the asker alone', async () => {
    const { slack } = await withFile();
    await slack.slash('anna', '#voice', '/ris', 'export');
    const card = await slack.nextEphemeral('anna');
    await slack.nextFile();
    await slack.press('anna', card, 'Refresh');
    await slack.nextFile();
    expect(slack.messages('#voice')).toEqual([]);
  });

  test('does not bring it with every page', async () => {
    const { slack } = await withFile();
    await slack.say('#voice', 'anna', '@risbot export');
    const card = await slack.nextMessage('#voice');
    await slack.nextFile();
    await slack.press('ben', card, 'Next');
    await slack.nextMessage('#voice', ({ text }) => text.includes('page:2'));
    await slack.press('ben', card, 'Refresh');
    await slack.nextFile();
    expect(slack.files().length).toBe(2);
  });
});

test('Share pressed twice posts once', async () => {
  const { slack } = await withButtons();
  await slack.slash('anna', '#voice', '/ris', '1002');
  const card = await slack.nextEphemeral('anna');
  await Promise.all([slack.press('anna', card, 'Share'), slack.press('anna', card, 'Share')]);
  await slack.nextMessage('#voice');
  await slack.say('#voice', 'ben', '@risbot last');
  await slack.nextMessage('#voice', ({ text }) => text.includes('last'));
  expect(slack.messages('#voice').filter(({ text }) => text.includes('1002')).length).toBe(1);
});

test('Share works where the bot was not invited', async () => {
  const { slack } = await withButtons();
  await slack.slash('anna', '#secret', '/ris', '1002');
  const card = await slack.nextEphemeral('anna');
  await slack.press('anna', card, 'Share');
  const shared = await slack.nextMessage('#secret');
  expect(shared.by).toBe('respond');
});

test('somebody else’s private answer cannot be paged or shared', async () => {
  const { slack, asked } = await withButtons();
  await slack.slash('anna', '#voice', '/ris', '1002');
  const own = await slack.nextEphemeral('anna');
  const buttons = own.blocks.filter(({ type }) => type === 'actions');
  const blockId = String(buttons[0]?.['block_id']);
  const message = await slack.say('#voice', 'ben', 'hello');
  await slack.pressAnything('ben', message, { actionId: 'ris:1:0', value: NEXT.command, blockId });
  expect((await slack.nextEphemeral('ben')).text).toContain('somebody else');
  const share = JSON.stringify(buttons).match(/"ris:1:share","text":.*?"value":"([^"]+)"/)?.[1];
  const value = share ?? JSON.stringify(buttons).match(/"value":"([\w-]{16})"/)?.[1] ?? '';
  expect(value).not.toBe('');
  await slack.pressAnything('ben', message, { actionId: 'ris:1:share', value });
  expect((await slack.nextEphemeral('ben')).text).toContain('somebody else');
  expect(asked.length).toBe(1);
  expect(slack.messages('#voice').length).toBe(1);
});

test.each([
  ['of an older version', 'ris:0:0', 'find'],
  ['that nobody knows', 'deploy', 'prod'],
  ['whose command is forgotten', 'ris:1:k0', 'gone'],
] as const)('a button %s is answered politely', async (_claim, actionId, value) => {
  const { slack, asked } = await withButtons();
  const message = await slack.say('#voice', 'ben', 'hello');
  const delivery = await slack.pressAnything('ben', message, { actionId, value });
  expect(delivery.outcome).toBe('acknowledged');
  expect((await slack.nextEphemeral('ben')).text).toContain('too old');
  expect(asked).toEqual([]);
});

test('a share that is forgotten says so', async () => {
  const { slack } = await withButtons();
  const message = await slack.say('#voice', 'ben', 'hello');
  await slack.pressAnything('ben', message, { actionId: 'ris:1:share', value: 'gone' });
  expect((await slack.nextEphemeral('ben')).text).toContain('too old to be shared');
});

test('a command that is too long for a button works all the same', async () => {
  const { slack, asked, answerWith } = await openWorkspace();
  const command = `find ${Array.from({ length: 200 }, (_, i) => `SEP${String(i).padStart(12, '0')}`).join(' ')} page:2`;
  answerWith(({ text }) => view(text.slice(0, 20), { actions: [{ label: 'Next', command }] }));
  await slack.say('#voice', 'anna', '@risbot many');
  await slack.press('anna', await slack.nextMessage('#voice'), 'Next');
  await slack.nextMessage('#voice');
  expect(asked[1]?.text).toBe(command);
});

test('of two presses on one card the last one stays, whichever is answered first', async () => {
  const { slack, answerWith } = await withButtons();
  await slack.say('#voice', 'anna', '@risbot find class:phone');
  const card = await slack.nextMessage('#voice');
  const slow = Promise.withResolvers<void>();
  let presses = 0;
  answerWith(async () => {
    presses += 1;
    if (presses > 1) return view('the second press');
    await slow.promise;
    return view('the first press');
  });
  await slack.press('anna', card, 'Next');
  await slack.press('ben', card, 'Next');
  expect((await slack.nextMessage('#voice')).text).toContain('second');
  slow.resolve();
  await slack.say('#voice', 'anna', '@risbot last');
  await slack.nextMessage('#voice', ({ ts }) => ts !== card.ts);
  expect(slack.messages('#voice').find(({ ts }) => ts === card.ts)?.text).toContain('second');
});

test('a button in App Home is answered in direct messages', async () => {
  const { slack } = await openWorkspace({
    core: { home: async () => view('Your clusters', { actions: [WHY] }) },
  });
  await slack.openHome('anna');
  await slack.press('anna', await slack.nextHome('anna'), 'Why');
  expect((await slack.nextMessage('@anna')).text).toContain('why SEP001122334455');
});
