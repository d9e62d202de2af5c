/** Spaces, as far as the bot is in them. https://developer.webex.com/docs/api/v1/rooms */
import { PAGE } from '../limits.ts';
import type { Room } from '../model.ts';
import { botRoom } from '../rooms.ts';
import { showRoom } from '../show.ts';
import { type Methods, notFound, ok, page, refusal } from './method.ts';

/** Default by id, as the reference says; the others newest first. */
const ORDERS: Readonly<Record<string, (a: Room, b: Room) => number>> = {
  id: (a, b) => (a.id < b.id ? -1 : 1),
  lastactivity: (a, b) => b.lastActivity - a.lastActivity,
  created: (a, b) => b.created - a.created,
};

export const roomMethods: Methods = {
  'GET rooms': {
    query: ['type', 'sortBy', 'max', 'cursor'],
    run(world, { query }) {
      const { type, sortBy = 'id' } = query;
      const order = Object.hasOwn(ORDERS, sortBy) ? ORDERS[sortBy] : undefined;
      if (order === undefined) return refusal(400, `'sortBy' cannot be '${sortBy}'`);
      if (type !== undefined && type !== 'group' && type !== 'direct') {
        return refusal(400, `'type' cannot be '${type}'`);
      }
      const mine = [...world.rooms.values()].filter(
        (room) => room.members.includes(world.bot.id) && (type === undefined || room.type === type),
      );
      const items = mine.toSorted(order);
      return page(world, query, { items, limits: PAGE.rooms, path: 'rooms', show: showRoom });
    },
  },
  'GET rooms/{id}': {
    run(world, { id }) {
      const room = botRoom(world, id);
      return room === undefined ? notFound() : ok(showRoom(room));
    },
  },
};
