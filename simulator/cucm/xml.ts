/** XML text, escaped as CUCM does it. */

const SPECIAL = /[&<>"']/g;
// XML 1.0 has no way to write these, so they cannot come from a CUCM either.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the class is there to drop control characters
const IMPOSSIBLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export function escapeXml(text: string): string {
  return text.replace(IMPOSSIBLE, '').replace(SPECIAL, (letter) => ENTITIES[letter] ?? letter);
}

/** CUCM writes "nothing" in several ways. A device keeps to one of them, so that every way is met in a cluster. */
export type NilStyle = 0 | 1 | 2;

/** An element that may be nil; `text` is escaped here. */
export function nillable(name: string, text: string, style: NilStyle): string {
  if (text !== '') return `<ns1:${name}>${escapeXml(text)}</ns1:${name}>`;
  switch (style) {
    case 0:
      return `<ns1:${name} xsi:nil="true"/>`;
    case 1:
      return `<ns1:${name} xsi:nil="1"/>`;
    case 2:
      return `<ns1:${name}/>`;
  }
}
