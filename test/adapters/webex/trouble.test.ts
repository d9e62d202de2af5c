/** What goes wrong in Webex, and what people see of it. */
import { expect, test } from 'vitest';
import { WebexRefusal } from '../../../adapters/webex/failure.ts';
import { ChatError } from '../../../src/chat.ts';
import { view } from '../core.ts';
import { openSpaces } from './space.ts';

const REFRESH = [{ label: 'Refresh', command: '1002 fresh:' }];

test.each([
  ['429 with Retry-After', 'tooMany', 'POST messages'],
  ['429 on looking the message up', 'tooMany', 'GET messages/{id}'],
  ['429 on who asks', 'tooMany', 'GET people/{id}'],
  ['503', 'failing', 'POST messages'],
  ['503 on looking the message up', 'failing', 'GET messages/{id}'],
  ['a connection that breaks', 'cutting', 'POST messages'],
] as const)('%s: the answer comes all the same, once', async (_claim, trouble, method) => {
  const { webex, asked } = await openSpaces();
  webex.trouble[trouble](method);
  const question = await webex.say('Voice', 'anna', '@risbot 1002');
  await webex.nextMessage('Voice');
  await webex.settled();
  expect(webex.thread(question).length).toBe(2);
  expect(asked.length).toBe(1);
});

test('every tenth call answered 429: every question is answered once', async () => {
  const { webex } = await openSpaces();
  webex.trouble.everyTooMany(10, 1);
  const questions = await Promise.all(
    Array.from({ length: 30 }, (_, i) => webex.say('Voice', 'anna', `@risbot ${1000 + i}`)),
  );
  const answers = () => questions.map((question) => webex.thread(question).length - 1);
  await expect.poll(() => answers().every((count) => count === 1), { timeout: 15_000 }).toBe(true);
  await webex.settled();
  expect(answers().every((count) => count === 1)).toBe(true);
  expect(webex.calls().some(({ status }) => status === 429)).toBe(true);
});

test('taken out of the space meanwhile: the answer comes in direct messages', async () => {
  const { webex, answerWith } = await openSpaces();
  answerWith(({ text }) => {
    webex.trouble.kick('Lobby');
    return view(text);
  });
  await webex.say('Lobby', 'anna', '@risbot 1002');
  expect((await webex.nextMessage('@anna')).text).toContain('may not answer in that space');
  expect((await webex.nextMessage('@anna')).text).toContain('1002');
});

test('the space is deleted meanwhile: the answer comes in direct messages', async () => {
  const { webex, answerWith } = await openSpaces();
  answerWith(({ text }) => {
    webex.trouble.deleteRoom('Lobby');
    return view(text);
  });
  await webex.say('Lobby', 'anna', '@risbot 1002');
  await webex.nextMessage('@anna', ({ text }) => text.includes('about 1002'));
});

test('the question is deleted meanwhile: the answer stands beside its thread', async () => {
  const { webex, asked, answerWith } = await openSpaces();
  const gate = Promise.withResolvers<void>();
  answerWith(async ({ text }) => {
    await gate.promise;
    return view(text);
  });
  const question = await webex.say('Voice', 'anna', '@risbot 1002');
  await expect.poll(() => asked.length).toBe(1);
  await webex.remove(question);
  gate.resolve();
  expect((await webex.nextMessage('Voice')).parentId).toBeUndefined();
});

test('a question that is deleted before it was read is nobody’s question', async () => {
  const { webex, asked } = await openSpaces();
  webex.trouble.tooMany('GET messages/{id}');
  const question = await webex.say('Voice', 'anna', '@risbot 1002');
  await webex.remove(question);
  await webex.say('@anna', 'anna', 'last');
  await webex.nextMessage('@anna');
  await expect
    .poll(() => webex.calls('GET messages/{id}').filter(({ status }) => status === 404).length, {
      timeout: 5_000,
    })
    .toBe(1);
  expect(asked.map(({ text }) => text)).toEqual(['last']);
});

test('a press on a card that was deleted is answered where it was pressed', async () => {
  const { webex, answerWith } = await openSpaces({ standIn: { cardEdits: true } });
  answerWith(({ text }) => view(text, { actions: REFRESH }));
  await webex.say('Voice', 'anna', '@risbot 1002');
  const card = await webex.nextMessage('Voice');
  await webex.remove(card, 'anna');
  await webex.pressAnything('anna', card.id, { ris: 1, command: '1002 fresh:' });
  const answer = await webex.nextMessage('Voice', ({ text }) => text.includes('fresh'));
  expect(answer.parentId).toBeUndefined();
});

