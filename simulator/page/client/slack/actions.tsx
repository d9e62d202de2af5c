/** Buttons of a card. While one is being pressed, none can be pressed again. */
import { useState } from 'react';
import type { Raw } from '../../wire.ts';
import { textIn, wordIn } from './raw.ts';

/** Resolves when Slack has heard of it. */
export type Press = (actionId: string) => Promise<unknown>;

export function Actions({ elements, press }: { readonly elements: readonly Raw[]; readonly press: Press }) {
  const [pressed, setPressed] = useState<string | null>(null);
  const go = async (id: string) => {
    setPressed(id);
    await press(id);
    setPressed(null);
  };
  return (
    <div className="actions">
      {elements.map((element) => {
        const id = wordIn(element, 'action_id');
        return (
          <button
            key={id}
            type="button"
            className="press"
            data-style={wordIn(element, 'style')}
            aria-busy={pressed === id}
            // Not disabled: that would take the keyboard's place away.
            aria-disabled={pressed !== null}
            onClick={() => pressed === null && void go(id)}
          >
            {textIn(element, 'text')}
          </button>
        );
      })}
    </div>
  );
}
