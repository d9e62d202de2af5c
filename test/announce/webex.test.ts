/** From the outbox to Webex: the real delivery, announcer, views and adapter, against the simulated Webex. */
import { describe, expect, test } from 'vitest';
import type { WebexOptions as StandInOptions } from '../../simulator/webex/webex.ts';
import type { Announcement } from '../../src/watch/incident.ts';
import type { Outgoing } from '../../src/watch/outgoing.ts';
import type { Room } from '../../src/watch/watch.ts';
import { view } from '../adapters/core.ts';
import { openSpaces } from '../adapters/webex/space.ts';
import { card, DETAIL, hurriedClock, type Telling, tellBy } from './tell.ts';

interface SetUp extends Telling {
  readonly standIn?: StandInOptions;
}

/** Spaces, and a delivery that begins with the first announcement. */
async function open({ standIn = {}, ...telling }: SetUp = {}) {
  const spaces = await openSpaces({ standIn });
  const { put: putTo, ...told } = tellBy(spaces.chat, telling);
  const { webex } = spaces;
  const roomOf = (where: string): Room =>
    where.startsWith('@')
      ? { platform: 'webex', room: webex.person(where).email, direct: true }
      : { platform: 'webex', room: webex.room(where).id };
  const put = (where: string, slot: string, announcement: Announcement, more: Partial<Outgoing> = {}) =>
    putTo(roomOf(where), slot, announcement, more);
  const putCard = (where: string, back = 0, owner?: string) =>
    put(where, 'incident:12', card(back, owner), { inPlace: true });
  /** Everything that waits was told. */
  const told12 = () => expect.poll(() => told.outbox.waiting().length).toBe(0);
  return { ...spaces, ...told, put, putCard, told12 };
}

const wordsOf = (message: { readonly card: object | null }) => JSON.stringify(message.card);
const EDITS = { standIn: { cardEdits: true } } as const;

describe('an incident card', () => {
  test('is posted unasked, and changed in place where Webex lets cards be changed', async () => {
    const { webex, putCard } = await open(EDITS);
    putCard('Alerts');
    const posted = await webex.nextMessage('Alerts');
    expect(posted.text).toContain('24 phones');
    expect(wordsOf(posted)).toContain('Acknowledge');
    putCard('Alerts', 20);
    const changed = await webex.nextMessage('Alerts');
    expect(changed.id).toBe(posted.id);
    expect(wordsOf(changed)).not.toBe(wordsOf(posted));
    expect(webex.messages('Alerts').length).toBe(1);
    expect(webex.rejections()).toEqual([]);
  });

  test('spends few changes on details, and has some left for what matters', async () => {
    const { webex, putCard, told12 } = await open(EDITS);
    putCard('Alerts');
    await webex.nextMessage('Alerts');
    for (let back = 1; back <= 11; back += 1) {
      putCard('Alerts', back);
      await told12();
    }
    expect(webex.calls('PUT messages/{id}').length).toBe(5);
    putCard('Alerts', 12);
    expect(
      wordsOf(await webex.nextMessage('Alerts', (message) => wordsOf(message).includes('12 back'))),
    ).toContain('12 back');
    expect(webex.messages('Alerts').length).toBe(1);
  });

  test('that cannot be changed stays as it was: half back is said below it, once', async () => {
    const { webex, putCard, told12 } = await open();
    putCard('Alerts');
    const posted = await webex.nextMessage('Alerts');
    for (const back of [3, 12, 14, 16]) {
      putCard('Alerts', back);
      await told12();
    }
    const [first, ...below] = webex.messages('Alerts');
    expect(first).toEqual(posted);
    expect(below.map(({ parentId }) => parentId)).toEqual([posted.id]);
    expect(below.map((message) => wordsOf(message).includes('12 back'))).toEqual([true]);
    // Webex has said no to cards once, and is not asked again.
    expect(webex.calls('PUT messages/{id}').length).toBe(1);
  });

  test('that cannot be changed does not say twice what its thread says anyway', async () => {
    const { webex, putCard, told12 } = await open();
    putCard('Alerts');
    await webex.nextMessage('Alerts');
    putCard('Alerts', 0, 'anna@example.com');
    await told12();
    expect(webex.messages('Alerts').length).toBe(1);
  });

  test('has its detail in its thread, with the list as a file', async () => {
    const { webex, put, putCard } = await open();
    putCard('Alerts');
    put('Alerts', 'incident:12:detail', DETAIL, { under: 'incident:12' });
    const posted = await webex.nextMessage('Alerts', ({ parentId }) => parentId === undefined);
    const file = await webex.nextFile();
    await webex.settled();
    expect(webex.thread(posted).length).toBe(3);
    expect(file.name).toBe('incident-12.csv');
    expect(file.content.toString().trim().split('\n').length).toBe(25);
    expect(webex.rejections()).toEqual([]);
  });

  test('is posted anew when somebody has deleted it', async () => {
    const { webex, putCard } = await open(EDITS);
    putCard('Alerts');
    const first = await webex.nextMessage('Alerts');
    await webex.remove(first, 'anna');
    putCard('Alerts', 10);
    const second = await webex.nextMessage('Alerts', ({ id }) => id !== first.id);
    putCard('Alerts', 20);
    expect((await webex.nextMessage('Alerts')).id).toBe(second.id);
    expect(webex.messages('Alerts').length).toBe(1);
  });

  test('reaches a person in their direct messages, and changes there', async () => {
    const { webex, putCard } = await open(EDITS);
    putCard('@anna');
    const posted = await webex.nextMessage('@anna');
    putCard('@anna', 20);
    expect((await webex.nextMessage('@anna')).id).toBe(posted.id);
  });

  test('names its owner', async () => {
    const { webex, putCard } = await open();
    putCard('Alerts', 3, 'anna@example.com');
    expect(wordsOf(await webex.nextMessage('Alerts'))).toContain('anna@example.com');
    expect(webex.rejections()).toEqual([]);
  });
});

