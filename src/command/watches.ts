/** `watches`: what is watched here, by whom, and how it is doing. */
import { watchesView } from '../view/watches.ts';
import type { Watched } from '../watch/desk.ts';
import type { Verb } from './command.ts';
import { atDesk, isMeant, isSameRoom, isWatchMeant, type Order, roomOf } from './order.ts';

export const watches: Verb = {
  name: 'watches',
  summary: 'what is watched here, and how it is doing',
  usage: 'watches [all, or mine]',
  examples: ['watches', 'watches mine', 'watches all'],
  run: atDesk(async (order) => {
    const { command, context, desk } = order;
    const { asker, now } = context;
    const all = desk.watches.list(null).filter((watched) => isWatchMeant(watched, order));
    const mine = all.filter((watched) => isMine(watched, order));
    const asked = { mutes: [], direct: 0, command: command.base, page: command.page, now };
    const word = command.words[0]?.toLowerCase() ?? '';
    if (asker === null || /^(?:all|everywhere|\*)$/.test(word)) {
      return watchesView({
        ...asked,
        watches: all.filter((watched) => isShown(watched, order)),
        whose: 'all',
      });
    }
    if (/^(?:mine|my|me|dm|own)$/.test(word)) return watchesView({ ...asked, watches: mine, whose: 'mine' });
    const here = roomOf(asker);
    return watchesView({
      ...asked,
      watches: all.filter(({ watch }) => isSameRoom(watch.room, here)),
      mutes: desk.mutes.list(here).filter(({ cluster }) => isMeant(cluster, order)),
      direct: mine.filter(({ watch }) => watch.room.direct === true).length,
      whose: 'room',
    });
  }),
};

function isMine({ watch }: Watched, { context: { asker } }: Order): boolean {
  return asker !== null && watch.maker === asker.person && watch.room.platform === asker.place.platform;
}

/** What others are told in their direct messages is theirs. */
function isShown(watched: Watched, order: Order): boolean {
  const { cluster, room } = watched.watch;
  return room.direct !== true || isMine(watched, order) || order.context.may('admin', cluster);
}
