/** Questions and their answers, as people see them, over both transports. */
import { describe, expect, test } from 'vitest';
import { view } from '../core.ts';
import { openWorkspace, type Transport } from './workspace.ts';

const CSV = { type: 'file', name: 'phones.csv', mediaType: 'text/csv', content: 'name\nSEP1\n' } as const;

describe.each(['socket', 'http'] as const)('over %s', (transport: Transport) => {
  test('a command is answered for the asker alone', async () => {
    const { slack, asked } = await openWorkspace({ transport });
    await slack.slash('anna', '#voice', '/ris', '1002');
    const answer = await slack.nextEphemeral('anna');
    expect(answer.text).toContain('1002');
    expect(slack.messages('#voice')).toEqual([]);
    expect(asked.map(({ text, person }) => ({ text, person }))).toEqual([
      { text: '1002', person: slack.user('anna').id },
    ]);
    expect(slack.rejections()).toEqual([]);
  });

  test('a mention is answered in its thread', async () => {
    const { slack, asked } = await openWorkspace({ transport });
    const question = await slack.say('#voice', 'anna', '@risbot why SEP001122334455');
    const answer = await slack.nextMessage('#voice');
    expect(answer.thread).toBe(question.ts);
    expect(asked[0]?.text).toBe('why SEP001122334455');
    expect(asked[0]?.place).toEqual({
      platform: 'slack',
      room: slack.channel('#voice').id,
      thread: question.ts,
    });
    expect(slack.rejections()).toEqual([]);
  });

  test('a direct message is answered there', async () => {
    const { slack, asked } = await openWorkspace({ transport });
    await slack.say('@anna', 'anna', '10.1.2.3');
    const answer = await slack.nextMessage('@anna');
    expect(answer.thread).toBeUndefined();
    expect(asked.map(({ text }) => text)).toEqual(['10.1.2.3']);
  });

  test('a command is acknowledged at once, however long the core takes', async () => {
    const { slack, answerWith } = await openWorkspace({ transport });
    const gate = Promise.withResolvers<void>();
    answerWith(async ({ text }) => {
      await gate.promise;
      return view(text);
    });
    const { delivery } = await slack.slash('anna', '#voice', '/ris', '1002');
    expect(delivery.outcome).toBe('acknowledged');
    expect(delivery.acknowledgedMs).toBeLessThan(1000);
    gate.resolve();
    expect((await slack.nextEphemeral('anna')).text).toContain('1002');
  });

  test('a payload that comes twice is answered once', async () => {
    const { slack, asked } = await openWorkspace({ transport });
    slack.trouble.deliverTwice(2);
    await slack.slash('anna', '#voice', '/ris', '1002');
    await slack.say('#voice', 'anna', '@risbot 1003');
    await slack.nextMessage('#voice');
    await slack.say('#voice', 'anna', '@risbot last');
    await slack.nextMessage('#voice', ({ text }) => text.includes('last'));
    expect(asked.map(({ text }) => text)).toEqual(['1002', '1003', 'last']);
  });
});

/** As typed into Slack's composer, and as it is heard. */
const COMPOSED: readonly (readonly [string, string])[] = [
  ['*@risbot* 1002', '1002'],
  ['*@risbot 1002*', '1002'],
  ['_@risbot_ 1002', '1002'],
  ['@risbot *00:11:22:33:44:55*', '00:11:22:33:44:55'],
  ['@risbot *watch* 1002', 'watch 1002'],
  ['@risbot unwatch *3*', 'unwatch 3'],
  ['@risbot *4455*', '4455'],
  ['@risbot "*4455*"', '"*4455*"'],
  ['@risbot *4455', '*4455'],
  ['@risbot ~1002~ _1003_ `1004`', '1002 1003 1004'],
  ['@risbot watch\n- 1002\n- *1001*', 'watch\n1002\n1001'],
  ['@risbot watch\n1. 1002\n2. 1001', 'watch\n1002\n1001'],
  ['@risbot down\n> 1002', 'down\n1002'],
  ['@risbot :eyes: 1002', '1002'],
  ['@risbot 00:ab:11:22:33:44', '00:ab:11:22:33:44'],
  ['@risbot desc:"R&D <lab>"', 'desc:"R&D <lab>"'],
];
const heard = (text: string) => text.replace(/ +/g, ' ');

test('what the composer formatted is heard without it, in a channel, a thread and direct messages', async () => {
  const { slack, asked } = await openWorkspace();
  const root = await slack.say('#voice', 'ben', 'the lobby phone is dead');
  for (const [typed] of COMPOSED) {
    await slack.say('#voice', 'anna', typed);
    await slack.nextMessage('#voice', ({ user }) => user === slack.bot.user);
    await slack.say('#voice', 'anna', typed, { thread: root });
    await slack.nextMessage('#voice', ({ user }) => user === slack.bot.user);
    await slack.say('@anna', 'anna', typed);
    await slack.nextMessage('@anna', ({ user }) => user === slack.bot.user);
  }
  expect(asked.map(({ text }) => heard(text))).toEqual(COMPOSED.flatMap(([, text]) => [text, text, text]));
});

