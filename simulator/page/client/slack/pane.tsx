/** Slack: rooms and the Home tab as one person sees them, and the dialogs before that person. */
import { useCallback, useState } from 'react';
import type { OwnSeen, PersonSeen, RoomSeen, SlackState } from '../../wire.ts';
import { Choice } from '../parts/choice.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { usePart } from '../stage.ts';
import { useSlack } from '../store.ts';
import type { Shade } from '../theme.ts';
import { Dialogs } from './dialog.tsx';
import { Home } from './home.tsx';
import { Room } from './room.tsx';
import { DeskProvider, useNewDesk } from './use-slack.ts';

const HOME = 'home';
const NOTHING_OWN: OwnSeen = { whispers: [], views: [], home: null };

export function SlackPane({ theme }: { readonly theme: Shade }) {
  const slack = useSlack();
  const [name, setName] = useState('anna');
  const me = slack?.people.find((person) => person.name === name);
  return (
    <section className="pane slack" aria-labelledby="slack-title">
      {slack === null || me === undefined ? (
        <h2 id="slack-title">Slack</h2>
      ) : (
        <Workspace slack={slack} me={me} choose={setName} theme={theme} />
      )}
    </section>
  );
}

interface WorkspaceProps {
  readonly slack: SlackState;
  readonly me: PersonSeen;
  readonly choose: (name: string) => void;
  readonly theme: Shade;
}

function Workspace({ slack, me, choose, theme }: WorkspaceProps) {
  const stage = slack.rooms[0]?.name ?? '';
  const [place, setPlace] = useState(stage);
  const enter = useCallback(() => setPlace(stage), [stage]);
  usePart('slack', 'enter', enter);
  const desk = useNewDesk(slack, me, theme);
  const own = slack.own[me.id] ?? NOTHING_OWN;
  const mine = slack.rooms.filter(({ direct }) => direct === undefined || direct === me.id);
  const room = mine.find((one) => one.name === place);
  const people = slack.people.map(({ name, realName }) => ({
    value: name,
    label: realName.split(' ')[0] ?? name,
  }));
  const go = useCallback(
    (id: string) => {
      setPlace(id);
      if (id === HOME) void desk.home();
    },
    [desk],
  );
  return (
    <DeskProvider value={desk}>
      <header className="pane-head">
        <h2 id="slack-title">
          Slack <span className="faint">{slack.workspace}</span>
        </h2>
        <Choice label="Who you are in Slack" options={people} value={me.name} choose={choose} />
      </header>
      <Tabs label="Rooms" tabs={tabsOf(mine)} chosen={place} choose={go} />
      {room === undefined ? (
        <Home view={own.home} />
      ) : (
        <Room
          key={`${room.id} ${me.id}`}
          room={room}
          messages={slack.messages}
          whispers={own.whispers}
          stage={room.name === stage ? 'slack' : undefined}
        />
      )}
      <Dialogs views={own.views} />
    </DeskProvider>
  );
}

function tabsOf(rooms: readonly RoomSeen[]) {
  const names = rooms.map(({ name, direct }) => ({
    id: name,
    label: direct === undefined ? `# ${name}` : name,
  }));
  return [...names, { id: HOME, label: 'Home' }];
}