test.each([
  ['of an older version', { ris: 0, command: '1002' }],
  ['of a newer version', { ris: 99, command: '1002' }],
  ['with a command that is none', { ris: 1, command: { toString: '1002' } }],
  ['with a key that nobody kept', { ris: 1, key: 'gone' }],
  ['that is none of ours', { command: '1002' }],
])('a press on a button %s says so, and asks nothing', async (_claim, inputs) => {
  const { webex, asked } = await openSpaces();
  await webex.say('Voice', 'anna', '@risbot 1002');
  const card = await webex.nextMessage('Voice');
  await webex.pressAnything('ben', card.id, inputs);
  expect((await webex.nextMessage('Voice')).text).toContain('too old');
  expect(asked.length).toBe(1);
});

test('another person’s press is theirs: the core hears who it was', async () => {
  const { webex, asked, answerWith } = await openSpaces();
  answerWith(({ text }) => view(text, { actions: REFRESH }));
  await webex.say('Voice', 'anna', '@risbot 1002');
  const card = await webex.nextMessage('Voice');
  await webex.press('guest', card, 'Refresh');
  await webex.nextMessage('Voice');
  expect(asked.map(({ person, guest }) => [person, guest])).toEqual([
    [webex.person('anna').email, undefined],
    [webex.person('guest').email, true],
  ]);
});

test('a card that Webex does not take is said in words', async () => {
  const { webex, log } = await openSpaces();
  webex.trouble.failing('POST messages', 2, 400);
  await webex.say('Voice', 'anna', '@risbot 1002');
  const answer = await webex.nextMessage('Voice');
  expect(answer.card).toBeNull();
  expect(answer.text).toContain('about 1002');
  expect(log.some(({ message }) => message.includes('said in words'))).toBe(true);
});

test('a token that has expired is said, and is good again when it is', async () => {
  const { webex, chat } = await openSpaces();
  webex.trouble.token('expired');
  await webex.say('Voice', 'anna', '@risbot 1002');
  await expect.poll(() => chat.status().connected).toBe(false);
  expect(chat.status().reason).toContain('token');
  webex.trouble.token('good');
  await webex.say('Voice', 'anna', '@risbot 1003');
  await webex.nextMessage('Voice');
  expect(chat.status()).toEqual({ connected: true, reason: null });
});

test('a bad token does not start, and says why', async () => {
  const { start } = await openSpaces({ start: false, options: { token: 'a_b_c' } });
  await expect(start()).rejects.toBeInstanceOf(WebexRefusal);
});

test.each([
  ['nobody’s space', 'refused'],
  ['the address of nobody', 'refused'],
] as const)('what is said unasked to %s is refused', async (where, code) => {
  const { webex, chat } = await openSpaces();
  const room = where === 'nobody’s space' ? webex.room('Secret').id : 'nobody@example.org';
  const error = await chat.post({ platform: 'webex', room }, view('x')).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ChatError);
  expect(error).toMatchObject({ code });
});

test('an answer that was lost is owned up to with the next one', async () => {
  const { webex, chat } = await openSpaces();
  webex.trouble.failing('POST messages', 2, 401);
  await webex.say('@anna', 'anna', '1002');
  await expect.poll(() => webex.calls('POST messages').length).toBe(1);
  webex.trouble.calm();
  await webex.say('@anna', 'anna', '1003');
  await webex.nextMessage('@anna', ({ text }) => text.includes('about 1003'));
  await webex.nextMessage('@anna', ({ text }) => text.includes('could not be delivered'));
  expect(chat.status().connected).toBe(true);
});

test('names with markup, links and four-byte letters reach the core, and nobody else’s markup the answer', async () => {
  const { webex, asked } = await openSpaces();
  await webex.say('Voice', 'zoe', '@risbot desc:"**b** [x](http://evil.example) 📞 <b> 100%d"');
  const answer = await webex.nextMessage('Voice');
  expect(asked[0]?.text).toContain('📞 <b> 100%d');
  expect(answer.html ?? '').not.toMatch(/<(?:strong|a|b)\b[^>]*>(?:b|x)/);
  expect(webex.rejections()).toEqual([]);
});

