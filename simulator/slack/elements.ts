/** Finding elements by what people see of them, and what choosing in them sends. */
import { type Json, type JsonObject, objectAt, objectsAt, textAt } from './json.ts';
import type { Filled } from './people.ts';
import { elementsOf, valueKey } from './view-states.ts';

export interface Found {
  readonly block: JsonObject;
  readonly element: JsonObject;
  readonly blockId: string;
  readonly actionId: string;
}

/** The element with this action_id, block_id or label. Throws an Error that names what is there when none has it. */
export function findElement(blocks: readonly JsonObject[], name: string): Found {
  const all = blocks.flatMap((block) =>
    elementsOf(block).map((element) => ({
      block,
      element,
      blockId: textAt(block, 'block_id') ?? '',
      actionId: textAt(element, 'action_id') ?? '',
    })),
  );
  const found =
    all.find(({ actionId }) => actionId === name) ??
    all.find(({ block, element }) => labelsOf(block, element).includes(name)) ??
    all.find(({ blockId }) => blockId === name);
  if (found !== undefined) return found;
  const known = all.map(
    ({ block, element, actionId }) => `${labelsOf(block, element)[0] ?? '?'} (${actionId})`,
  );
  throw new Error(`nothing here is called ${name}; there is: ${known.join(', ') || 'nothing'}`);
}

function labelsOf(block: JsonObject, element: JsonObject): readonly string[] {
  const labels = [objectAt(block, 'label'), objectAt(element, 'text'), objectAt(element, 'placeholder')];
  return labels.flatMap((label) => textAt(label ?? {}, 'text') ?? []);
}

/** What an action carries beside its ids: a button's value, or what was chosen. `offered` are options that were suggested. */
export function chosen(element: JsonObject, choice: Filled, offered: readonly JsonObject[] = []): JsonObject {
  const type = textAt(element, 'type') ?? '';
  if (type === 'button') {
    const { text = null, value, style } = element;
    return { text, ...(value === undefined ? {} : { value }), ...(style === undefined ? {} : { style }) };
  }
  if (type === 'overflow') return { selected_option: pick(element, offered, single(choice)) };
  const key = valueKey(element);
  if (key === undefined) throw new Error(`nobody can choose in a ${type}`);
  return { [key]: valueFor(key, element, choice, offered) };
}

function valueFor(key: string, element: JsonObject, choice: Filled, offered: readonly JsonObject[]): Json {
  if (choice === null) return key.endsWith('s') ? [] : null;
  if (key === 'selected_option') return pick(element, offered, single(choice));
  if (key === 'selected_options') {
    return [choice].flat().map((one) => pick(element, offered, one));
  }
  return key.endsWith('s') ? [choice].flat() : single(choice);
}

function single(choice: Filled): string {
  if (typeof choice !== 'string') throw new Error('one choice, please');
  return choice;
}

/** An option by value or text; of an external select also one that was never offered to this person. */
function pick(element: JsonObject, offered: readonly JsonObject[], name: string): JsonObject {
  const grouped = objectsAt(element, 'option_groups').flatMap((group) => objectsAt(group, 'options'));
  const options = [...objectsAt(element, 'options'), ...grouped, ...offered];
  const option = options.find(
    (one) => one['value'] === name || textAt(objectAt(one, 'text') ?? {}, 'text') === name,
  );
  if (option !== undefined) return option;
  throw new Error(`there is no choice ${name}`);
}
