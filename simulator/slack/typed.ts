/** Text as Slack makes it of what people type. https://docs.slack.dev/messaging/formatting-message-text */
import type { JsonObject } from './json.ts';
import type { World } from './world.ts';

/** The three characters that are special in Slack's markup. */
export function encode(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Mentions of people, groups and channels, and links; a mention that is already written as one stays. */
export function typed(world: World, text: string): string {
  return text
    .split(/(<[@#!][^<>]+>)/)
    .map((part, index) => (index % 2 === 1 ? part : linked(mentioned(world, encode(part)))))
    .join('');
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
  // An address contains an @ too, but not after a space.
  return text.replace(
    /(?<=^|[\s(])[@#][\w-]+/g,
    (word) => groups.get(word) ?? users.get(word) ?? rooms.get(word) ?? word,
  );
}

function linked(text: string): string {
  return text
    .replace(/(?<=^|\s)https?:\/\/[^\s<>|]+/g, (url) => `<${url}>`)
    .replace(/(?<=^|\s)[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (address) => `<mailto:${address}|${address}>`);
}

/** The block that Slack puts under every message that a person types. */
export function typedBlock(text: string, blockId: string): JsonObject {
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}
