/** From the outbox to Slack: the real delivery, announcer, views and adapter, over HTTP against the simulated Slack. */
import { describe, expect, test } from 'vitest';
import type { SlackOptions as StandInOptions } from '../../simulator/slack/slack.ts';
import { announcementView } from '../../src/view/announcement.ts';
import type { Announcement } from '../../src/watch/incident.ts';
import type { Outgoing } from '../../src/watch/outgoing.ts';
import type { Room } from '../../src/watch/watch.ts';
import { view } from '../adapters/core.ts';
import { openWorkspace } from '../adapters/slack/workspace.ts';
import { card, cardOf, DETAIL, hurriedClock, type Telling, tellBy } from './tell.ts';

interface SetUp extends Telling {
  readonly standIn?: StandInOptions;
  readonly postEveryMs?: number;
}

/** A workspace, and a delivery that begins with the first announcement. */
async function open({ standIn = {}, postEveryMs = 1, ...telling }: SetUp = {}) {
  const workspace = await openWorkspace({ standIn, options: { postEveryMs } });
  const { put: putTo, ...told } = tellBy(workspace.chat, telling);
  const { slack } = workspace;
  const roomOf = (where: string): Room =>
    where.startsWith('@')
      ? { platform: 'slack', room: slack.user(where).id, direct: true }
      : { platform: 'slack', room: slack.channel(where).id };
  const put = (where: string, slot: string, announcement: Announcement, more: Partial<Outgoing> = {}) =>
    putTo(roomOf(where), slot, announcement, more);
  const putCard = (where: string, back = 0, owner?: string) =>
    put(where, 'incident:12', card(back, owner), { inPlace: true });
  return { ...workspace, ...told, put, putCard };
}

const wordsOf = (message: { readonly blocks: readonly unknown[] }) => JSON.stringify(message.blocks);

