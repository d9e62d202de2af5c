/**
 * Text as Slack encodes it → text as it was typed.
 * https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
import { meantBy } from '../../src/chat/link.ts';
import { MENTION, undoListNumbers, undoTypedMarks } from '../../src/chat/typed-marks.ts';
import { allText, textAt, valueAt } from './arrival.ts';
import { richText, unescaped } from './rich-text.ts';

/** A message has at most 40 000 characters: https://docs.slack.dev/reference/methods/chat.postMessage#truncating */
export const MAX_INCOMING = 40_000;

const ENCODED = /<([^\s<>|][^<>\n|]{0,3000})(?:\|([^<>\n]{0,3000}))?>/g;

/**
 * Undoes links, mentions, code marks and entities; the bot's own mention (`bot` is its `U…`) is left out. Takes time in
 * proportion to the text, of which 40 000 characters are read.
 */
export function plainText(encoded: string, bot: string | null): string {
  return decode(encoded, bot).replaceAll(MENTION, ' ').trim();
}

/** What was typed behind the command. Slack hands it over with its signs, and does not say which of them are formatting. */
export function commandText(encoded: string, bot: string): string {
  return undoListNumbers(undoTypedMarks(decode(encoded, bot))).trim();
}

/** What the writer of a message meant: from its blocks, which know formatting from text, else from its `text`. */
export function messageText(message: unknown, bot: string): string {
  const encoded = (textAt(message, 'text') ?? '').slice(0, MAX_INCOMING);
  const named = namesIn(encoded);
  const rich = richText(valueAt(message, 'blocks'), encoded, (target, words) =>
    readTarget(target, words ?? named.get(target), bot),
  );
  const text = rich?.slice(0, MAX_INCOMING).replaceAll('`', ' ') ?? '';
  return text.trim() === '' ? commandText(encoded, bot) : undoListNumbers(undoTypedMarks(text)).trim();
}

/** Everything that a message says to its readers: what its writer typed, and what an app has put into blocks and attachments. */
export function everyText(message: unknown, bot: string): string {
  const typed = messageText(message, bot);
  const blocks = valueAt(message, 'blocks');
  const isRead = typed !== '' && Array.isArray(blocks) && blocks.every(isRichText);
  const others = { blocks: isRead ? [] : blocks, attachments: valueAt(message, 'attachments') };
  return `${typed}\n${commandText(allText(others, MAX_INCOMING), bot)}`;
}

const isRichText = (block: unknown) => textAt(block, 'type') === 'rich_text';

/** With `MENTION` for the bot's own. */
function decode(encoded: string, bot: string | null): string {
  const text = encoded
    .slice(0, MAX_INCOMING)
    .replaceAll(MENTION, '')
    .replace(ENCODED, (_whole, target: string, words: string | undefined) => readTarget(target, words, bot))
    .replaceAll('`', ' ');
  return unescaped(text);
}

/** Groups and channels have their names in the text alone, if anywhere: `<!subteam^S1|@voice-admins>`. */
function namesIn(encoded: string): ReadonlyMap<string, string> {
  return new Map(
    [...encoded.matchAll(ENCODED)].flatMap(([, target = '', words]) => (words ? [[target, words]] : [])),
  );
}

function readTarget(target: string, words: string | undefined, bot: string | null): string {
  if (target === `@${bot}`) return MENTION;
  if (target.startsWith('@')) return words === undefined ? target : at(words);
  if (target.startsWith('#')) return `#${words || target.slice(1)}`;
  if (target.startsWith('!')) return readSpecial(target.slice(1), words);
  return meantBy(target, words);
}

/** `subteam^S…`, `date^…`, `here`: their words, or their name. */
function readSpecial(target: string, words: string | undefined): string {
  if (words) return target.startsWith('date^') ? words : at(words);
  return `@${target.replace(/^subteam\^/, '')}`;
}

const at = (name: string) => (name.startsWith('@') ? name : `@${name}`);
