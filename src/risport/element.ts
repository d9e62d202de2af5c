/** Reading a parsed element: its children by local name, its text, the types of the WSDL. */

/** What stands inside an element, in its order: `{ Name: content }` for an element, `{ '#text': '…' }` for text. */
export type Content = readonly Readonly<Record<string, unknown>>[];

const TEXT = '#text';
const ATTRIBUTES = ':@';
const EMPTY: Content = [];
const UNSIGNED = /^\s*\+?(\d{1,10})\s*$/;
const LARGEST_UNSIGNED_INT = 0xffff_ffff;

/** The child elements by local name; of several with one name the first. */
export function children(content: Content): ReadonlyMap<string, Content> {
  const found = new Map<string, Content>();
  for (const node of content) {
    const name = nameOf(node);
    if (name !== TEXT && !found.has(name)) found.set(name, contentOf(node[name]));
  }
  return found;
}

/** The first child element of that name; empty content when there is none. */
export function child(content: Content, name: string): Content {
  return optionalChild(content, name) ?? EMPTY;
}

/** The first child element of that name, or null when it is missing. */
export function optionalChild(content: Content, name: string): Content | null {
  const node = content.find((candidate) => nameOf(candidate) === name);
  return node === undefined ? null : contentOf(node[name]);
}

/** All child elements of that name. */
export function all(content: Content, name: string): readonly Content[] {
  return content.filter((node) => nameOf(node) === name).map((node) => contentOf(node[name]));
}

/** The first child element whose name passes, with its name. */
export function firstElement(content: Content): { name: string; content: Content } | null {
  const node = content.find((candidate) => nameOf(candidate) !== TEXT);
  if (node === undefined) return null;
  return { name: nameOf(node), content: contentOf(node[nameOf(node)]) };
}

/** Text directly inside, as written; nil, empty and missing elements are `''`. */
export function text(content: Content | undefined): string {
  if (content === undefined) return '';
  const [first] = content;
  if (first === undefined) return '';
  if (content.length === 1) return textOf(first);
  return content.map(textOf).join('');
}

/** A word of a closed set, or whatever is in its place, without the blanks around it. */
export function word(content: Content | undefined): string {
  return text(content).trim();
}

/** The same in the spelling of the set, where only the case is another one. */
export function wordOf(content: Content | undefined, set: readonly string[]): string {
  const written = word(content);
  if (set.includes(written)) return written;
  return set.find((known) => known.toLowerCase() === written.toLowerCase()) ?? written;
}

/** xsd:unsignedInt; null for anything that is none. */
export function unsigned(content: Content | undefined): number | null {
  const digits = UNSIGNED.exec(text(content))?.[1];
  if (digits === undefined) return null;
  const value = Number(digits);
  return value <= LARGEST_UNSIGNED_INT ? value : null;
}

/** xsd:boolean; null for anything that is none. */
export function boolean(content: Content | undefined): boolean | null {
  const value = word(content);
  if (value === 'true' || value === '1') return true;
  return value === 'false' || value === '0' ? false : null;
}

/** The attributes of an element as the parser left them beside its name; none when it was told to leave them out. */
export function attributesOf(node: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const attributes = node[ATTRIBUTES];
  if (typeof attributes !== 'object' || attributes === null) return new Map();
  return new Map(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
}

function nameOf(node: Readonly<Record<string, unknown>>): string {
  for (const name in node) return name;
  return TEXT;
}

function contentOf(value: unknown): Content {
  return Array.isArray(value) ? value : EMPTY;
}

function textOf(node: Readonly<Record<string, unknown>>): string {
  const value = node[TEXT];
  return typeof value === 'string' ? value : '';
}
