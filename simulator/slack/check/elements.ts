/** Interactive elements. https://docs.slack.dev/reference/block-kit/block-elements */
import { type JsonObject, textAt } from '../json.ts';
import { BLOCK, ELEMENT } from '../limits.ts';
import {
  anyText,
  confirm,
  conversationFilter,
  hasOptions,
  option,
  optionGroup,
  plain,
  richOption,
} from './composition.ts';
import {
  also,
  anything,
  byType,
  type Findings,
  flag,
  listOf,
  number,
  oneOf,
  type Rule,
  report,
  type Shape,
  shaped,
  text,
} from './rule.ts';

/** An element with an action_id, which no other of the same block has. */
function interactive({ required = {}, optional = {} }: Shape): Rule {
  const rule = shaped({ required, optional: { action_id: text(ELEMENT.actionId), ...optional } });
  return also(rule, uniqueActionId);
}

function uniqueActionId(value: JsonObject, at: string, findings: Findings): void {
  const id = textAt(value, 'action_id');
  if (id === undefined) return;
  if (findings.actionIds.has(id)) report(findings, `${at}/action_id`, `\`action_id\` "${id}" already exists`);
  findings.actionIds.add(id);
}

const PLACEHOLDER = { placeholder: plain(ELEMENT.placeholder), focus_on_load: flag, confirm };
const MANY = { max_selected_items: number };
const TYPED = {
  placeholder: plain(ELEMENT.placeholder),
  focus_on_load: flag,
  dispatch_action_config: anything,
  initial_value: text(ELEMENT.inputText),
};

const button = interactive({
  required: { text: plain(ELEMENT.buttonText) },
  optional: {
    value: text(ELEMENT.buttonValue, 0),
    url: text(ELEMENT.url),
    style: oneOf('primary', 'danger'),
    accessibility_label: text(ELEMENT.accessibilityLabel),
    confirm,
  },
});

const staticSelect = (more: Readonly<Record<string, Rule>>) =>
  hasOptions(
    interactive({
      optional: {
        ...PLACEHOLDER,
        options: listOf(option, ELEMENT.options),
        option_groups: listOf(optionGroup, ELEMENT.optionGroups),
        ...more,
      },
    }),
  );

const externalSelect = (more: Readonly<Record<string, Rule>>) =>
  interactive({ optional: { ...PLACEHOLDER, min_query_length: number, ...more } });

const picks = (key: string, more: Readonly<Record<string, Rule>> = {}) =>
  interactive({ optional: { ...PLACEHOLDER, [key]: anything, ...more } });

const choices = (max: number, initial: string) =>
  interactive({
    required: { options: listOf(richOption, max) },
    optional: { confirm, focus_on_load: flag, [initial]: anything },
  });

const SELECTS: Readonly<Record<string, Rule>> = {
  static_select: staticSelect({ initial_option: option }),
  external_select: externalSelect({ initial_option: option }),
  users_select: picks('initial_user'),
  conversations_select: picks('initial_conversation', {
    default_to_current_conversation: flag,
    response_url_enabled: flag,
    filter: conversationFilter,
  }),
  channels_select: picks('initial_channel', { response_url_enabled: flag }),
  multi_static_select: staticSelect({ initial_options: listOf(option, ELEMENT.options), ...MANY }),
  multi_external_select: externalSelect({ initial_options: listOf(option, ELEMENT.options), ...MANY }),
  multi_users_select: picks('initial_users', MANY),
  multi_conversations_select: picks('initial_conversations', {
    ...MANY,
    default_to_current_conversation: flag,
    filter: conversationFilter,
  }),
  multi_channels_select: picks('initial_channels', MANY),
};

const PICKERS: Readonly<Record<string, Rule>> = {
  radio_buttons: choices(ELEMENT.radios, 'initial_option'),
  checkboxes: choices(ELEMENT.radios, 'initial_options'),
  datepicker: picks('initial_date'),
  timepicker: picks('initial_time', { timezone: text(100) }),
  datetimepicker: picks('initial_date_time'),
};

const TEXTS: Readonly<Record<string, Rule>> = {
  plain_text_input: interactive({
    optional: { ...TYPED, multiline: flag, min_length: number, max_length: number },
  }),
  rich_text_input: interactive({ optional: { ...TYPED, initial_value: anything } }),
  email_text_input: interactive({ optional: TYPED }),
  url_text_input: interactive({ optional: TYPED }),
  number_input: interactive({
    required: { is_decimal_allowed: flag },
    optional: { ...TYPED, min_value: anything, max_value: anything },
  }),
  file_input: interactive({ optional: { filetypes: anything, max_files: number } }),
};

const overflow = interactive({
  required: { options: listOf(option, ELEMENT.overflow) },
  optional: { confirm },
});

export const image: Rule = shaped({
  required: { alt_text: text(BLOCK.imageAlt) },
  optional: { image_url: text(BLOCK.imageUrl), slack_file: anything },
});

const ACTIONS = { button, overflow, ...SELECTS, ...PICKERS };

/** What may stand in an actions block, beside a section, in an input block, and in a context block. */
export const actionElement = byType({ ...ACTIONS, workflow_button: anything });
export const accessory = byType({ ...ACTIONS, image, workflow_button: anything });
export const inputElement = byType({ ...SELECTS, ...PICKERS, ...TEXTS });
export const contextElement = byType({
  image,
  plain_text: anyText(BLOCK.contextText),
  mrkdwn: anyText(BLOCK.contextText),
});
export const cardButton = button;
