/** Light or dark: as the system has it, until somebody chooses. */
import { useEffect, useState } from 'react';

export type Shade = 'light' | 'dark';

export interface Theme {
  readonly now: Shade;
  flip(): void;
}

const KEPT = 'risbot-demo-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const systemShade = (): Shade => (system.matches ? 'dark' : 'light');

function kept(): Shade | null {
  const value = localStorage.getItem(KEPT);
  return value === 'light' || value === 'dark' ? value : null;
}

/** The style sheet follows at once: what is drawn on a canvas reads its colours from there. */
function shown(shade: Shade): Shade {
  document.documentElement.dataset['theme'] = shade;
  return shade;
}

export function useTheme(): Theme {
  const [now, setNow] = useState<Shade>(() => shown(kept() ?? systemShade()));
  useEffect(() => {
    const follow = () => setNow(shown(kept() ?? systemShade()));
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, []);
  return {
    now,
    flip() {
      const next = now === 'dark' ? 'light' : 'dark';
      localStorage.setItem(KEPT, next);
      setNow(shown(next));
    },
  };
}
