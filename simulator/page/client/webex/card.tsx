/** An Adaptive Card, drawn by Microsoft's own library as Webex draws it. Its runs of text are no markup. */
import { AdaptiveCard, OpenUrlAction, SubmitAction } from 'adaptivecards';
import { memo, useEffect, useRef } from 'react';
import type { Raw } from '../../wire.ts';
import type { Shade } from '../theme.ts';
import { hostConfig } from './host-config.ts';

/** What a button carries, and what was filled in beside it. */
export type Submit = (data: Raw, inputs: Readonly<Record<string, string>>) => void;

interface CardProps {
  readonly card: Raw;
  readonly theme: Shade;
  readonly submit: Submit;
}

export const Card = memo(function Card({ card, theme, submit }: CardProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawn = new AdaptiveCard();
    drawn.hostConfig = hostConfig(theme);
    drawn.parse(card);
    drawn.onExecuteAction = (action) => {
      if (action instanceof SubmitAction) submit(...submitted(action));
      if (action instanceof OpenUrlAction && /^https?:/.test(action.url ?? '')) {
        window.open(action.url, '_blank', 'noreferrer');
      }
    };
    const element = drawn.render();
    if (element !== undefined) {
      putRight(element);
      place.current?.replaceChildren(element);
    }
  }, [card, theme, submit]);
  return <div className="card" ref={place} />;
});

/** The library mixes what a button carries with what was filled in. */
function submitted(action: SubmitAction): readonly [Raw, Readonly<Record<string, string>>] {
  const carried = (action.toJSON() as { data?: Raw }).data ?? {};
  const all = (action.data ?? {}) as Raw;
  const filled = Object.entries(all).filter(([key]) => !(key in carried));
  return [carried, Object.fromEntries(filled.map(([key, value]) => [key, String(value ?? '')]))];
}

/** The library gives the card a tab stop that does nothing, and its rows of buttons a role without its parts. */
function putRight(element: HTMLElement): void {
  element.removeAttribute('tabindex');
  for (const one of element.querySelectorAll('[role="menubar"], [role="menu"]')) one.removeAttribute('role');
  for (const one of element.querySelectorAll('button[role="menuitem"]')) one.removeAttribute('role');
  for (const one of element.querySelectorAll('[aria-posinset]')) {
    one.removeAttribute('aria-posinset');
    one.removeAttribute('aria-setsize');
  }
}
