/** What can be seen of a workspace from outside, and waiting for it. */
import type { Happening, Message, View } from './model.ts';
import { channelNamed, groupNamed, userNamed } from './named.ts';
import type { Slack } from './slack.ts';
import type { World } from './world.ts';

type Sights = Pick<
  Slack,
  | 'user'
  | 'channel'
  | 'group'
  | 'messages'
  | 'thread'
  | 'ephemerals'
  | 'views'
  | 'home'
  | 'files'
  | 'happenings'
  | 'follow'
  | 'deliveries'
  | 'rejections'
  | 'calls'
>;
type Waits = Pick<Slack, 'nextMessage' | 'nextEphemeral' | 'nextView' | 'nextHome' | 'nextFile'>;

const PATIENCE = 5000;
const MODAL: readonly string[] = ['opened', 'pushed', 'view-updated'];

export function createSights(world: World): Sights & Waits {
  return { ...createViews(world), ...createWaits(world) };
}

function createViews(world: World): Sights {
  const messagesIn = (channel: string) => world.messages.get(channel) ?? [];
  return {
    user: (who) => userNamed(world, who),
    channel: (where) => channelNamed(world, where),
    group: (handle) => groupNamed(world, handle),
    messages: (where) => messagesIn(channelNamed(world, where).id).slice(),
    thread(message) {
      const root = message.thread ?? message.ts;
      return messagesIn(message.channel).filter(({ ts, thread }) => ts === root || thread === root);
    },
    ephemerals: (who) => world.ephemerals.filter(({ onlyFor }) => onlyFor === userNamed(world, who).id),
    views(who) {
      const stack = world.stacks.get(userNamed(world, who).id) ?? [];
      return stack.flatMap((id) => world.views.get(id) ?? []);
    },
    home: (who) => world.homes.get(userNamed(world, who).id) ?? null,
    files: () => [...world.files.values()],
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
  const ofMessage = (happening: Happening, types: readonly string[]): Message | null =>
    'message' in happening && types.includes(happening.type) ? happening.message : null;
  const ofView = (happening: Happening, types: readonly string[]): View | null =>
    'view' in happening && types.includes(happening.type) ? happening.view : null;
  return {
    nextMessage(where, fits = () => true, withinMs) {
      const { id } = channelNamed(world, where);
      const pick = (happening: Happening) => {
        const message = ofMessage(happening, ['posted', 'updated']);
        const isIt = message?.channel === id && message.user === world.bot.user && fits(message);
        return isIt ? message : null;
      };
      return next(`message ${id}`, pick, withinMs);
    },
    nextEphemeral(who, fits = () => true, withinMs) {
      const { id } = userNamed(world, who);
      const pick = (happening: Happening) => {
        const message = ofMessage(happening, ['ephemeral']);
        return message?.onlyFor === id && fits(message) ? message : null;
      };
      return next(`ephemeral ${id}`, pick, withinMs);
    },
    nextView(who, fits = () => true, withinMs) {
      const { id } = userNamed(world, who);
      const pick = (happening: Happening) => {
        const view = ofView(happening, MODAL);
        return view?.user === id && fits(view) ? view : null;
      };
      return next(`view ${id}`, pick, withinMs);
    },
    nextHome(who, fits = () => true, withinMs) {
      const { id } = userNamed(world, who);
      const pick = (happening: Happening) => {
        const view = ofView(happening, ['home']);
        return view?.user === id && fits(view) ? view : null;
      };
      return next(`home ${id}`, pick, withinMs);
    },
    nextFile: (fits = () => true, withinMs) =>
      next('file', (one) => (one.type === 'file' && fits(one.file) ? one.file : null), withinMs),
  };
}

/** What there was, for a test that waited in vain. */
function describe(world: World): string {
  const last = world.calls.slice(-8).map(({ method, status, error }) => `${method} ${error ?? status}`);
  const refused = world.rejections.slice(-3).map(({ error, messages }) => `${error} ${messages.join(' ')}`);
  return `Last calls: ${last.join(', ') || 'none'}. Refused: ${refused.join('; ') || 'nothing'}.`;
}
