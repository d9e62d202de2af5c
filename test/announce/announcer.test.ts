/** Announcements become views, rooms become places, and what a platform says becomes what delivery understands. */
import { expect, test } from 'vitest';
import { createAnnouncer } from '../../src/announce/announcer.ts';
import { type Chat, ChatError, type Manner, type Place, type Posted } from '../../src/chat.ts';
import type { View } from '../../src/view/view.ts';
import type { Announcement } from '../../src/watch/incident.ts';
import { AnnounceError } from '../../src/watch/ports.ts';

const ANNOUNCEMENT: Announcement = { type: 'watch-over', watch: 3, text: 'site', why: 'expired' };
const ROOM = { platform: 'slack', room: 'C1' };
const KEY = '0b3c9d1e-1111-8111-a111-111111111111';

const view = (announcement: Announcement): View => ({
  outcome: 'answered',
  title: announcement.type,
  blocks: [],
  actions: [],
  data: {},
});

/** A platform that remembers what it was asked, and rejects as it is told. */
function platform(name: string, error: unknown = null) {
  const asked: (readonly [how: string, where: Place | Posted, title: string, manner: Manner | undefined])[] =
    [];
  const chat: Pick<Chat, 'name' | 'post' | 'update'> = {
    name,
    async post(place, { title }, manner) {
      asked.push(['post', place, title, manner]);
      if (error !== null) throw error;
      return { place: { ...place, room: 'D9' }, id: '17.1' };
    },
    async update(posted, { title }, manner) {
      asked.push(['update', posted, title, manner]);
      if (error !== null) throw error;
      return posted;
    },
  };
  return { asked, chat };
}

test('a message goes to the platform of the room, and says where it came to stand', async () => {
  const slack = platform('slack');
  const webex = platform('webex');
  const announcer = createAnnouncer({ platforms: () => [webex.chat, slack.chat], view });
  const room = { platform: 'slack', room: 'U1', direct: true };
  expect(await announcer.post(room, null, ANNOUNCEMENT, KEY)).toEqual({
    place: { platform: 'slack', room: 'D9' },
    id: '17.1',
  });
  const manner = { patienceMs: 10_000, key: KEY };
  expect(slack.asked).toEqual([['post', { platform: 'slack', room: 'U1' }, 'watch-over', manner]]);
  expect(webex.asked).toEqual([]);
});

test('an answer goes into the thread of the message above', async () => {
  const slack = platform('slack');
  const announcer = createAnnouncer({ platforms: () => [slack.chat], view });
  await announcer.post(ROOM, '17.1', ANNOUNCEMENT, KEY);
  expect(slack.asked[0]?.[1]).toEqual({ platform: 'slack', room: 'C1', thread: '17.1' });
});

test('a change goes to where the message stands', async () => {
  const slack = platform('slack');
  const announcer = createAnnouncer({ platforms: () => [slack.chat], view, patienceMs: 500 });
  const place = { platform: 'slack', room: 'D9' };
  await announcer.change({ slot: 'a', room: ROOM, place, id: '17.1', at: 0 }, ANNOUNCEMENT);
  expect(slack.asked).toEqual([['update', { place, id: '17.1' }, 'watch-over', { patienceMs: 500 }]]);
});

test.each([
  [
    'limited',
    new ChatError('limited', 'ratelimited', { retryAfterMs: 30_000 }),
    'limited',
    'ratelimited',
    30_000,
  ],
  ['unreachable', new ChatError('unreachable', 'ECONNREFUSED'), 'unreachable', 'ECONNREFUSED', 0],
  ['refused', new ChatError('refused', 'is_archived'), 'refused', 'is_archived', 0],
  ['gone', new ChatError('gone', 'message_not_found'), 'gone', 'message_not_found', 0],
  ['unfit', new ChatError('unfit', 'no_text'), 'unfit', 'no_text', 0],
  ['anything else', new TypeError('x is not a function'), 'unreachable', 'unknown', 0],
] as const)('what a platform rejects with: %s', async (_claim, error, code, reason, retryAfterMs) => {
  const announcer = createAnnouncer({ platforms: () => [platform('slack', error).chat], view });
  const told = { slot: 'a', room: ROOM, place: ROOM, id: '17.1', at: 0 };
  for (const telling of [
    announcer.post(ROOM, null, ANNOUNCEMENT, KEY),
    announcer.change(told, ANNOUNCEMENT),
  ]) {
    const rejected = await telling.catch((thrown: unknown) => thrown);
    expect(rejected).toBeInstanceOf(AnnounceError);
    expect(rejected).toMatchObject({ code, reason, retryAfterMs, cause: error });
  }
});

test('a platform that is not connected is unreachable', async () => {
  const announcer = createAnnouncer({ platforms: () => [platform('webex').chat], view });
  await expect(announcer.post(ROOM, null, ANNOUNCEMENT, KEY)).rejects.toMatchObject({ code: 'unreachable' });
});

test('an announcement that has no view is unfit: it would fail for ever', async () => {
  const slack = platform('slack');
  const broken = (): View => {
    throw new RangeError('invalid time zone');
  };
  const announcer = createAnnouncer({ platforms: () => [slack.chat], view: broken });
  await expect(announcer.post(ROOM, null, ANNOUNCEMENT, KEY)).rejects.toMatchObject({ code: 'unfit' });
  expect(slack.asked).toEqual([]);
});
