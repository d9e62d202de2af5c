/** Entity and character references of XML 1.0. A document can name only the five below: declarations are refused. */

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const REFERENCE = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));|&/gi;

/**
 * Text with its references put in, once: `&amp;amp;` becomes `&amp;`. Throws a SyntaxError on a bare `&`, an entity that
 * XML does not define, and a number that is no character of XML 1.0.
 */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (reference, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return character(Number.parseInt(hex, 16), reference);
    if (decimal !== undefined) return character(Number.parseInt(decimal, 10), reference);
    const known = name === undefined ? undefined : NAMED.get(name);
    if (known === undefined) throw new SyntaxError('unknown entity reference');
    return known;
  });
}

function character(codePoint: number, reference: string): string {
  if (!isXmlCharacter(codePoint)) throw new SyntaxError(`${reference} is no character`);
  return String.fromCodePoint(codePoint);
}

/** Whether XML 1.0 can hold that character at all, written out or as a reference. */
export function isXmlCharacter(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 0x9 || codePoint === 0xa || codePoint === 0xd;
  if (codePoint < 0xd800) return true;
  return (codePoint > 0xdfff && codePoint < 0xfffe) || (codePoint > 0xffff && codePoint <= 0x10ffff);
}
