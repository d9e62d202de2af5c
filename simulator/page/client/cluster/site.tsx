/** One site: its name, how its devices are, its WAN, and the grid of its devices. */
import { memo } from 'react';
import type { ClusterState } from '../../wire.ts';
import type { Shade } from '../theme.ts';
import { counted } from '../words.ts';
import { Grid } from './grid.tsx';
import type { Play } from './pane.tsx';
import { stateOf } from './standings.ts';

interface SiteProps {
  readonly name: string;
  /** Indexes of its devices. */
  readonly places: readonly number[];
  readonly cluster: ClusterState;
  readonly isCut: boolean;
  readonly chosen: number | null;
  readonly choose: (index: number) => void;
  readonly theme: Shade;
  readonly play: Play;
}

export const Site = memo(function Site(props: SiteProps) {
  const { name, places, cluster, isCut, chosen, choose, theme, play } = props;
  const down = places.filter((place) => DOWN.has(stateOf(cluster.standings[place] ?? 0))).length;
  return (
    <section className="site" aria-labelledby={`site-${name}`}>
      <header>
        <h3 id={`site-${name}`}>{name}</h3>
        <p className="faint">
          {counted(places.length, 'device')}
          {down > 0 && `, ${down.toLocaleString('en')} down`}
        </p>
        <button
          type="button"
          className="small"
          aria-pressed={isCut}
          onClick={() => play(isCut ? `wan restore ${name}` : `wan cut ${name}`)}
        >
          {isCut ? 'Restore WAN' : 'Cut WAN'}
        </button>
      </header>
      <Grid
        label={`Devices in ${name}`}
        places={places}
        cluster={cluster}
        chosen={chosen}
        choose={choose}
        theme={theme}
      />
    </section>
  );
});

const DOWN: ReadonlySet<string> = new Set(['unregistered', 'rejected', 'unknown', 'absent']);
