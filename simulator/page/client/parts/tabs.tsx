/** A row of tabs: arrows go from one to the next, as in https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
import { type KeyboardEvent, useRef } from 'react';

interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  /** Something happened there that was not looked at. */
  readonly isNew?: boolean;
}

export function Tabs<T extends string>(props: {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly chosen: T;
  readonly choose: (id: T) => void;
}) {
  const { label, tabs, chosen, choose } = props;
  const row = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const place = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[(place + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    choose(next.id);
    row.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={row} onKeyDown={onKeyDown}>
      {tabs.map(({ id, label: name, isNew = false }) => (
        <button
          key={id}
          type="button"
          role="tab"
          data-tab={id}
          aria-selected={id === chosen}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => choose(id)}
        >
          {name}
          {isNew && <span className="news" role="img" aria-label="new" />}
        </button>
      ))}
    </div>
  );
}
