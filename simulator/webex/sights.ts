/** What can be seen of the platform from outside, and waiting for it. */
import type { Happening, Message } from './model.ts';
import { personNamed, roomNamed } from './named.ts';
import type { Webex } from './webex.ts';
import type { World } from './world.ts';

type Sights = Pick<
  Webex,
  | 'person'
  | 'room'
  | 'messages'
  | 'thread'
  | 'files'
  | 'webhooks'
  | 'happenings'
  | 'follow'
  | 'deliveries'
  | 'rejections'
  | 'calls'
>;
type Waits = Pick<Webex, 'nextMessage' | 'nextFile'>;

const PATIENCE = 5000;

export function createSights(world: World): Sights & Waits {
  return { ...createViews(world), ...createWaits(world) };
}

function createViews(world: World): Sights {
  const messagesIn = (room: string) => [...world.messages.values()].filter(({ roomId }) => roomId === room);
  return {
    person: (who) => personNamed(world, who),
    room: (where) => roomNamed(world, where),
    messages: (where) => messagesIn(roomNamed(world, where).id),
    thread(message) {
      const root = message.parentId ?? message.id;
      return messagesIn(message.roomId).filter(({ id, parentId }) => id === root || parentId === root);
    },
    files: () => [...world.files.values()],
    webhooks: () => [...world.webhooks.values()],
    happenings: () => world.journal.list(),
    follow: world.journal.follow,
    deliveries: () => [...world.deliveries.values()],
    rejections: () => world.rejections.slice(),
    calls: (method) => world.calls.filter((call) => method === undefined || call.method === method),
  };
}

function createWaits(world: World): Waits {
  const next = <T>(key: string, pick: (happening: Happening) => T | null, withinMs = PATIENCE) =>
    world.journal.next(key, pick, { withinMs, describe: () => describe(world) });
  return {
    nextMessage(where, fits = () => true, withinMs) {
      const { id } = roomNamed(world, where);
      const pick = (happening: Happening): Message | null => {
        if (happening.type !== 'posted' && happening.type !== 'updated') return null;
        const { message } = happening;
        const isIt = message.roomId === id && message.personId === world.bot.id && fits(message);
        return isIt ? message : null;
      };
      return next(`message ${id}`, pick, withinMs);
    },
    nextFile: (fits = () => true, withinMs) =>
      next('file', (one) => (one.type === 'file' && fits(one.file) ? one.file : null), withinMs),
  };
}

/** What there was, for a test that waited in vain. */
function describe(world: World): string {
  const last = world.calls.slice(-8).map(({ method, status, error }) => `${method} ${error ?? status}`);
  const refused = world.rejections.slice(-3).map(({ method, messages }) => `${method} ${messages.join(' ')}`);
  return `Last calls: ${last.join(', ') || 'none'}. Refused: ${refused.join('; ') || 'nothing'}.`;
}
