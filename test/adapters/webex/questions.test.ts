/** Questions and their answers, as people see them, over both transports. */
import { describe, expect, test } from 'vitest';
import { view } from '../core.ts';
import { openSpaces, type Transport } from './space.ts';

const CSV = { type: 'file', name: 'phones.csv', mediaType: 'text/csv', content: 'name\nSEP1\n' } as const;

describe.each(['websocket', 'webhooks'] as const)('over %s', (transport: Transport) => {
  test('a mention is answered in its thread, a direct message where it stands, a press by its command', async () => {
    const { webex, asked, answerWith } = await openSpaces({ transport });
    answerWith(({ text }) => view(text, { actions: [{ label: 'Why', command: `why ${text}` }] }));
    const question = await webex.say('Voice', 'anna', '@risbot 1002 <b>&amp; more');
    const answer = await webex.nextMessage('Voice');
    expect(answer.parentId).toBe(question.id);
    await webex.say('@anna', 'anna', '10.1.2.3');
    expect((await webex.nextMessage('@anna')).parentId).toBeUndefined();
    await webex.press('ben', answer, 'Why');
    await webex.nextMessage('Voice');
    expect(asked.map(({ text, person, place }) => ({ text, person, place }))).toEqual([
      {
        text: '1002 <b>&amp; more',
        person: webex.person('anna').email,
        place: { platform: 'webex', room: webex.room('Voice').id, thread: question.id },
      },
      {
        text: '10.1.2.3',
        person: webex.person('anna').email,
        place: { platform: 'webex', room: webex.room('@anna').id },
      },
      {
        text: 'why 1002 <b>&amp; more',
        person: webex.person('ben').email,
        place: { platform: 'webex', room: webex.room('Voice').id, thread: question.id },
      },
    ]);
    expect(webex.rejections()).toEqual([]);
  });
});

test('a question in a thread is answered in that thread', async () => {
  const { webex } = await openSpaces();
  const root = await webex.say('Voice', 'ben', 'the lobby phone is dead');
  await webex.say('Voice', 'anna', '@risbot 1002', { parent: root });
  expect((await webex.nextMessage('Voice')).parentId).toBe(root.id);
});

test('what is told twice is answered once, and what a bot says never', async () => {
  const { webex, asked } = await openSpaces();
  webex.trouble.deliverTwice(2);
  await webex.say('@anna', 'anna', '1002');
  await webex.nextMessage('@anna');
  await webex.say('@anna', 'anna', 'last');
  await webex.nextMessage('@anna', ({ text }) => text.includes('last'));
  expect(asked.map(({ text }) => text)).toEqual(['1002', 'last']);
});

test('somebody who is mentioned is the user that is asked about', async () => {
  const { webex, asked } = await openSpaces();
  await webex.say('Voice', 'anna', '@risbot @ben');
  await webex.nextMessage('Voice');
  expect(asked.map(({ text }) => text)).toEqual([webex.person('ben').email]);
});

test('a slow answer begins with a line that becomes the answer where Webex lets it', async () => {
  const { webex, answerWith } = await openSpaces({ standIn: { cardEdits: true } });
  const gate = Promise.withResolvers<void>();
  answerWith(async (_message, tell) => {
    tell({ text: 'asking prod: 2 questions ahead' });
    tell({ text: 'asking prod: 1 question ahead' });
    await gate.promise;
    return view('SEP001122334455 is Registered');
  });
  await webex.say('Voice', 'anna', '@risbot SEP001122334455');
  const line = await webex.nextMessage('Voice');
  expect(line.text).toContain('asking prod: 2 questions ahead');
  gate.resolve();
  const answer = await webex.nextMessage('Voice');
  expect(answer.id).toBe(line.id);
  expect(answer.text).toContain('Registered');
});

test('where Webex does not let it, the line goes and the answer stands alone; it is not asked again', async () => {
  const { webex, answerWith } = await openSpaces();
  answerWith(async ({ text }, tell) => {
    tell({ text: 'asking prod' });
    return view(text);
  });
  for (const text of ['1002', '1003', '1004', '1005']) {
    const question = await webex.say('Voice', 'anna', `@risbot ${text}`);
    await webex.nextMessage('Voice', (message) => message.text.includes(`about ${text}`));
    await expect.poll(() => webex.thread(question).length).toBe(2);
  }
  expect(webex.calls('PUT messages/{id}').length).toBe(2);
});

test('a file comes in the thread of the answer, in a message of its own', async () => {
  const { webex, answerWith } = await openSpaces();
  answerWith(() => view('240 phones', { blocks: [CSV] }));
  const question = await webex.say('Voice', 'anna', '@risbot export');
  const file = await webex.nextFile();
  expect(file.name).toBe('phones.csv');
  expect(file.content.toString()).toBe(CSV.content);
  expect(webex.thread(question).length).toBe(3);
});

test('another page takes the card’s place where Webex lets it, and stands below it where it does not', async () => {
  for (const cardEdits of [true, false]) {
    const { webex, answerWith } = await openSpaces({ standIn: { cardEdits } });
    answerWith(({ text }) => view(text, { actions: [{ label: 'Next', command: 'down page:2' }] }));
    const question = await webex.say('Voice', 'anna', '@risbot down');
    const card = await webex.nextMessage('Voice');
    await webex.press('anna', card, 'Next');
    const next = await webex.nextMessage('Voice', ({ text }) => text.includes('page:2'));
    expect(next.id === card.id).toBe(cardEdits);
    expect(next.parentId).toBe(question.id);
  }
});

test('a failure does not take a card’s place', async () => {
  const { webex, answerWith } = await openSpaces({ standIn: { cardEdits: true } });
  answerWith(({ text }) =>
    view(text, {
      outcome: text.includes('fresh:') ? 'failed' : 'answered',
      actions: [{ label: 'Refresh', command: '1002 fresh:' }],
    }),
  );
  await webex.say('Voice', 'anna', '@risbot 1002');
  const card = await webex.nextMessage('Voice');
  await webex.press('anna', card, 'Refresh');
  expect((await webex.nextMessage('Voice')).id).not.toBe(card.id);
});

test('a bare mention offers a form, and what is filled in is asked', async () => {
  const { webex, asked } = await openSpaces();
  const question = await webex.say('Voice', 'anna', '@risbot');
  const form = await webex.nextMessage('Voice');
  expect(form.parentId).toBe(question.id);
  await webex.press('ben', form, 'Ask', { lookFor: '1002', verb: 'why', cluster: 'lab' });
  await webex.nextMessage('Voice');
  expect(asked.map(({ text, person }) => [text, person])).toEqual([
    ['why 1002 in:lab', webex.person('ben').email],
  ]);
});

test('guests of other organisations are named as such to the core', async () => {
  const { webex, asked } = await openSpaces();
  await webex.say('Voice', 'guest', '@risbot 1002');
  await webex.nextMessage('Voice');
  await webex.say('Voice', 'anna', '@risbot 1003');
  await webex.nextMessage('Voice');
  expect(asked.map(({ guest }) => guest)).toEqual([true, undefined]);
});

test('the core can post by itself, to a space and to a person', async () => {
  const { webex, chat } = await openSpaces();
  await chat.post({ platform: 'webex', room: webex.room('Alerts').id }, view('cucm2 lost 412 phones'));
  expect((await webex.nextMessage('Alerts')).text).toContain('412');
  await chat.post({ platform: 'webex', room: webex.person('anna').email }, view('1002 is back'));
  expect((await webex.nextMessage('@anna')).text).toContain('is back');
});
