/**
 * Whether every element is closed by its own closing tag. The parser does not look: it takes any closing tag for the one it
 * waits for, and a mangled row would read as a whole one. The library's own validator costs half as much as its parser.
 */

/**
 * A tag (its slash, its name, its attributes), a comment, CDATA, a processing instruction; or a `<` that is none of them. After a name
 * comes what cannot be of it: the attributes could be anything, and each shorter name would be tried with all of them.
 */
const MARKUP =
  /<(?:(\/?)([^\s<>/!?'"=&]+)(?![^\s<>/!?'"=&])([^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*)>|!--[\s\S]*?-->|!\[CDATA\[[\s\S]*?\]\]>|\?[\s\S]*?\?>)?/g;

/** True for XML whose tags all match; says nothing about names, attributes and references. */
export function isBalanced(xml: string): boolean {
  const open: string[] = [];
  MARKUP.lastIndex = 0;
  for (let found = MARKUP.exec(xml); found !== null; found = MARKUP.exec(xml)) {
    const [markup, slash, name, attributes = ''] = found;
    if (markup === '<') return false;
    if (name === undefined) continue;
    if (slash === '/') {
      if (open.pop() !== name) return false;
    } else if (!attributes.endsWith('/')) {
      open.push(name);
    }
  }
  return open.length === 0;
}
