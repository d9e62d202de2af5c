/** The cluster: its nodes, what it is asked, its phones by site, and what can be done to them. */
import { useCallback, useMemo, useState } from 'react';
import type { ClusterState } from '../../wire.ts';
import { act } from '../act.ts';
import { useSay } from '../parts/said.tsx';
import { useCluster } from '../store.ts';
import type { Shade } from '../theme.ts';
import { counted } from '../words.ts';
import { Applications } from './applications.tsx';
import { Legend } from './legend.tsx';
import { Meter } from './meter.tsx';
import { Nodes } from './nodes.tsx';
import { PhoneCard } from './phone.tsx';
import { Site } from './site.tsx';
import { bySite, countStates } from './standings.ts';

export type Play = (words: string) => void;

interface ClusterPaneProps {
  readonly theme: Shade;
  readonly show: (pane: 'slack' | 'cluster') => void;
}

export function ClusterPane({ theme, show }: ClusterPaneProps) {
  const cluster = useCluster();
  return (
    <section className="pane cluster" aria-labelledby="cluster-title">
      {cluster === null ? (
        <h2 id="cluster-title">Cluster</h2>
      ) : (
        <Inside cluster={cluster} theme={theme} show={show} />
      )}
    </section>
  );
}

function Inside({ cluster, theme, show }: ClusterPaneProps & { readonly cluster: ClusterState }) {
  const { attempt, say } = useSay();
  const [chosen, setChosen] = useState<number | null>(null);
  const { devices, sites, standings, cuts } = cluster;
  const places = useMemo(() => bySite(devices.sites, sites.length), [devices, sites]);
  const counts = useMemo(() => countStates(standings), [standings]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: how things are said does not change, only its identity does.
  const play = useCallback<Play>((words) => {
    void attempt(act<{ said: string }>('cluster', { words })).then((answer) => answer && say(answer.said));
  }, []);
  return (
    <>
      <header className="pane-head">
        <h2 id="cluster-title">
          Cluster <span className="faint">{counted(devices.names.length, 'device')}</span>
        </h2>
      </header>
      <div className="cluster-top">
        <Nodes nodes={cluster.nodes} play={play} />
        <Meter meter={cluster.meter} />
        <Legend counts={counts} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <section className="sites" aria-label="Devices by site" tabIndex={0}>
        {sites.map((name, index) => (
          <Site
            key={name}
            name={name}
            places={places[index] ?? []}
            cluster={cluster}
            isCut={cuts.includes(name.toLowerCase())}
            chosen={chosen}
            choose={setChosen}
            theme={theme}
            play={play}
          />
        ))}
        <Applications apps={cluster.apps} play={play} />
      </section>
      <PhoneCard cluster={cluster} chosen={chosen} play={play} show={show} leave={() => setChosen(null)} />
    </>
  );
}
