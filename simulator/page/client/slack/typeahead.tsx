/** Slack's external select: a combobox, https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { ChoiceSeen } from '../../wire.ts';
import { after } from '../time.ts';
import type { InputProps } from './field.tsx';
import { textIn, wordIn } from './raw.ts';
import { useDesk } from './use-slack.ts';

/** Between two keys of somebody who types. */
const PAUSE_MS = 120;

export function Typeahead(props: InputProps) {
  const { id, element, view, describedBy, isWrong, change } = props;
  const [typed, setTyped] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [at, setAt] = useState(0);
  const choices = useChoices(view, wordIn(element, 'action_id'), isOpen ? typed : '');
  const pick = ({ text, value }: ChoiceSeen) => {
    setTyped(text);
    setIsOpen(false);
    change(value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = choices[at];
    if (step !== undefined && choices.length > 0) setAt((at + step + choices.length) % choices.length);
    else if (event.key === 'Enter' && isOpen && chosen !== undefined) pick(chosen);
    else if (event.key === 'Escape' && isOpen) setIsOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isShown = isOpen && choices.length > 0;
  return (
    <div className="typeahead">
      <input
        id={id}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-activedescendant={isShown ? `${id}-${at}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={isWrong}
        placeholder={textIn(element, 'placeholder')}
        value={typed}
        onKeyDown={onKeyDown}
        onBlur={() => setIsOpen(false)}
        onChange={({ target }) => {
          setTyped(target.value);
          setIsOpen(true);
          setAt(0);
          change(null);
        }}
      />
      <Choices id={id} choices={isShown ? choices : []} at={at} pick={pick} />
    </div>
  );
}

interface ChoicesProps {
  readonly id: string;
  readonly choices: readonly ChoiceSeen[];
  readonly at: number;
  readonly pick: (choice: ChoiceSeen) => void;
}

function Choices({ id, choices, at, pick }: ChoicesProps) {
  return (
    <div id={`${id}-list`} role="listbox" aria-label="Suggestions" hidden={choices.length === 0}>
      {choices.map((choice, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the field, which moves the mark.
        <div
          key={choice.value}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          // Before the field loses the keyboard, which closes the list.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick(choice)}
        >
          {choice.text}
        </div>
      ))}
    </div>
  );
}

/** What the bot offers for what is typed; of an older question never after that of a newer one. */
function useChoices(view: string, action: string, typed: string): readonly ChoiceSeen[] {
  const desk = useDesk();
  const [choices, setChoices] = useState<readonly ChoiceSeen[]>([]);
  useEffect(() => {
    if (typed.trim() === '') return setChoices([]);
    let isCurrent = true;
    const callOff = after(PAUSE_MS, () => {
      void desk.suggest({ view }, action, typed).then((offered) => isCurrent && setChoices(offered));
    });
    return () => {
      isCurrent = false;
      callOff();
    };
  }, [desk, view, action, typed]);
  return choices;
}
