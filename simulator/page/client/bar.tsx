/** The bar on top: what this is, the clock and how fast it goes, the tour, light or dark. */
import { useEffect, useState } from 'react';
import { act } from './act.ts';
import { Choice } from './parts/choice.tsx';
import { Icon } from './parts/icon.tsx';
import { useSay } from './parts/said.tsx';
import { demoNow, useClock } from './store.ts';
import type { Theme } from './theme.ts';
import { every } from './time.ts';
import { timeOf } from './words.ts';

export function Bar(props: {
  readonly theme: Theme;
  readonly hasTour: boolean;
  readonly onTour: () => void;
}) {
  const { theme, hasTour, onTour } = props;
  return (
    <header className="bar">
      <p className="brand">
        <span className="mark" aria-hidden="true">
          r
        </span>
        <span className="wide">
          risbot <span className="faint">demo</span>
        </span>
      </p>
      <Clock />
      <div className="bar-end">
        <button type="button" className="quiet" aria-pressed={hasTour} aria-label="Tour" onClick={onTour}>
          <Icon name="map" /> <span className="wide">Tour</span>
        </button>
        <button
          type="button"
          className="quiet"
          aria-label={theme.now === 'dark' ? 'Light colours' : 'Dark colours'}
          onClick={theme.flip}
        >
          <Icon name={theme.now === 'dark' ? 'sun' : 'moon'} />
        </button>
      </div>
    </header>
  );
}

function Clock() {
  const clock = useClock();
  const { attempt } = useSay();
  const [, tick] = useState(0);
  useEffect(() => every(200, () => tick((turn) => turn + 1)), []);
  if (clock === null) return <div className="clock" />;
  const options = clock.rates.map((value) => ({ value, label: `${value}×` }));
  return (
    <div className="clock">
      <span className="time" role="timer" aria-label="Time in the demo">
        {timeOf(demoNow())}
      </span>
      <Choice
        label="How fast the demo’s time goes"
        options={options}
        value={clock.rate}
        choose={(rate) => void attempt(act('clock', { rate }))}
      />
    </div>
  );
}
