/** The watch's announcer over chat platforms: an announcement becomes a view, a room a place, and a platform's no a reason. */
import { type Chat, ChatError, type Place } from '../chat.ts';
import type { View } from '../view/view.ts';
import type { Announcement } from '../watch/incident.ts';
import { AnnounceError, type Announcer } from '../watch/ports.ts';
import type { Room } from '../watch/watch.ts';
import { stageOf } from './stage.ts';

export interface AnnouncerOptions {
  /** Those that are connected now; of one that is not, rooms are unreachable. */
  readonly platforms: () => readonly Pick<Chat, 'name' | 'post' | 'update'>[];
  readonly view: (announcement: Announcement) => View;
  /** Milliseconds after which a platform is not waited for: by then there may be a newer state to tell. Default 10 s. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 10_000;

export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const { platforms, patienceMs = PATIENCE_MS } = options;

  function chatOf(platform: string): Pick<Chat, 'post' | 'update'> {
    const chat = platforms().find(({ name }) => name === platform);
    if (chat === undefined) throw new AnnounceError('unreachable', `${platform} is not connected`);
    return chat;
  }

  function viewOf(announcement: Announcement): View {
    try {
      return options.view(announcement);
    } catch (error) {
      throw unfit(error);
    }
  }

  return {
    async post(room, thread, announcement, key) {
      const view = viewOf(announcement);
      const posted = chatOf(room.platform).post(placeOf(room, thread), view, {
        patienceMs,
        key,
        ...stageOf(announcement),
      });
      const { place, id } = await posted.catch(rejectAsAnnounced);
      return { place, id };
    },
    async change({ place, id }, announcement) {
      const view = viewOf(announcement);
      const manner = { patienceMs, ...stageOf(announcement) };
      await chatOf(place.platform).update({ place, id }, view, manner).catch(rejectAsAnnounced);
    },
  };
}

/** A person is a place by their own name: the platform finds their direct messages. */
function placeOf({ platform, room }: Room, thread: string | null): Place {
  return { platform, room, ...(thread !== null && { thread }) };
}

function unfit(cause: unknown): AnnounceError {
  return new AnnounceError('unfit', 'it has no view', { cause });
}

function rejectAsAnnounced(error: unknown): never {
  if (!(error instanceof ChatError)) throw new AnnounceError('unreachable', 'unknown', { cause: error });
  const { code, reason, retryAfterMs } = error;
  throw new AnnounceError(code, reason, { retryAfterMs, cause: error });
}
