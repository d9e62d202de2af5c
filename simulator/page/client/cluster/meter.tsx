/** How much of the allowance is used: a slot a request, in the colour of whoever asked. */
import type { Asker, MeterSeen } from '../../wire.ts';

const ASKERS: readonly Asker[] = ['people', 'watches', 'sweeps', 'others'];

export function Meter({ meter }: { readonly meter: MeterSeen }) {
  const { allowance, requests } = meter;
  const slots = Array.from(
    { length: Math.max(allowance, requests.length) },
    (_, index) => requests[index]?.by ?? null,
  );
  const shares = ASKERS.map((by) => ({ by, count: requests.filter((one) => one.by === by).length }));
  return (
    <section className="meter" aria-label="Requests to CUCM">
      <p className="meter-head">
        <b>
          {requests.length} of {allowance}
        </b>{' '}
        <span className="faint">requests in the last minute</span>
      </p>
      <div className="slots" aria-hidden="true">
        {slots.map((by, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place.
          <span key={index} data-by={by ?? 'nobody'} />
        ))}
      </div>
      <ul className="shares">
        {shares
          .filter(({ by, count }) => by !== 'others' || count > 0)
          .map(({ by, count }) => (
            <li key={by} data-by={by}>
              {by} {count}
            </li>
          ))}
      </ul>
    </section>
  );
}
