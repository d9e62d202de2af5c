/**
 * Text as Slack encodes it → text as it was typed.
 * https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
import { phoneOf } from '../../src/chat/link.ts';

/** A message has at most 40 000 characters: https://docs.slack.dev/reference/methods/chat.postMessage#truncating */
export const MAX_INCOMING = 40_000;

const ENCODED = /<([^\s<>|][^<>\n|]{0,3000})(?:\|([^<>\n]{0,3000}))?>/g;

/**
 * Undoes links, mentions, code marks and entities; the bot's own mention (`bot` is its `U…`) is left out. Takes time in
 * proportion to the text, of which 40 000 characters are read.
 */
export function plainText(encoded: string, bot: string | null): string {
  return encoded
    .slice(0, MAX_INCOMING)
    .replace(ENCODED, (_whole, target: string, label: string | undefined) => readLink(target, label, bot))
    .replaceAll('`', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

function readLink(target: string, label: string | undefined, bot: string | null): string {
  if (target === `@${bot}`) return ' ';
  if (target.startsWith('@')) return label === undefined ? target : at(label);
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!')) return readSpecial(target.slice(1), label);
  // What was typed as a number may carry spaces and brackets; its link does not.
  if (target.startsWith('tel:')) return target.slice('tel:'.length);
  if (target.startsWith('mailto:')) return target.slice('mailto:'.length);
  return label || phoneOf(target);
}

/** `subteam^S…`, `date^…`, `here`: their words, or their name. */
function readSpecial(target: string, label: string | undefined): string {
  if (label) return target.startsWith('date^') ? label : at(label);
  return `@${target.replace(/^subteam\^/, '')}`;
}

const at = (name: string) => (name.startsWith('@') ? name : `@${name}`);
