/** Who is in which space. https://developer.webex.com/docs/api/v1/memberships */
import { idOf, nameIn } from '../ids.ts';
import { PAGE } from '../limits.ts';
import type { Room } from '../model.ts';
import { botRoom, leave } from '../rooms.ts';
import { showMembership } from '../show.ts';
import type { World } from '../world.ts';
import { gone, type Methods, notFound, ok, page, refusal } from './method.ts';

interface Found {
  readonly room: Room;
  readonly person: string;
}

export const membershipMethods: Methods = {
  'GET memberships': {
    query: ['roomId', 'personId', 'personEmail', 'max', 'cursor'],
    run(world, { query }) {
      const { roomId, personId, personEmail } = query;
      if (roomId !== undefined && botRoom(world, roomId) === undefined) return notFound();
      const person = personId ?? [...world.people.values()].find(({ email }) => email === personEmail)?.id;
      if (personEmail !== undefined && person === undefined) return notFound();
      // Without a space it is about the spaces that the bot is in, and about nobody else.
      if (roomId === undefined && person !== undefined && person !== world.bot.id) {
        return refusal(400, "'roomId' is needed to ask about somebody else");
      }
      const items = membershipsIn(world, roomId).filter(
        (one) => one.person === (person ?? (roomId === undefined ? world.bot.id : one.person)),
      );
      const show = (one: Found) => showMembership(world, one.room, one.person);
      return page(world, query, { items, limits: PAGE.memberships, path: 'memberships', show });
    },
  },
  'GET memberships/{id}': {
    run(world, { id }) {
      const found = find(world, id);
      return found === undefined ? notFound() : ok(showMembership(world, found.room, found.person));
    },
  },
  'DELETE memberships/{id}': {
    run(world, { id }) {
      const found = find(world, id);
      if (found === undefined) return notFound();
      if (found.person !== world.bot.id) return refusal(403, 'Only a moderator can remove other people');
      if (found.room.type === 'direct') return refusal(400, 'A direct space cannot be left');
      leave(world, found.room, world.bot.id, world.bot.id);
      return gone;
    },
  },
};

function membershipsIn(world: World, roomId: string | undefined): readonly Found[] {
  const rooms = [...world.rooms.values()].filter(
    ({ id, members }) => members.includes(world.bot.id) && (roomId === undefined || id === roomId),
  );
  return rooms.flatMap((room) => room.members.map((person) => ({ room, person })));
}

function find(world: World, id: string): Found | undefined {
  const [personName = '', roomName = ''] = nameIn('MEMBERSHIP', id)?.split(':') ?? [];
  const room = botRoom(world, idOf('ROOM', roomName));
  const person = idOf('PEOPLE', personName);
  return room?.members.includes(person) ? { room, person } : undefined;
}
