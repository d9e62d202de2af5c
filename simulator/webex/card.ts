/** Finding buttons and inputs in a card. https://adaptivecards.io/explorer/Action.Submit.html */
import { isObject, type JsonObject, textAt } from './json.ts';

/** An Action.Submit, with the inputs that it sends: those of its own card and of the cards around that. */
export interface Submit {
  readonly title: string;
  readonly data: JsonObject;
  readonly inputs: readonly JsonObject[];
}

/** By title, or by a part of its data. Throws, and says what there is, when the card does not have exactly one. */
export function findSubmit(card: JsonObject, action: string | JsonObject): Submit {
  const all = submitsOf(card);
  const found = all.filter(({ title, data }) =>
    typeof action === 'string' ? title === action : includes(data, action),
  );
  const [first] = found;
  if (first === undefined) {
    const titles = all.map(({ title }) => title).join(', ') || 'no button';
    throw new Error(`the card has no button ${JSON.stringify(action)}; it has ${titles}`);
  }
  if (found.length > 1) throw new Error(`the card has ${found.length} buttons ${JSON.stringify(action)}`);
  return first;
}

/** All of a card's Action.Submit: in its actions, in its body, behind selectAction, and in the cards it shows. */
export function submitsOf(card: JsonObject, outer: readonly JsonObject[] = []): readonly Submit[] {
  const parts = partsOf(card);
  const inputs = [...outer, ...parts.filter((part) => textAt(part, 'type')?.startsWith('Input.'))];
  return parts.flatMap((part) => {
    if (part['type'] === 'Action.ShowCard' && isObject(part['card'])) {
      return submitsOf(part['card'], inputs);
    }
    if (part['type'] !== 'Action.Submit') return [];
    const data = isObject(part['data']) ? part['data'] : {};
    const sends = part['associatedInputs'] === 'none' ? [] : inputs;
    return [{ title: textAt(part, 'title') ?? '', data, inputs: sends }];
  });
}

/** Every object in a card, but not those of cards that it shows. */
function partsOf(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (!isObject(value)) return [];
  const { card: _card, data: _data, ...rest } = value;
  return [value, ...Object.values(rest).flatMap(partsOf)];
}

function includes(data: JsonObject, part: JsonObject): boolean {
  return Object.entries(part).every(([key, value]) => JSON.stringify(data[key]) === JSON.stringify(value));
}
