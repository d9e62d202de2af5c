/** What the inputs of a card send, checked as a client does. https://adaptivecards.io/explorer/Input.Text.html and its neighbours */
import { isObject, type JsonObject, textAt } from './json.ts';

/** Input id → what is sent. Throws with the input's errorMessage when something would not pass, and on ids that are not there. */
export function gather(
  inputs: readonly JsonObject[],
  filled: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const ids = inputs.map((input) => textAt(input, 'id') ?? '');
  const stray = Object.keys(filled).find((id) => !ids.includes(id));
  if (stray !== undefined) throw new Error(`the button sends no input ${stray}; it sends ${ids.join(', ')}`);
  return Object.fromEntries(
    inputs.map((input) => {
      const id = textAt(input, 'id') ?? '';
      const value = filled[id] ?? initial(input);
      const wrong = problemOf(input, value);
      if (wrong !== null) throw new Error(textAt(input, 'errorMessage') ?? `${id}: ${wrong}`);
      return [id, value];
    }),
  );
}

function initial(input: JsonObject): string {
  const { value } = input;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return input['type'] === 'Input.Toggle' ? (textAt(input, 'valueOff') ?? 'false') : '';
}

function problemOf(input: JsonObject, value: string): string | null {
  if (input['type'] === 'Input.Toggle') return problemOfToggle(input, value);
  if (value === '') return input['isRequired'] === true ? 'is required' : null;
  switch (input['type']) {
    case 'Input.Text':
      return problemOfText(input, value);
    case 'Input.Number':
      return Number.isFinite(Number(value)) ? outOfRange(input, Number(value), Number) : 'is not a number';
    case 'Input.Date':
      return /^\d{4}-\d\d-\d\d$/.test(value) ? outOfRange(input, value, String) : 'is not a date';
    case 'Input.Time':
      return /^\d\d:\d\d$/.test(value) ? outOfRange(input, value, String) : 'is not a time';
    case 'Input.ChoiceSet':
      return problemOfChoice(input, value);
    default:
      return 'is no input';
  }
}

function problemOfToggle(input: JsonObject, value: string): string | null {
  const on = textAt(input, 'valueOn') ?? 'true';
  const off = textAt(input, 'valueOff') ?? 'false';
  if (value !== on && value !== off) return `is neither ${on} nor ${off}`;
  return input['isRequired'] === true && value !== on ? 'is required' : null;
}

function problemOfText(input: JsonObject, value: string): string | null {
  const { maxLength, regex } = input;
  if (typeof maxLength === 'number' && value.length > maxLength) return `is longer than ${maxLength}`;
  if (typeof regex === 'string' && !new RegExp(regex, 'u').test(value)) return `does not match ${regex}`;
  return null;
}

function outOfRange<T>(input: JsonObject, value: T, read: (edge: unknown) => T): string | null {
  const { min, max } = input;
  if (min !== undefined && value < read(min)) return `is less than ${min}`;
  if (max !== undefined && value > read(max)) return `is more than ${max}`;
  return null;
}

function problemOfChoice(input: JsonObject, value: string): string | null {
  const choices = Array.isArray(input['choices']) ? input['choices'] : [];
  const offered = new Set(choices.flatMap((choice) => (isObject(choice) ? [choice['value']] : [])));
  const picked = input['isMultiSelect'] === true ? value.split(',') : [value];
  const stray = picked.find((one) => !offered.has(one));
  return stray === undefined ? null : `does not offer ${stray}`;
}