test('a mention in signs is never a pattern, without blocks too', async () => {
  const { slack, asked } = await openWorkspace();
  for (const typed of [
    '*@risbot* 1002',
    '*@risbot 1002*',
    '*_@risbot_* 1002',
    '~*@risbot*~ 1002',
    '*@risbot 1002',
  ]) {
    await slack.say('#voice', 'anna', typed, { blocks: [] });
    await slack.nextMessage('#voice');
  }
  expect(asked.map(({ text }) => text)).toEqual(['1002', '1002', '1002', '1002', '1002']);
  for (const blocks of [undefined, []]) {
    await slack.say('#voice', 'anna', '*@risbot*', blocks === undefined ? {} : { blocks });
    const form = await slack.nextMessage('#voice');
    expect(JSON.stringify(form.blocks)).toContain('Open the form');
  }
  expect(asked).toHaveLength(5);
});

test.each([
  ['*00:11:22:33:44:55*', '00:11:22:33:44:55'],
  ['*watch* _SEP001122334455_', 'watch SEP001122334455'],
  ['*4455*', '*4455*'],
  ['*4455', '*4455'],
])('a command has its signs, of which those go that can only be formatting: %s', async (typed, text) => {
  const { slack, asked } = await openWorkspace();
  await slack.slash('anna', '#voice', '/ris', typed);
  await slack.nextEphemeral('anna');
  expect(asked.map((one) => one.text)).toEqual([text]);
});

test('the shortcut finds what is formatted', async () => {
  const { slack, asked } = await openWorkspace();
  const message = await slack.say('#voice', 'ben', 'see _SEP001122334455_, *1002* and\n- ~10.4.2.21~');
  await slack.shortcut('anna', message, 'look_up_phones');
  await slack.nextEphemeral('anna');
  expect(asked.map(({ text }) => text)).toEqual(['SEP001122334455 1002 10.4.2.21']);
});

test('a question in a thread is answered in that thread', async () => {
  const { slack } = await openWorkspace();
  const root = await slack.say('#voice', 'ben', 'the lobby phone is dead');
  await slack.say('#voice', 'anna', '@risbot 1002', { thread: root });
  expect((await slack.nextMessage('#voice')).thread).toBe(root.ts);
});

test('a message is not answered again when it is edited or deleted, and never when a bot wrote it', async () => {
  const { slack, asked } = await openWorkspace();
  const question = await slack.say('@anna', 'anna', '1002');
  await slack.nextMessage('@anna');
  await slack.edit(question, '1003');
  await slack.remove(question);
  await slack.say('@anna', 'anna', 'last');
  await slack.nextMessage('@anna', ({ text }) => text.includes('last'));
  expect(asked.map(({ text }) => text)).toEqual(['1002', 'last']);
});

test('a slow answer begins with a line that becomes the answer', async () => {
  const { slack, answerWith } = await openWorkspace();
  const gate = Promise.withResolvers<void>();
  answerWith(async (_message, tell) => {
    tell({ text: 'asking prod: 2 questions ahead' });
    tell({ text: 'asking prod: 1 question ahead' });
    await gate.promise;
    return view('SEP001122334455 is Registered');
  });
  await slack.say('#voice', 'anna', '@risbot SEP001122334455');
  const line = await slack.nextMessage('#voice');
  expect(line.text).toBe('asking prod: 2 questions ahead');
  gate.resolve();
  const answer = await slack.nextMessage('#voice');
  expect(answer.ts).toBe(line.ts);
  expect(answer.text).toContain('Registered');
  expect(slack.messages('#voice').length).toBe(2);
});

test('a slow answer to a command begins with a line above it', async () => {
  const { slack, answerWith } = await openWorkspace();
  answerWith(async (_message, tell) => {
    tell({ text: 'asking prod' });
    return view('SEP001122334455 is Registered');
  });
  await slack.slash('anna', '#voice', '/ris', 'SEP001122334455');
  const line = await slack.nextEphemeral('anna');
  expect(line.text).toBe('asking prod');
  // Nothing can change it once there is an answer.
  expect(shown(line)).toEqual(['asking prod']);
  expect((await slack.nextEphemeral('anna')).text).toContain('Registered');
});

/** What stands in the lines of a message that are no card. */
function shown(message: { readonly blocks: readonly unknown[] } | undefined): readonly string[] {
  const blocks = (message?.blocks ?? []) as readonly {
    readonly elements: readonly { readonly text: string }[];
  }[];
  return blocks.flatMap(({ elements }) => elements.map(({ text }) => text));
}

