/** A channel, or direct messages with the bot. */
import { useMemo, useState } from 'react';
import type { MessageSeen, RoomSeen } from '../../wire.ts';
import { Composer } from '../parts/composer.tsx';
import type { Item } from '../parts/follow.ts';
import { Scroll } from '../parts/scroll.tsx';
import type { Chat } from '../stage.ts';
import { titleOf } from './blocks.tsx';
import { MessageLine } from './message.tsx';
import { type Thread, threadsOf } from './threads.ts';
import { useDesk } from './use-slack.ts';

/** Older threads wait behind a button: a long day must not slow the page down. */
const SHOWN_AT_FIRST = 60;

interface RoomProps {
  readonly room: RoomSeen;
  readonly messages: readonly MessageSeen[];
  readonly whispers: readonly MessageSeen[];
  /** Given, the tour plays here. */
  readonly stage?: Chat | undefined;
}

export function Room({ room, messages, whispers, stage }: RoomProps) {
  const desk = useDesk();
  const [most, setMost] = useState(SHOWN_AT_FIRST);
  const threads = useMemo(() => threadsOf(messages, whispers, room.id), [messages, whispers, room.id]);
  const items = useMemo(() => itemsOf(threads, desk.me.id), [threads, desk.me.id]);
  const last = newest(threads, desk.isBot);
  const name = room.direct === undefined ? `#${room.name}` : room.name;
  return (
    <div className="room">
      <Scroll className="messages" label={`Messages in ${name}`} items={items} stage={stage}>
        {threads.length > most && (
          <button type="button" className="older" onClick={() => setMost(most + SHOWN_AT_FIRST)}>
            Older messages
          </button>
        )}
        {threads.length === 0 && <Empty name={name} isDirect={room.direct !== undefined} />}
        <ol>
          {threads.slice(-most).map((thread) => (
            <ThreadItem key={thread.first.ts} thread={thread} room={room} />
          ))}
        </ol>
      </Scroll>
      <p className="unseen" aria-live="polite">
        {last === undefined ? '' : `risbot: ${titleOf(last.blocks, last.text)}`}
      </p>
      <Composer
        stage={stage}
        label={`Message ${name} as ${desk.me.realName}`}
        hint={room.direct === undefined ? '@risbot 1002, or /ris down' : '1002, down, help …'}
        send={(text) => desk.say(room.id, text)}
      />
    </div>
  );
}

function ThreadItem({ thread, room }: { readonly thread: Thread; readonly room: RoomSeen }) {
  const desk = useDesk();
  const [isAnswering, setIsAnswering] = useState(false);
  const { first, answers } = thread;
  const canAnswer = first.onlyFor === undefined && room.direct === undefined;
  return (
    <li className="thread">
      <MessageLine message={first} {...(canAnswer && { answer: () => setIsAnswering(!isAnswering) })} />
      {answers.length > 0 && (
        <ol className="answers" aria-label="Thread">
          {answers.map((message) => (
            <li key={message.ts}>
              <MessageLine message={message} />
            </li>
          ))}
        </ol>
      )}
      {isAnswering && (
        <div className="answers">
          <Composer
            label="Reply in thread"
            hint="Reply in thread"
            takesFocus
            send={(text) => desk.say(room.id, text, first)}
            leave={() => setIsAnswering(false)}
          />
        </div>
      )}
    </li>
  );
}

function Empty({ name, isDirect }: { readonly name: string; readonly isDirect: boolean }) {
  return (
    <p className="empty">
      {isDirect ? 'Direct messages with risbot. ' : `This is ${name}. `}
      Ask about a phone: its MAC address, extension, IP address or description.
    </p>
  );
}

function itemsOf(threads: readonly Thread[], me: string): readonly Item[] {
  return threads.flatMap(({ first, answers }) =>
    [first, ...answers].map(({ ts, user, onlyFor }) => ({
      id: ts,
      thread: first.ts,
      isMine: user === me,
      isPrivate: onlyFor !== undefined,
    })),
  );
}

function newest(threads: readonly Thread[], isBot: (id: string) => boolean): MessageSeen | undefined {
  const all = threads.flatMap(({ first, answers }) => [first, ...answers]);
  return all
    .filter(({ user }) => isBot(user))
    .sort((a, b) => a.ts.localeCompare(b.ts))
    .at(-1);
}