test.each([403, 405, 409, 501])('an edit that Webex refuses with %d is an answer below', async (status) => {
  const { webex, answerWith } = await openSpaces({ standIn: { cardEdits: true } });
  answerWith(({ text }) => view(text, { actions: REFRESH }));
  const question = await webex.say('Voice', 'anna', '@risbot 1002');
  const card = await webex.nextMessage('Voice');
  webex.trouble.failing('PUT messages/{id}', 1, status);
  await webex.press('anna', card, 'Refresh');
  const below = await webex.nextMessage('Voice', ({ text }) => text.includes('fresh'));
  expect([below.id === card.id, below.parentId]).toEqual([false, question.id]);
});

test('of two pages the one that was pressed last stands there in the end, though the first one took longer', async () => {
  const { webex, answerWith } = await openSpaces({ standIn: { cardEdits: true } });
  const pages = [2, 3].map((page) => ({ label: `Page ${page}`, command: `down page:${page}` }));
  answerWith(({ text }) => view(text, { actions: pages }));
  await webex.say('Voice', 'anna', '@risbot down');
  const card = await webex.nextMessage('Voice');
  webex.trouble.tooMany('PUT messages/{id}', 1, 1);
  await webex.press('anna', card, 'Page 2');
  await expect.poll(() => webex.calls('PUT messages/{id}').length).toBe(1);
  await webex.press('ben', card, 'Page 3');
  await webex.nextMessage('Voice', ({ text }) => text.includes('page:3'));
  await webex.settled();
  expect(webex.messages('Voice').find(({ id }) => id === card.id)?.text).toContain('page:3');
});

test('a press that is refused takes nothing from somebody else’s', async () => {
  const { webex, answerWith } = await openSpaces({ standIn: { cardEdits: true } });
  const gate = Promise.withResolvers<void>();
  answerWith(async ({ text, guest }) => {
    if (guest) return view('no', { outcome: 'refused' });
    if (text.includes('fresh')) await gate.promise;
    return view(text, { actions: REFRESH });
  });
  await webex.say('Voice', 'anna', '@risbot 1002');
  const card = await webex.nextMessage('Voice');
  await webex.press('anna', card, 'Refresh');
  await webex.press('guest', card, 'Refresh');
  await webex.nextMessage('Voice', ({ text }) => text.includes('no'));
  gate.resolve();
  expect((await webex.nextMessage('Voice', ({ text }) => text.includes('fresh'))).id).toBe(card.id);
});

test('a question that could not be looked up while the token was bad is answered when it is good', async () => {
  const { webex } = await openSpaces();
  webex.trouble.failing('GET messages/{id}', 1, 401);
  const question = await webex.say('Voice', 'anna', '@risbot 1002');
  await webex.say('@ben', 'ben', '1003');
  await webex.nextMessage('@ben');
  await webex.nextMessage('Voice');
  expect(webex.thread(question).length).toBe(2);
});

test('somebody mentioned who cannot be looked up holds up nothing', async () => {
  const { webex, asked } = await openSpaces();
  await webex.say('@anna', 'anna', 'first');
  await webex.nextMessage('@anna');
  webex.trouble.failing('GET people/{id}', 50);
  await webex.say('Voice', 'anna', '@risbot @ben');
  await webex.nextMessage('Voice');
  expect(asked.at(-1)?.text).toBe('@Ben Okafor');
});

test.each(['websocket', 'webhooks'] as const)(
  'a stop in the middle of a start leaves nothing, over %s',
  async (transport) => {
    const { webex, chat, start, url } = await openSpaces({ transport, start: false });
    webex.trouble.slow(300);
    const started = start().then(
      () => 'started',
      () => 'not started',
    );
    await expect.poll(() => webex.calls().length + 1).toBeGreaterThan(0);
    await chat.stop();
    expect(await started).toBe('not started');
    expect(webex.sockets()).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  },
);

test('a stop does not wait for a call that hangs', async () => {
  const { webex, chat } = await openSpaces();
  webex.trouble.hanging('GET rooms', 5);
  webex.trouble.hanging('POST messages', 5);
  void chat.post({ platform: 'webex', room: webex.room('Alerts').id }, view('x')).catch(() => undefined);
  await expect.poll(() => webex.calls('POST messages').length).toBe(1);
  const stopped = await Promise.race([
    chat.stop().then(() => 'stopped'),
    new Promise((resolve) => setTimeout(resolve, 5_000, 'hanging')),
  ]);
  expect(stopped).toBe('stopped');
});