describe('an incident card', () => {
  test('is posted unasked, and changed in place', async () => {
    const { slack, putCard } = await open();
    putCard('#alerts');
    const posted = await slack.nextMessage('#alerts');
    expect(posted.text).toContain('24 phones');
    expect(wordsOf(posted)).toContain('Acknowledge');
    putCard('#alerts', 20);
    const changed = await slack.nextMessage('#alerts');
    expect(changed.ts).toBe(posted.ts);
    expect(wordsOf(changed)).not.toBe(wordsOf(posted));
    expect(slack.messages('#alerts').length).toBe(1);
    expect(slack.rejections()).toEqual([]);
  });

  test('has its detail in its thread, with the list as a file', async () => {
    const { slack, put, putCard } = await open();
    put('#alerts', 'incident:12:detail', DETAIL, { under: 'incident:12' });
    putCard('#alerts');
    const posted = await slack.nextMessage('#alerts', ({ thread }) => thread === undefined);
    const file = await slack.nextFile();
    await slack.settled();
    expect(slack.thread(posted).map(({ by }) => by)).toEqual([
      'chat.postMessage',
      'chat.postMessage',
      'files',
    ]);
    expect(file.name).toBe('incident-12.csv');
    expect(file.content.toString().trim().split('\n').length).toBe(25);
    expect(file.content.toString()).not.toMatch(/(?:^|,)"?=cmd/m);
    expect(slack.rejections()).toEqual([]);
  });

  test('whose list cannot be uploaded says so in its thread, once, and is not posted again', async () => {
    const { slack, put, putCard, outbox } = await open();
    slack.trouble.refusing('files.getUploadURLExternal', 'file_uploads_disabled');
    putCard('#alerts');
    put('#alerts', 'incident:12:detail', DETAIL, { under: 'incident:12' });
    await slack.nextMessage('#alerts', ({ text }) => text.includes('could not be sent'));
    await expect.poll(() => outbox.waiting().length).toBe(0);
    expect(slack.messages('#alerts').length).toBe(3);
  });

  test('is posted anew when somebody has deleted it, and that one is changed from then on', async () => {
    const { slack, putCard } = await open();
    putCard('#alerts');
    const first = await slack.nextMessage('#alerts');
    await slack.remove(first);
    putCard('#alerts', 10);
    const second = await slack.nextMessage('#alerts');
    expect(second.ts).not.toBe(first.ts);
    putCard('#alerts', 20);
    expect((await slack.nextMessage('#alerts')).ts).toBe(second.ts);
    expect(slack.messages('#alerts').length).toBe(1);
  });

  test('reaches a person in their direct messages, and changes there', async () => {
    const { slack, putCard } = await open();
    putCard('@anna');
    const posted = await slack.nextMessage('@anna');
    putCard('@anna', 20);
    const changed = await slack.nextMessage('@anna');
    expect([changed.channel, changed.ts]).toEqual([slack.channel('@anna').id, posted.ts]);
    expect(slack.rejections()).toEqual([]);
  });

  test('names its owner as Slack shows people', async () => {
    const { slack, putCard } = await open();
    putCard('#alerts', 3, slack.user('anna').id);
    expect(wordsOf(await slack.nextMessage('#alerts'))).toContain(`<@${slack.user('anna').id}>`);
    expect(slack.rejections()).toEqual([]);
  });
});

describe('a button on an announcement', () => {
  test('is answered to whoever pressed it, and the card stays', async () => {
    const { slack, putCard, asked, answerWith } = await open();
    answerWith(({ text }) => view(`did ${text}`));
    putCard('#alerts');
    const posted = await slack.nextMessage('#alerts');
    await slack.press('ben', posted, 'Acknowledge');
    expect((await slack.nextEphemeral('ben')).text).toContain('did ack 12');
    expect(asked).toMatchObject([{ text: expect.stringContaining('ack 12'), person: slack.user('ben').id }]);
    expect(slack.messages('#alerts')).toEqual([posted]);
  });

  test('does not change the card even when its command pages or refreshes, also after a restart', async () => {
    const { slack, chat, answerWith } = await open();
    answerWith(({ text }) => view(`did ${text}`));
    const refresh = { label: 'Refresh', command: 'incidents 12 fresh:yes' };
    const place = { platform: 'slack', room: slack.channel('#alerts').id };
    await chat.post(place, view('12 phones are lost', { actions: [refresh] }));
    const posted = await slack.nextMessage('#alerts');
    await slack.press('ben', posted, 'Refresh');
    expect((await slack.nextEphemeral('ben')).text).toContain('did incidents 12');
    expect(slack.messages('#alerts')).toEqual([posted]);
    await chat.update({ place, id: posted.ts }, view('all back', { actions: [refresh] }));
    const changed = await slack.nextMessage('#alerts');
    // Nothing but the message itself says what it is: the mark is in what comes back with a press.
    const { block_id } = changed.blocks.find(({ type }) => type === 'actions') ?? {};
    const press = { actionId: 'ris:1:0', value: refresh.command, blockId: String(block_id) };
    await slack.pressAnything('carla', changed, press);
    await slack.nextEphemeral('carla');
    expect(slack.messages('#alerts')).toEqual([changed]);
  });

  test('gives an answer that is shared in the thread of the card', async () => {
    const { slack, putCard, answerWith } = await open();
    answerWith(({ text }) => view(`did ${text}`));
    putCard('#alerts');
    const posted = await slack.nextMessage('#alerts');
    await slack.press('ben', posted, 'Why did I get this?');
    await slack.press('ben', await slack.nextEphemeral('ben'), 'Share');
    expect((await slack.nextMessage('#alerts')).thread).toBe(posted.ts);
  });

  test('in direct messages is answered there', async () => {
    const { slack, putCard, answerWith } = await open();
    answerWith(({ text }) => view(`did ${text}`));
    putCard('@anna');
    const posted = await slack.nextMessage('@anna');
    await slack.press('anna', posted, 'Acknowledge');
    expect((await slack.nextMessage('@anna')).text).toContain('did ack 12');
    expect(slack.messages('@anna')[0]).toEqual(posted);
  });
});

describe('a Slack that does not take it', () => {
  test('for too many messages is asked again when it says, and others hear meanwhile', async () => {
    const { slack, putCard } = await open({ patienceMs: 200 });
    slack.trouble.tooMany('chat.postMessage', 1, 2);
    const started = performance.now();
    putCard('#alerts');
    await expect.poll(() => slack.calls('chat.postMessage').length).toBe(1);
    putCard('#alerts', 20);
    putCard('#voice');
    await slack.nextMessage('#voice');
    expect(slack.messages('#alerts')).toEqual([]);
    const card = await slack.nextMessage('#alerts');
    expect(performance.now() - started).toBeGreaterThan(1_900);
    // The latest state, at once, and nothing of the one before.
    expect(card.edited).toBeUndefined();
    expect(card.text).toBe(
      announcementView({ type: 'card', card: cardOf(20) }).title.length > 0 ? card.text : '',
    );
    expect(slack.messages('#alerts').length).toBe(1);
  });

  test('because it is away hears the latest state of everything when it is back', async () => {
    const { slack, putCard, delivery } = await open({ clock: hurriedClock(), patienceMs: 200 });
    slack.trouble.down(true);
    putCard('#alerts');
    putCard('#voice');
    await expect.poll(() => delivery.status().resting).toBe(2);
    for (const back of [5, 10, 20]) putCard('#alerts', back);
    slack.trouble.down(false);
    const card = await slack.nextMessage('#alerts', undefined, 15_000);
    await slack.nextMessage('#voice', undefined, 15_000);
    expect(wordsOf(card)).toContain('20 back');
    expect(slack.messages('#alerts').length).toBe(1);
    await expect.poll(() => delivery.status()).toEqual({ underWay: 0, resting: 0, lost: [] });
  });

  test.each([
    ['is archived', (slack: Workspace) => slack.trouble.archive('#alerts'), 'is_archived'],
    ['has removed the bot', (slack: Workspace) => slack.trouble.kick('#alerts'), 'not_in_channel'],
  ] as const)(
    'because the channel %s: it is lost, once, until it is there again',
    async (_claim, spoil, reason) => {
      const { slack, putCard, lost } = await open({ clock: hurriedClock() });
      const { id } = slack.channel('#alerts');
      spoil(slack);
      putCard('#alerts');
      await expect.poll(() => lost, { timeout: 15_000 }).toEqual([`${id} ${reason}`]);
      putCard('#voice');
      await slack.nextMessage('#voice');
      putCard('#alerts', 20);
      slack.trouble.unarchive('#alerts');
      slack.trouble.invite('#alerts');
      expect(wordsOf(await slack.nextMessage('#alerts', undefined, 60_000))).toContain('20 back');
      expect(lost.length).toBe(1);
    },
    90_000,
  );

  test('because of its token loses no room: it is the same for all', async () => {
    const { slack, putCard, delivery, lost } = await open({ clock: hurriedClock() });
    slack.trouble.token('token_revoked');
    putCard('#alerts');
    await expect.poll(() => slack.calls('chat.postMessage').length, { timeout: 15_000 }).toBeGreaterThan(6);
    expect(lost).toEqual([]);
    slack.trouble.token(null);
    await slack.nextMessage('#alerts', undefined, 15_000);
    await expect.poll(() => delivery.status().lost).toEqual([]);
  });
});

type Workspace = Awaited<ReturnType<typeof openWorkspace>>['slack'];

describe('a message whose confirmation is lost on the way', () => {
  test('stands there once where Slack knows its name, though it is sent twice', async () => {
    const { slack, putCard, outbox } = await open({ standIn: { clientIds: true } });
    slack.trouble.losing('chat.postMessage');
    putCard('#alerts');
    await expect.poll(() => outbox.waiting().length).toBe(0);
    expect(slack.calls('chat.postMessage').length).toBe(2);
    expect(slack.messages('#alerts').length).toBe(1);
    putCard('#alerts', 20);
    await slack.nextMessage('#alerts', ({ edited }) => edited !== undefined);
    expect(slack.messages('#alerts').length).toBe(1);
  });

  test('stands there twice where it does not, and the second one is changed', async () => {
    const { slack, putCard, outbox } = await open();
    slack.trouble.losing('chat.postMessage');
    putCard('#alerts');
    await expect.poll(() => outbox.waiting().length).toBe(0);
    putCard('#alerts', 20);
    await slack.nextMessage('#alerts', ({ edited }) => edited !== undefined);
    expect(slack.messages('#alerts').map(({ edited }) => edited !== undefined)).toEqual([false, true]);
  });

  test('is posted all the same when somebody has deleted it meanwhile', async () => {
    const { slack, put } = await open({
      standIn: { clientIds: true },
      clock: hurriedClock(),
      patienceMs: 50,
    });
    slack.trouble.losing('chat.postMessage', 1);
    put('#alerts', 'note', card(0));
    await slack.remove(await slack.nextMessage('#alerts'));
    await slack.nextMessage('#alerts', undefined, 15_000);
    expect(slack.messages('#alerts').length).toBe(1);
  });
});

describe('a flood of announcements', () => {
  const CROWD = Array.from({ length: 40 }, (_, i) => `#crowd${i + 1}`);
  const crowd = { people: 0, channels: CROWD.length };

  test('to many channels does not hold up answers to people', async () => {
    const { slack, put } = await open({ standIn: { crowd } });
    for (const room of CROWD) for (const number of [1, 2, 3]) put(room, `m:${number}`, card(number));
    await slack.nextMessage('#crowd1');
    await slack.say('#voice', 'anna', '@risbot 1002');
    expect((await slack.nextMessage('#voice')).text).toContain('1002');
    // Four announcements a second go out beside it.
    expect(slack.calls('chat.postMessage').length).toBeLessThan(CROWD.length);
  });

  test('to one channel lets its people go first, and stays within the pace of Slack', async () => {
    const standIn = { rateLimits: 'slack', postBurst: 1 } as const;
    const { slack, put } = await open({ standIn, postEveryMs: 1_050, patienceMs: 10_000 });
    for (let number = 1; number <= 20; number += 1) put('#voice', `m:${number}`, card(number));
    await slack.nextMessage('#voice');
    const isAnswer = ({ thread }: { readonly thread?: string }) => thread !== undefined;
    for (const number of [1002, 1003]) await slack.say('#voice', 'anna', `@risbot ${number}`);
    for (const _answer of [1, 2]) await slack.nextMessage('#voice', isAnswer, 10_000);
    // A few announcements may have had their turn already; the two answers are next.
    expect(slack.calls('chat.postMessage').length).toBeLessThan(10);
    expect(slack.calls('chat.postMessage').filter(({ status }) => status === 429)).toEqual([]);
  });

  test('of changes lets people turn pages, and puts the rest off', async () => {
    const { slack, putCard, delivery, answerWith } = await open({ standIn: { crowd, rateLimits: 'slack' } });
    answerWith(({ text }) => view(text, { actions: [{ label: 'Next', command: 'find page:2' }] }));
    await slack.say('#voice', 'anna', '@risbot find');
    const page = await slack.nextMessage('#voice');
    for (const room of CROWD) putCard(room);
    for (const room of CROWD) await slack.nextMessage(room, undefined, 15_000);
    for (const room of CROWD) putCard(room, 20);
    await expect.poll(() => delivery.status().resting, { timeout: 10_000 }).toBeGreaterThan(15);
    await slack.press('anna', page, 'Next');
    await slack.nextMessage('#voice', ({ edited }) => edited !== undefined);
    expect(delivery.status().resting).toBeGreaterThan(0);
    expect(slack.calls('chat.update').filter(({ status }) => status === 429)).toEqual([]);
  });
});
