/** The whole page: a bar, the tour, and the panes side by side, or one at a time where it is narrow. */
import { useState } from 'react';
import { Bar } from './bar.tsx';
import { ClusterPane } from './cluster/pane.tsx';
import { Said, SayProvider } from './parts/said.tsx';
import { Tabs } from './parts/tabs.tsx';
import { SlackPane } from './slack/pane.tsx';
import { useIsConnected } from './store.ts';
import { useTheme } from './theme.ts';
import { Tour } from './tour/tour.tsx';
import { WebexPane } from './webex/pane.tsx';

const PANES = [
  { id: 'slack', label: 'Slack' },
  { id: 'webex', label: 'Webex' },
  { id: 'cluster', label: 'Cluster' },
] as const;
type Shown = (typeof PANES)[number]['id'];

export function App() {
  const [shown, setShown] = useState<Shown>('slack');
  const [hasTour, setHasTour] = useState(true);
  const theme = useTheme();
  const isConnected = useIsConnected();
  return (
    <SayProvider>
      <Bar theme={theme} hasTour={hasTour} onTour={() => setHasTour(!hasTour)} />
      {hasTour && <Tour show={setShown} />}
      <div className="switch">
        <Tabs label="What is shown" tabs={PANES} chosen={shown} choose={setShown} />
      </div>
      <main className="panes" data-shown={shown}>
        <h1 className="unseen">risbot demo</h1>
        <SlackPane theme={theme.now} />
        <WebexPane theme={theme.now} />
        <ClusterPane theme={theme.now} show={setShown} />
      </main>
      <Said />
      {!isConnected && (
        <p className="lost" role="status">
          Waiting for the demo…
        </p>
      )}
    </SayProvider>
  );
}
