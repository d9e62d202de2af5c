/** What people have filled in so far, by view (or message) and element. */
import { type JsonObject, objectAt, objectsAt, textAt } from './json.ts';

export interface ViewStates {
  set(owner: string, blockId: string, actionId: string, value: JsonObject): void;
  /** `state.values` of a payload: block id → action id → value, with what the elements began with. */
  values(owner: string, blocks: readonly JsonObject[]): JsonObject;
}

export function createViewStates(): ViewStates {
  const filled = new Map<string, JsonObject>();
  const key = (...parts: readonly string[]) => parts.join('\n');
  return {
    set(owner, blockId, actionId, value) {
      filled.set(key(owner, blockId, actionId), value);
    },
    values(owner, blocks) {
      const values: Record<string, JsonObject> = {};
      for (const block of blocks) {
        const blockId = textAt(block, 'block_id') ?? '';
        const inBlock: Record<string, JsonObject> = {};
        for (const element of elementsOf(block)) {
          const start = startValue(element);
          const actionId = textAt(element, 'action_id') ?? '';
          if (start !== null) inBlock[actionId] = filled.get(key(owner, blockId, actionId)) ?? start;
        }
        if (Object.keys(inBlock).length > 0) values[blockId] = inBlock;
      }
      return values;
    },
  };
}

/** The interactive elements of a block: its own, the accessory, the input. */
export function elementsOf(block: JsonObject): readonly JsonObject[] {
  const alone = [objectAt(block, 'accessory'), objectAt(block, 'element')];
  return [...objectsAt(block, 'elements'), ...alone.filter((one) => one !== undefined)].filter(
    (element) => element['action_id'] !== undefined,
  );
}

/** Type → the key of its value in a payload, and of its initial value; what is not here keeps no state. */
const VALUES: Readonly<Record<string, readonly [string, string]>> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  checkboxes: ['selected_options', 'initial_options'],
  users_select: ['selected_user', 'initial_user'],
  multi_users_select: ['selected_users', 'initial_users'],
  channels_select: ['selected_channel', 'initial_channel'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
};

/** The key under which a payload carries this element's value; undefined for buttons and the like. */
export function valueKey(element: JsonObject): string | undefined {
  return VALUES[textAt(element, 'type') ?? '']?.[0];
}

function startValue(element: JsonObject): JsonObject | null {
  const type = textAt(element, 'type') ?? '';
  const keys = VALUES[type];
  if (keys === undefined) return null;
  const [name, initial] = keys;
  const empty = name.endsWith('s') ? [] : null;
  return { type, [name]: element[initial] ?? empty };
}
