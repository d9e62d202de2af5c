/** Text objects, options and confirmations. https://docs.slack.dev/reference/block-kit/composition-objects */
import { isList, isObject, textAt } from '../json.ts';
import { ELEMENT } from '../limits.ts';
import { also, anything, flag, listOf, oneOf, type Rule, report, shaped, text } from './rule.ts';

/** A text object of one of the types, up to `max` characters. */
function textObject(max: number, types: readonly string[]): Rule {
  const inside = shaped({
    required: { text: text(max) },
    optional: { emoji: flag, verbatim: flag },
  });
  return (value, at, findings) => {
    if (!isObject(value)) return report(findings, at, 'must provide an object');
    const type = textAt(value, 'type');
    if (type === undefined) return report(findings, at, 'missing required field: type');
    if (!types.includes(type)) return report(findings, `${at}/type`, 'must be a valid enum value');
    if (type === 'mrkdwn' && value['emoji'] !== undefined) {
      report(findings, at, 'invalid additional property: emoji');
    }
    if (type === 'plain_text' && value['verbatim'] !== undefined) {
      report(findings, at, 'invalid additional property: verbatim');
    }
    findings.characters += textAt(value, 'text')?.length ?? 0;
    inside(value, at, findings);
  };
}

export const plain = (max: number): Rule => textObject(max, ['plain_text']);
export const anyText = (max: number): Rule => textObject(max, ['plain_text', 'mrkdwn']);
export const mrkdwn = (max: number): Rule => textObject(max, ['mrkdwn']);

const optionOf = (label: Rule): Rule =>
  shaped({
    required: { text: label, value: text(ELEMENT.optionValue) },
    optional: { description: anyText(ELEMENT.optionDescription), url: text(ELEMENT.url) },
  });

/** An option of a menu; of radio buttons and checkboxes the text may be mrkdwn. */
export const option = optionOf(plain(ELEMENT.optionText));
export const richOption = optionOf(anyText(ELEMENT.optionText));

export const optionGroup: Rule = shaped({
  required: { label: plain(ELEMENT.groupLabel), options: listOf(option, ELEMENT.options) },
});

/** `options` or `option_groups`, and only one of them. */
export const hasOptions = (rule: Rule): Rule =>
  also(rule, (value, at, findings) => {
    const both = isList(value['options']) && isList(value['option_groups']);
    const neither = value['options'] === undefined && value['option_groups'] === undefined;
    if (both) report(findings, at, 'only one of: options, option_groups');
    if (neither) report(findings, at, 'missing required field: options');
  });

export const confirm: Rule = shaped({
  required: {
    title: plain(ELEMENT.confirmTitle),
    text: anyText(ELEMENT.confirmText),
    confirm: plain(ELEMENT.confirmButton),
    deny: plain(ELEMENT.confirmButton),
  },
  optional: { style: oneOf('primary', 'danger') },
});

/** The new dialog objects leave out what Slack has words for itself; nothing more is known of them. */
export const conversationFilter: Rule = anything;
