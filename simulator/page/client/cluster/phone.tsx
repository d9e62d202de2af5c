/** The device that was chosen in the grid, and what can be done to it. */
import type { ClusterState } from '../../wire.ts';
import { Icon } from '../parts/icon.tsx';
import { CHATS, sayIn } from '../stage.ts';
import type { Play } from './pane.tsx';
import { nodeOf, STATE_WORDS, stateOf } from './standings.ts';

interface PhoneProps {
  readonly cluster: ClusterState;
  readonly chosen: number | null;
  readonly play: Play;
  readonly show: (pane: 'slack' | 'cluster') => void;
  readonly leave: () => void;
}

/** Its acts: a label, and the word that is said to the cluster. */
const ACTS = [
  ['Unplug', 'unplug'],
  ['Plug in', 'plug'],
  ['Reset', 'reset'],
  ['Flap', 'flap'],
] as const;
const NEXT_LOAD = 'sip.15-0-1';

export function PhoneCard({ cluster, chosen, play, show, leave }: PhoneProps) {
  if (chosen === null) {
    return (
      <section className="phone" aria-label="Chosen device">
        <p className="faint">Choose a device in the grid to unplug, plug in, reset or upgrade it.</p>
      </section>
    );
  }
  const name = cluster.devices.names[chosen] ?? '';
  const ask = () => {
    show('slack');
    void sayIn(CHATS, `@risbot ${name}`, new AbortController().signal);
  };
  return (
    <section className="phone" aria-label="Chosen device">
      <Facts cluster={cluster} index={chosen} />
      <div className="phone-acts">
        {ACTS.map(([label, word]) => (
          <button key={word} type="button" className="small" onClick={() => play(`${word} ${name}`)}>
            {label}
          </button>
        ))}
        <button type="button" className="small" onClick={() => play(`upgrade ${name} ${NEXT_LOAD}`)}>
          Upgrade
        </button>
        <button type="button" className="small" onClick={ask}>
          Ask risbot
        </button>
      </div>
      <button type="button" className="quiet leave" aria-label="Close" onClick={leave}>
        <Icon name="close" />
      </button>
    </section>
  );
}

function Facts({ cluster, index }: { readonly cluster: ClusterState; readonly index: number }) {
  const { devices, nodes, standings } = cluster;
  const standing = standings[index] ?? 0;
  const state = stateOf(standing);
  const node = nodes[nodeOf(standing)]?.name;
  const details = [devices.models[index], devices.numbers[index], devices.addresses[index]].filter(Boolean);
  return (
    <div className="phone-facts" data-state={state}>
      <p>
        <span className="swatch" aria-hidden="true" />
        <b>{devices.names[index]}</b> {STATE_WORDS[state]}
        {node !== undefined && ` on ${node}`}
      </p>
      <p className="faint">
        <bdi>{devices.descriptions[index]}</bdi> · {details.join(' · ')}
      </p>
    </div>
  );
}
