/** What a message says, from what was typed or sent: text, HTML, and who is mentioned. */
import { escapeHtml, htmlOf, textOf } from './markdown.ts';
import type { Message, Person } from './model.ts';
import type { World } from './world.ts';

export type Words = Pick<Message, 'text' | 'markdown' | 'html' | 'mentionedPeople' | 'mentionedGroups'>;

const EVERYBODY = '<spark-mention data-object-type="groupMention" data-group-type="all">All</spark-mention>';
const AT_NAME = /(?<![\p{L}\d.@])@([\p{L}\d]+)/gu;

/** Typed by a person: `@risbot`, `@anna` and `@all` are mentions in all three. */
export function typedWords(world: World, typed: string, as: 'text' | 'markdown' | 'html'): Words {
  if (as === 'html') return words(world, typed.replaceAll(AT_NAME, byName(world)));
  if (as === 'markdown') {
    // Mentions go through the markdown as such, so that their HTML is not escaped.
    const marked = typed.replaceAll(AT_NAME, (all, name: string) => {
      if (name === 'all') return '<@all>';
      const person = namedPerson(world, name);
      return person === undefined ? all : `<@personEmail:${person.email}>`;
    });
    return words(world, htmlOf(marked, mentioner(world)), { markdown: typed });
  }
  const html = escapeHtml(typed).replaceAll(AT_NAME, byName(world));
  // Without a mention nothing of it is formatted, and clients send no HTML.
  if (!html.includes('<spark-mention')) return { text: typed, mentionedPeople: [], mentionedGroups: [] };
  return words(world, `<p>${html.replaceAll('\n', '<br>')}</p>`, { text: textOf(html) });
}

/** Sent by the bot: text, or markdown with text beside it for clients that show none. */
export function sentWords(
  world: World,
  text: string | undefined,
  markdown: string | undefined,
  html?: string,
): Words {
  if (markdown !== undefined) {
    const shown = htmlOf(markdown, mentioner(world));
    return words(world, shown, { markdown, ...(text === undefined ? {} : { text }) });
  }
  if (html !== undefined) return words(world, html, text === undefined ? {} : { text });
  return { text: text ?? '', mentionedPeople: [], mentionedGroups: [] };
}

function words(world: World, html: string, more: { text?: string; markdown?: string } = {}): Words {
  const ids = html.matchAll(/<spark-mention data-object-type="person" data-object-id="([^"]*)"/g);
  const people = [...new Set([...ids].flatMap(([, id = '']) => (world.people.has(id) ? [id] : [])))];
  return {
    text: textOf(html),
    ...more,
    html,
    mentionedPeople: people,
    mentionedGroups: html.includes('data-group-type="all"') ? ['all'] : [],
  };
}

function byName(world: World): (all: string, name: string) => string {
  return (all, name) => {
    if (name === 'all') return EVERYBODY;
    const person = namedPerson(world, name);
    return person === undefined ? all : mentionOf(person, person.displayName);
  };
}

function mentioner(world: World): (target: string) => string | null {
  return (target) => {
    if (target === 'all') return EVERYBODY;
    const [kind, rest = ''] = split(target, ':');
    const [whom = '', label] = split(rest, '|');
    const people = [...world.people.values()];
    const person = people.find(({ id, email }) => (kind === 'personId' ? id : email) === whom);
    if (person === undefined || !['personId', 'personEmail'].includes(kind ?? '')) return null;
    return mentionOf(person, label ?? person.displayName);
  };
}

function split(text: string, at: string): readonly string[] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function namedPerson(world: World, name: string): Person | undefined {
  return world.people.values().find((person) => person.name === name && !person.deleted);
}

function mentionOf({ id }: Person, label: string): string {
  return `<spark-mention data-object-type="person" data-object-id="${id}">${escapeHtml(label)}</spark-mention>`;
}