test('a file comes in the thread of the answer', async () => {
  const { slack, answerWith } = await openWorkspace();
  answerWith(() => view('240 phones', { blocks: [CSV] }));
  const question = await slack.say('#voice', 'anna', '@risbot export');
  const file = await slack.nextFile(({ state }) => state === 'complete');
  expect(file.name).toBe('phones.csv');
  expect(file.content.toString()).toBe(CSV.content);
  expect(file.channels).toEqual([slack.channel('#voice').id]);
  expect(slack.thread(question).some(({ files }) => files.includes(file.id))).toBe(true);
});

test('the file of an answer for one person comes in their direct messages, which the answer says', async () => {
  const { slack, answerWith } = await openWorkspace();
  answerWith(() => view('240 phones', { blocks: [CSV] }));
  await slack.slash('anna', '#voice', '/ris', 'export');
  const file = await slack.nextFile(({ state }) => state === 'complete');
  expect(file.channels).toEqual([slack.channel('@anna').id]);
  await slack.nextEphemeral('anna', ({ text }) => text.includes('direct messages'));
  expect(slack.messages('#voice')).toEqual([]);
  const [line] = slack.messages('@anna');
  expect(shown(line)).toEqual(['📎 240 phones']);
});

test('the core hears which groups somebody is in, by id, and Slack is asked once', async () => {
  const { slack, asked } = await openWorkspace();
  await slack.slash('ben', '#voice', '/ris', '1002');
  await slack.nextEphemeral('ben');
  await slack.slash('carla', '#voice', '/ris', '1002');
  await slack.nextEphemeral('carla');
  expect(asked.map(({ groups }) => groups)).toEqual([['S0OPERATE1'], []]);
  expect(slack.calls('usergroups.list').length).toBe(1);
});

test('where the bot is not a member, a command is answered all the same', async () => {
  const { slack } = await openWorkspace();
  await slack.slash('anna', '#random', '/ris', '1002');
  expect((await slack.nextEphemeral('anna')).text).toContain('1002');
});

test('App Home is published when it is opened', async () => {
  const { slack, homes } = await openWorkspace();
  await slack.openHome('anna');
  const home = await slack.nextHome('anna');
  expect(JSON.stringify(home.blocks)).toContain('Your clusters');
  expect(homes.map(({ person }) => person)).toEqual([slack.user('anna').id]);
});

test('the shortcut finds every phone in a message and answers the asker', async () => {
  const { slack, asked } = await openWorkspace();
  const message = await slack.say('#alerts', 'ben', 'down: 00:11:22:33:44:5f, 10.1.2.3 and extension 1002');
  await slack.shortcut('anna', message, 'look_up_phones');
  await slack.nextEphemeral('anna');
  expect(asked.map(({ text }) => text)).toEqual(['SEP00112233445F 10.1.2.3 1002']);
  expect(asked[0]?.place.thread).toBe(message.ts);
});

test('what the shortcut found is seen beside the message, and shared in its thread', async () => {
  const { slack } = await openWorkspace();
  const message = await slack.say('#alerts', 'ben', 'extension 1002 is dead');
  await slack.shortcut('anna', message, 'look_up_phones');
  const answer = await slack.nextEphemeral('anna');
  // A thread without answers shows nothing that is for one person alone.
  expect(answer.thread).toBeUndefined();
  await slack.press('anna', answer, 'Share');
  expect((await slack.nextMessage('#alerts')).thread).toBe(message.ts);
});

test('what is done is measured', async () => {
  const measured: string[] = [];
  const { slack } = await openWorkspace({
    options: {
      metrics: {
        acknowledged: (ms) => measured.push(`acknowledged ${ms >= 0 && ms < 1000}`),
        answered: (ms) => measured.push(`answered ${ms >= 0 && ms < 2500}`),
        call: (method, outcome) => measured.push(`${method} ${outcome}`),
        throttled: (method) => measured.push(`${method} throttled`),
      },
    },
  });
  slack.trouble.tooMany('chat.postMessage', 1, 1);
  await slack.say('#voice', 'anna', '@risbot 1002');
  await slack.nextMessage('#voice');
  await expect
    .poll(() => measured)
    .toEqual([
      'auth.test ok',
      'acknowledged true',
      'usergroups.list ok',
      'chat.postMessage limited',
      'chat.postMessage throttled',
      'chat.postMessage ok',
      'answered true',
    ]);
});

test('the shortcut says when there is nothing to look up', async () => {
  const { slack, asked } = await openWorkspace();
  const message = await slack.say('#alerts', 'ben', 'good morning');
  await slack.shortcut('anna', message, 'look_up_phones');
  expect((await slack.nextEphemeral('anna')).text).toContain('no MAC address');
  expect(asked).toEqual([]);
});

test('the core can post by itself, and change what it posted', async () => {
  const { slack, chat } = await openWorkspace();
  const place = { platform: 'slack', room: slack.channel('#alerts').id };
  const posted = await chat.post(place, view('cucm2 lost 412 phones'));
  expect((await slack.nextMessage('#alerts')).ts).toBe(posted.id);
  await chat.update(posted, view('all back'));
  expect(slack.messages('#alerts').map(({ text }) => text.includes('all back'))).toEqual([true]);
});
