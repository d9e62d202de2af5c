/** A message of Webex's as a person reads it: its card, and the markdown beside it as clients without cards show it. */
import { submitsOf } from '../../simulator/webex/card.ts';
import { isObject, type JsonObject } from '../../simulator/webex/json.ts';
import type { Message } from '../../simulator/webex/model.ts';
import { readable } from './readable.ts';
import type { Seen } from './stage.ts';

export function readWebex(message: Message): Seen {
  const live = [
    ...[...(message.html ?? '').matchAll(/<a href="([^"]*)"/g)].map(([, url]) => `link ${url}`),
    ...message.mentionedPeople.map((person) => `mention ${person}`),
    ...message.mentionedGroups.map((group) => `mention ${group}`),
  ];
  const card = message.card === null ? '' : wordsOf(message.card, live);
  return {
    id: message.id,
    text: readable(message.card === null ? message.text : card),
    beside: readable(message.text),
    buttons: buttonsOf(message).map(readable),
    live: [...new Set(live)],
  };
}

/** As they stand there. */
export function buttonsOf({ card }: Message): readonly string[] {
  return card === null ? [] : submitsOf(card).map(({ title }) => title);
}

/** Throws on what this reader does not know, so that nothing is overlooked. */
function wordsOf(part: JsonObject, live: string[]): string {
  const inside = (name: string, between: string) =>
    listAt(part, name)
      .map((one) => wordsOf(one, live))
      .join(between);
  switch (part['type']) {
    case 'AdaptiveCard':
      return inside('body', '\n');
    case 'Container':
    case 'Column':
      return inside('items', '\n');
    case 'ColumnSet':
      return inside('columns', ' ');
    case 'RichTextBlock':
      return inside('inlines', '');
    case 'TextRun':
      if (isObject(part['selectAction'])) live.push(`link ${part['selectAction']['url']}`);
      return called(String(part['text']), live);
    case 'Input.Text':
    case 'Input.ChoiceSet':
      return called(String(part['label']), live);
    case 'ActionSet':
      return '';
    default:
      throw new Error(`a person reads nothing of ${JSON.stringify(part)}`);
  }
}

/** Text of a card can call functions: https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features */
function called(text: string, live: string[]): string {
  for (const [call] of text.matchAll(/\{\{(?:DATE|TIME)\(.*?\)\}\}|\$\{.*?\}/g))
    live.push(`function ${call}`);
  return text;
}

function listAt(part: JsonObject, name: string): readonly JsonObject[] {
  const list = part[name];
  return Array.isArray(list) ? list.filter(isObject) : [];
}
