/** The people and spaces; always the same. */
import { idOf, personId, roomId, uuidOf } from './ids.ts';
import type { Person, Room } from './model.ts';

export const ORG = idOf('ORGANIZATION', uuidOf('organization Northwind Voice'));
const OTHER_ORG = idOf('ORGANIZATION', uuidOf('organization Contoso'));

export const BOT = {
  id: personId('risbot'),
  email: 'risbot@webex.bot',
  displayName: 'risbot',
  orgId: ORG,
} as const;
export const APP = idOf('APPLICATION', uuidOf('application risbot'));

const person = (name: string, displayName: string, more: Partial<Person> = {}): Person => ({
  id: personId(name),
  name,
  displayName,
  email: `${name}@example.com`,
  orgId: ORG,
  type: 'person',
  deleted: false,
  ...more,
});

export const PEOPLE: readonly Person[] = [
  person('risbot', BOT.displayName, { type: 'bot', email: BOT.email }),
  person('anna', 'Anna Berg'),
  person('ben', 'Ben Okafor'),
  person('carla', 'Carla Díaz'),
  person('maryam', 'مريم الهاشمي'),
  person('zoe', 'Zoë 📞 **Lind** [here](https://example.net) <b>&'),
  person('guest', 'Gil Guest', { email: 'guest@contoso.example', orgId: OTHER_ORG }),
  person('gone', 'Gerd Gone', { deleted: true }),
];

const OWN = ['anna', 'ben', 'carla', 'maryam', 'zoe'];
const CROWD_OF_ONE_SPACE = 250;
const LONG_AGO = Date.UTC(2026, 0, 5, 9);

const group = (title: string, names: readonly string[], created = LONG_AGO): Room =>
  groupOf(title, names.map(personId), created);

const groupOf = (title: string, members: readonly string[], created: number): Room => ({
  id: roomId(title),
  title,
  type: 'group',
  members,
  creator: personId('anna'),
  created,
  lastActivity: created,
});

const onlookers = numbered(CROWD_OF_ONE_SPACE).map((n) => person(`onlooker${n}`, `Onlooker ${n}`));

/** In `Crowded` are more people than one page of memberships has. */
export const ONLOOKERS: readonly Person[] = onlookers;

/** The bot is not in `Secret`. */
export const ROOMS: readonly Room[] = [
  group('Voice', [...OWN, 'guest', 'risbot']),
  group('Alerts', [...OWN, 'risbot'], LONG_AGO + 1000),
  group('Lobby', [...OWN, 'guest', 'risbot'], LONG_AGO + 2000),
  group('Crowded', [...OWN, 'guest', 'risbot', ...onlookers.map(({ name }) => name)], LONG_AGO + 3000),
  group('Secret', ['anna', 'ben'], LONG_AGO + 4000),
];

/** More people and spaces, for load: `person1` … in `Crowd 1` …, all of them in every space, with the bot. */
export interface Crowd {
  readonly people: number;
  readonly rooms: number;
}

export function crowdOf({ people, rooms }: Crowd): {
  readonly people: readonly Person[];
  readonly rooms: readonly Room[];
} {
  const crowd = numbered(people).map((n) => person(`person${n}`, `Person ${n}`));
  const members = [...crowd.map(({ id }) => id), BOT.id];
  const spaces = numbered(rooms).map((n) => groupOf(`Crowd ${n}`, members, LONG_AGO + 5000 + n));
  return { people: crowd, rooms: spaces };
}

function numbered(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