describe('a button on an announcement', () => {
  test('is answered in the thread of the card, which stays, whatever its command', async () => {
    const { webex, chat, asked, answerWith } = await open(EDITS);
    answerWith(({ text }) => view(`did ${text}`));
    const refresh = { label: 'Refresh', command: 'incidents 12 fresh:yes' };
    const place = { platform: 'webex', room: webex.room('Alerts').id };
    await chat.post(place, view('12 phones are lost', { actions: [refresh] }));
    const posted = await webex.nextMessage('Alerts');
    await webex.press('ben', posted, 'Refresh');
    const answer = await webex.nextMessage('Alerts');
    expect([answer.parentId, answer.text.includes('did incidents 12')]).toEqual([posted.id, true]);
    expect(asked.map(({ person }) => person)).toEqual([webex.person('ben').email]);
    expect(webex.messages('Alerts')[0]).toEqual(posted);
  });
});

describe('a Webex that does not take it', () => {
  test('for too many calls is asked again when it says, and others hear meanwhile', async () => {
    const { webex, putCard } = await open({ patienceMs: 1_000 });
    webex.trouble.tooMany('POST messages', 1, 2);
    putCard('Alerts');
    await expect.poll(() => webex.calls('POST messages').length).toBe(1);
    putCard('Alerts', 20);
    putCard('Voice');
    await webex.nextMessage('Voice');
    expect(webex.messages('Alerts')).toEqual([]);
    await webex.nextMessage('Alerts');
    expect(webex.messages('Alerts').length).toBe(1);
  });

  test('because it is away hears the latest state of everything when it is back', async () => {
    const { webex, putCard } = await open({ clock: hurriedClock(), patienceMs: 200 });
    webex.trouble.down(true);
    putCard('Alerts');
    putCard('Voice');
    for (const back of [5, 10, 20]) putCard('Alerts', back);
    webex.trouble.down(false);
    const message = await webex.nextMessage('Alerts', undefined, 15_000);
    await webex.nextMessage('Voice', undefined, 15_000);
    expect(wordsOf(message)).toContain('20 back');
    expect(webex.messages('Alerts').length).toBe(1);
  });

  test('because the bot was taken out of the space: it is lost, once, until it is there again', async () => {
    const { webex, putCard, lost } = await open({ clock: hurriedClock() });
    const { id } = webex.room('Alerts');
    webex.trouble.kick('Alerts');
    putCard('Alerts');
    await expect.poll(() => lost, { timeout: 15_000 }).toEqual([`${id} HTTP 404`]);
    putCard('Alerts', 20);
    webex.trouble.invite('Alerts');
    expect(wordsOf(await webex.nextMessage('Alerts', undefined, 60_000))).toContain('20 back');
    expect(lost.length).toBe(1);
  }, 90_000);

  test('because of its token loses no room: it is the same for all', async () => {
    const { webex, putCard, delivery, lost } = await open({ clock: hurriedClock() });
    webex.trouble.token('expired');
    putCard('Alerts');
    await expect.poll(() => webex.calls('POST messages').length, { timeout: 15_000 }).toBeGreaterThan(6);
    expect(lost).toEqual([]);
    webex.trouble.token('good');
    await webex.nextMessage('Alerts', undefined, 15_000);
    await expect.poll(() => delivery.status().lost).toEqual([]);
  });
});

describe('a flood of announcements', () => {
  test('to many spaces does not hold up answers to people', async () => {
    const rooms = 40;
    const { webex, put } = await open({ standIn: { crowd: { people: 1, rooms } } });
    for (let room = 1; room <= rooms; room += 1) put(`Crowd ${room}`, 'm', card(1));
    await webex.nextMessage('Crowd 1');
    await webex.say('Voice', 'anna', '@risbot 1002');
    await webex.nextMessage('Voice');
    expect(webex.calls('POST messages').length).toBeLessThan(rooms);
  });
});
