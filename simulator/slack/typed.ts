/** Text as Slack makes it of what people type. https://docs.slack.dev/messaging/formatting-message-text */
import type { World } from './world.ts';

/** The three characters that are special in Slack's markup. */
export function encode(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Mentions, links and the bullets of lists; a mention that is already written as one stays, and so do the signs of formatting. */
export function typed(world: World, text: string): string {
  return text
    .split(/(<[@#!][^<>]+>)/)
    .map((part, index) => (index % 2 === 1 ? part : linked(mentioned(world, encode(part)))))
    .join('')
    .replace(/^( *)[-•] (?=\S)/gm, '$1• ');
}

function mentioned(world: World, text: string): string {
  const users = new Map([...world.users.values()].map(({ name, id }) => [`@${name}`, `<@${id}>`]));
  const groups = new Map(
    [...world.groups.values()].map(({ handle, id }) => [`@${handle}`, `<!subteam^${id}>`]),
  );
  const rooms = new Map(
    [...world.channels.values()]
      .filter(({ kind }) => kind !== 'im')
      .map(({ name, id }) => [`#${name}`, `<#${id}|${name}>`]),
  );
  // An address contains an @ too, but not after a space. `_` belongs to `_@anna_`, not to her name.
  return text.replace(
    /(?<=^|[\s(*_~])[@#][\w-]*[a-zA-Z\d-]/g,
    (word) => groups.get(word) ?? users.get(word) ?? rooms.get(word) ?? BROADCASTS.get(word) ?? word,
  );
}

const BROADCASTS = new Map(['here', 'channel', 'everyone'].map((range) => [`@${range}`, `<!${range}>`]));

function linked(text: string): string {
  return text
    .replace(/(?<=^|[\s*_~])https?:\/\/[^\s<>|*]+/g, (url) => `<${url}>`)
    .replace(/(?<=^|[\s*_~])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (address) => `<mailto:${address}|${address}>`);
}
