/** The people, groups and channels of the workspace; always the same. */
import type { Channel, User, UserGroup } from './model.ts';

export const WORKSPACE = { id: 'T0RISBOT01', name: 'Northwind Voice', domain: 'northwind-voice' };
export const BOT = { user: 'U0RISBOT01', botId: 'B0RISBOT01', appId: 'A0RISBOT01', name: 'risbot' };

const person = (id: string, name: string, realName: string, more: Partial<User> = {}): User => ({
  id,
  name,
  realName,
  email: `${name}@example.com`,
  isBot: false,
  isAdmin: false,
  deleted: false,
  ...more,
});

export const USERS: readonly User[] = [
  person(BOT.user, BOT.name, 'risbot', { isBot: true, email: '' }),
  person('U0ANNA0001', 'anna', 'Anna Berg', { isAdmin: true }),
  person('U0BEN00001', 'ben', 'Ben Okafor'),
  person('U0CARLA001', 'carla', 'Carla Díaz'),
  person('U0MARYAM01', 'maryam', 'مريم الهاشمي'),
  person('U0ZOE00001', 'zoe', 'Zoë 📞 <b>Lind</b> & co'),
  person('U0GONE0001', 'gone', 'Gerd Gone', { deleted: true }),
];

export const GROUPS: readonly UserGroup[] = [
  { id: 'S0ADMINS01', handle: 'voice-admins', name: 'Voice admins', users: ['U0ANNA0001'], disabled: false },
  {
    id: 'S0OPERATE1',
    handle: 'voice-operators',
    name: 'Voice operators',
    users: ['U0ANNA0001', 'U0BEN00001'],
    disabled: false,
  },
];

const PEOPLE = ['U0ANNA0001', 'U0BEN00001', 'U0CARLA001', 'U0MARYAM01', 'U0ZOE00001'];

const channel = (id: string, name: string, more: Partial<Channel> = {}): Channel => ({
  id,
  name,
  kind: 'public',
  members: [...PEOPLE, BOT.user],
  archived: false,
  ...more,
});

/** The bot is not in #random and #secret. */
export const CHANNELS: readonly Channel[] = [
  channel('C0GENERAL1', 'general'),
  channel('C0VOICE001', 'voice'),
  channel('C0ALERTS01', 'alerts'),
  channel('C0RANDOM01', 'random', { members: PEOPLE }),
  channel('C0OLD00001', 'old-voice', { archived: true }),
  channel('C0PRIVATE1', 'voice-team', { kind: 'private' }),
  channel('C0SECRET01', 'secret', { kind: 'private', members: ['U0ANNA0001'] }),
];

/** More people and channels, for load: `person1` … in `#crowd1` …, all of them in every channel, with the bot. */
export interface Crowd {
  readonly people: number;
  readonly channels: number;
}

export function crowdOf({ people, channels }: Crowd): {
  readonly users: readonly User[];
  readonly channels: readonly Channel[];
} {
  const users = numbered(people).map((n) => person(`U0CROWD${pad(n)}`, `person${n}`, `Person ${n}`));
  const members = [...users.map((user) => user.id), BOT.user];
  return {
    users,
    channels: numbered(channels).map((n) => channel(`C0CROWD${pad(n)}`, `crowd${n}`, { members })),
  };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const pad = (n: number) => String(n).padStart(4, '0');

/** An Enterprise organisation that the workspace belongs to, and people of elsewhere. */
export interface Grid {
  /** `E…`; null: the workspace stands alone, and shares channels with others. */
  readonly enterprise: string | null;
  /** The app was installed for the whole organisation: its token knows no workspace. */
  readonly isOrgWide?: boolean;
  /** What Slack gives as a person's team, by name: another workspace (`T…`), or the organisation itself (`E…`). */
  readonly homes?: Readonly<Record<string, string>>;
  /** Names of channels that Slack Connect shares with other organisations. */
  readonly shared?: readonly string[];
}
