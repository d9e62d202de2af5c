/** CTI applications. */
import type { AppSeen } from '../../wire.ts';
import type { Play } from './pane.tsx';

export function Applications({ apps, play }: { readonly apps: readonly AppSeen[]; readonly play: Play }) {
  return (
    <section className="site" aria-labelledby="applications">
      <header>
        <h3 id="applications">CTI applications</h3>
      </header>
      <ul className="apps">
        {apps.map(({ id, user, status }) => (
          <li key={id} data-open={status === 'Open'}>
            <span>
              <b>{user}</b> <span className="faint">{status.toLowerCase()}</span>
            </span>
            <button
              type="button"
              className="small"
              aria-label={`${status === 'Open' ? 'Crash' : 'Open'} ${user}`}
              onClick={() => play(status === 'Open' ? `cti crash ${user}` : `cti open ${user}`)}
            >
              {status === 'Open' ? 'Crash' : 'Open'}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
