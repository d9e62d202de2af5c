/** Webex: spaces as one person sees them. */
import { useCallback, useMemo, useState } from 'react';
import type { PersonSeen, RoomSeen, WebexMessage, WebexState } from '../../wire.ts';
import { act } from '../act.ts';
import { Choice } from '../parts/choice.tsx';
import { Composer } from '../parts/composer.tsx';
import type { Item } from '../parts/follow.ts';
import { useSay } from '../parts/said.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { type Chat, usePart } from '../stage.ts';
import { useWebex } from '../store.ts';
import type { Shade } from '../theme.ts';
import { MessageLine } from './message.tsx';

export function WebexPane({ theme }: { readonly theme: Shade }) {
  const webex = useWebex();
  const [name, setName] = useState('anna');
  const me = webex?.people.find((person) => person.name === name);
  return (
    <section className="pane webex" aria-labelledby="webex-title">
      {webex === null || me === undefined ? (
        <h2 id="webex-title">Webex</h2>
      ) : (
        <Spaces webex={webex} me={me} choose={setName} theme={theme} />
      )}
    </section>
  );
}

interface SpacesProps {
  readonly webex: WebexState;
  readonly me: PersonSeen;
  readonly choose: (name: string) => void;
  readonly theme: Shade;
}

function Spaces({ webex, me, choose, theme }: SpacesProps) {
  const stage = webex.rooms[0]?.name ?? '';
  const [place, setPlace] = useState(stage);
  const enter = useCallback(() => setPlace(stage), [stage]);
  usePart('webex', 'enter', enter);
  const mine = webex.rooms.filter(({ direct }) => direct === undefined || direct === me.id);
  const room = mine.find((one) => one.name === place);
  const people = webex.people.map(({ name, realName }) => ({
    value: name,
    label: realName.split(' ')[0] ?? name,
  }));
  return (
    <>
      <header className="pane-head">
        <h2 id="webex-title">
          Webex <span className="faint">{webex.isConnected ? 'Northwind Voice' : 'connecting…'}</span>
        </h2>
        <Choice label="Who you are in Webex" options={people} value={me.name} choose={choose} />
      </header>
      <Tabs
        label="Spaces"
        tabs={mine.map(({ name }) => ({ id: name, label: name }))}
        chosen={place}
        choose={setPlace}
      />
      {room !== undefined && (
        <Space
          key={`${room.id} ${me.id}`}
          webex={webex}
          room={room}
          me={me}
          theme={theme}
          stage={room.name === stage ? 'webex' : undefined}
        />
      )}
    </>
  );
}

interface SpaceProps {
  readonly webex: WebexState;
  readonly room: RoomSeen;
  readonly me: PersonSeen;
  readonly theme: Shade;
  /** Given, the tour plays here. */
  readonly stage?: Chat | undefined;
}

function Space({ webex, room, me, theme, stage }: SpaceProps) {
  const { attempt } = useSay();
  const here = useMemo(() => webex.messages.filter((one) => one.room === room.id), [webex.messages, room.id]);
  const items = useMemo(() => itemsOf(here, me.id), [here, me.id]);
  const firsts = here.filter(({ parent }) => parent === undefined || !here.some(({ id }) => id === parent));
  const last = here.findLast(({ person }) => person === webex.bot.id);
  // A direct space begins with the first word there, and has no id before.
  const where = room.direct === undefined ? room.id : `@${me.name}`;
  const say = async (text: string, parent?: string) =>
    (await attempt(act('webex', { do: 'say', who: me.id, where, text, ...(parent && { parent }) }))) !== null;
  const line = (message: WebexMessage) => ({
    message,
    by: [webex.bot, ...webex.people].find(({ id }) => id === message.person),
    isBot: message.person === webex.bot.id,
    me: me.id,
    theme,
  });
  return (
    <div className="room">
      <Scroll className="messages" label={`Messages in ${room.name}`} items={items} stage={stage}>
        {here.length === 0 && (
          <p className="empty">
            {room.direct === undefined
              ? `The space ${room.name}. Mention @risbot to ask it.`
              : 'Only you and risbot.'}
          </p>
        )}
        <ol>
          {firsts.map((first) => (
            <ThreadItem
              key={first.id}
              first={line(first)}
              answers={here.filter(({ parent }) => parent === first.id).map(line)}
              {...(room.direct === undefined && { say: (text: string) => say(text, first.id) })}
            />
          ))}
        </ol>
      </Scroll>
      <p className="unseen" aria-live="polite">
        {last === undefined ? '' : `risbot: ${last.text.split('\n', 1)[0]}`}
      </p>
      <Composer
        stage={stage}
        label={`Write to ${room.name} as ${me.realName}`}
        hint={room.direct === undefined ? '@risbot 1002' : '1002, down, help …'}
        send={(text) => say(text)}
      />
    </div>
  );
}

function itemsOf(here: readonly WebexMessage[], me: string): readonly Item[] {
  const ids = new Set(here.map(({ id }) => id));
  return here.map(({ id, parent, person }) => ({
    id,
    thread: parent !== undefined && ids.has(parent) ? parent : id,
    isMine: person === me,
  }));
}

type Line = Parameters<typeof MessageLine>[0];

function ThreadItem(props: {
  readonly first: Line;
  readonly answers: readonly Line[];
  readonly say?: (text: string) => Promise<boolean>;
}) {
  const { first, answers, say } = props;
  const [isAnswering, setIsAnswering] = useState(false);
  return (
    <li className="thread">
      <MessageLine {...first} {...(say && { answer: () => setIsAnswering(!isAnswering) })} />
      {answers.length > 0 && (
        <ol className="answers" aria-label="Thread">
          {answers.map((answer) => (
            <li key={answer.message.id}>
              <MessageLine {...answer} />
            </li>
          ))}
        </ol>
      )}
      {isAnswering && say !== undefined && (
        <div className="answers">
          <Composer
            label="Reply in thread"
            hint="@risbot …"
            takesFocus
            send={say}
            leave={() => setIsAnswering(false)}
          />
        </div>
      )}
    </li>
  );
}
