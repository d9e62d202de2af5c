/** What the colours of the grid mean, with how many there are of each. */
import { DEVICE_STATES, type DeviceState } from '../../wire.ts';
import { type Counts, STATE_WORDS } from './standings.ts';

/** These stand there also when nothing is so, or the page would jump. */
const ALWAYS: ReadonlySet<DeviceState> = new Set(['registered', 'elsewhere', 'unheard', 'unregistered']);
const SHORT: Partial<Record<DeviceState, string>> = { unheard: 'unnoticed' };

export function Legend({ counts }: { readonly counts: Counts }) {
  return (
    <ul className="legend" aria-label="States of devices">
      {DEVICE_STATES.filter((state) => ALWAYS.has(state) || counts[state] > 0).map((state) => (
        <li key={state} data-state={state} title={STATE_WORDS[state]}>
          <span className="swatch" aria-hidden="true" />
          {SHORT[state] ?? STATE_WORDS[state]} <b>{counts[state].toLocaleString('en')}</b>
        </li>
      ))}
    </ul>
  );
}
