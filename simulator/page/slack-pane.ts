/** The simulated Slack as a pane: what stands in its rooms, and what people do there. */
import type { Happening, Message, View } from '../slack/model.ts';
import type { Slack } from '../slack/slack.ts';
import type { Pane } from './pane.ts';
import { createSlackActs } from './slack-acts.ts';
import { type Beside, messageSeen, ownSeen } from './slack-seen.ts';
import { createTimes } from './times.ts';
import type { OwnSeen, RoomSeen, SlackChange, SlackState } from './wire.ts';

/** Whose eyes the page offers, and which rooms. */
const PEOPLE = ['anna', 'ben'];
const ROOMS = ['#voice', '#alerts', '#general'];
/** Older ones are not told to somebody who comes late. */
const MOST_MESSAGES = 400;

/** `now`: demo time, which the cards tell; the chat itself lives in the machine's. */
export function createSlackPane(slack: Slack, now: () => number): Pane {
  const people = PEOPLE.map((name) => slack.user(name));
  const direct = people.map((person) => ({ room: slack.channel(`@${person.name}`), person }));
  const rooms: readonly RoomSeen[] = [
    ...ROOMS.map((name) => slack.channel(name)).map(({ id, name }) => ({ id, name })),
    ...direct.map(({ room, person }) => ({ id: room.id, name: 'risbot', direct: person.id })),
  ];
  const isShown = new Set(rooms.map(({ id }) => id));
  const times = createTimes(now);
  const beside = (): Beside => ({ files: slack.files(), saidAt: (message) => times.of(nameOf(message)) });
  const seen = (message: Message) => messageSeen(message, beside());
  const acts = createSlackActs(slack);
  let happened: SlackChange[] = [];
  const own = createOwn(slack, people, beside);

  slack.follow((happening: Happening) => {
    if (!('message' in happening) || !isShown.has(happening.message.channel)) return;
    const { message } = happening;
    times.note(nameOf(message));
    if (happening.type === 'deleted') {
      happened.push({ type: 'gone', channel: message.channel, ts: message.ts });
    } else if (happening.type !== 'ephemeral') {
      happened.push({ type: 'message', message: seen(message) });
    }
  });

  return {
    name: 'slack',
    state(): SlackState {
      return {
        workspace: slack.workspace.name,
        bot: { id: slack.bot.user, name: slack.bot.name, realName: slack.bot.name },
        people: people.map(({ id, name, realName }) => ({ id, name, realName })),
        rooms,
        messages: rooms.flatMap(({ id }) => slack.messages(id).slice(-MOST_MESSAGES).map(seen)),
        own: own.all(),
      };
    },
    changes() {
      const changes = [...happened, ...own.changes()];
      happened = [];
      return changes;
    },
    act: acts,
    file(id) {
      const file = slack.files().find((one) => one.id === id && one.state === 'complete');
      return file === undefined ? null : { name: file.name, content: file.content };
    },
  };
}

const nameOf = ({ channel, ts }: Message) => `${channel} ${ts}`;

/** What only one person sees; compared by identity, since every change there makes new values. */
function createOwn(slack: Slack, people: readonly { readonly id: string }[], beside: () => Beside) {
  const last = new Map<string, readonly (Message | View | null)[]>();
  const raw = (id: string) => [...slack.ephemerals(id), null, ...slack.views(id), null, slack.home(id)];
  const seenBy = (id: string): OwnSeen =>
    ownSeen({ whispers: slack.ephemerals(id), views: slack.views(id), home: slack.home(id) }, beside());
  return {
    all: () => Object.fromEntries(people.map(({ id }) => [id, seenBy(id)])),
    changes(): readonly SlackChange[] {
      return people.flatMap(({ id }) => {
        const [before, now] = [last.get(id) ?? [null, null, null], raw(id)];
        last.set(id, now);
        const isSame = before.length === now.length && before.every((one, index) => one === now[index]);
        return isSame ? [] : [{ type: 'own', person: id, own: seenBy(id) } as const];
      });
    },
  };
}
