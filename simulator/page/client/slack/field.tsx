/** Fields of a form: text, a choice from a list, and a choice that the bot offers while somebody types. */
import { useId } from 'react';
import type { Raw } from '../../wire.ts';
import { isRaw, rawsAt, textIn, textOf, wordIn } from './raw.ts';
import { Typeahead } from './typeahead.tsx';

export interface FieldProps {
  readonly block: Raw;
  /** Of the form. */
  readonly view: string;
  readonly error: string;
  readonly value: string | null;
  readonly change: (value: string | null) => void;
}

export interface InputProps {
  readonly id: string;
  readonly element: Raw;
  readonly view: string;
  readonly describedBy: string;
  readonly isWrong: boolean;
  readonly value: string | null;
  readonly change: (value: string | null) => void;
}

export function Field({ block, view, error, value, change }: FieldProps) {
  const id = useId();
  const element = isRaw(block['element']) ? block['element'] : {};
  const hint = textIn(block, 'hint');
  return (
    <div className="field">
      <label htmlFor={id}>
        {textIn(block, 'label')}
        {block['optional'] === true && <span className="faint"> optional</span>}
      </label>
      <Input
        id={id}
        element={element}
        view={view}
        describedBy={`${id}-hint`}
        isWrong={error !== ''}
        value={value}
        change={change}
      />
      <p
        id={`${id}-hint`}
        className="hint"
        data-wrong={error !== ''}
        role={error === '' ? undefined : 'alert'}
      >
        {error === '' ? hint : error}
      </p>
    </div>
  );
}

function Input(props: InputProps) {
  switch (props.element['type']) {
    case 'external_select':
      return <Typeahead {...props} />;
    case 'static_select':
      return <Select {...props} />;
    default:
      return <Text {...props} />;
  }
}

function Text({ id, element, describedBy, isWrong, value, change }: InputProps) {
  const common = {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': isWrong,
    value: value ?? wordIn(element, 'initial_value'),
    placeholder: textIn(element, 'placeholder'),
    maxLength: typeof element['max_length'] === 'number' ? element['max_length'] : 3000,
  };
  return element['multiline'] === true ? (
    <textarea {...common} rows={3} onChange={({ target }) => change(target.value || null)} />
  ) : (
    <input {...common} type="text" onChange={({ target }) => change(target.value || null)} />
  );
}

function Select({ id, element, describedBy, isWrong, value, change }: InputProps) {
  const initial = element['initial_option'];
  return (
    <select
      id={id}
      aria-describedby={describedBy}
      aria-invalid={isWrong}
      value={value ?? (isRaw(initial) ? wordIn(initial, 'value') : '')}
      onChange={({ target }) => change(target.value || null)}
    >
      <option value="">{textIn(element, 'placeholder') || 'Choose'}</option>
      {rawsAt(element, 'options').map((option) => (
        <option key={wordIn(option, 'value')} value={wordIn(option, 'value')}>
          {textOf(option['text'])}
        </option>
      ))}
    </select>
  );
}
