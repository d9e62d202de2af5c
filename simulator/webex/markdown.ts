/**
 * Webex's markdown as HTML, as clients show it: enough of it to see what a message would become, above all what would be a link, a
 * mention or formatting. https://developer.webex.com/docs/basics#formatting-messages
 */

/** HTML of a mention: `personEmail:…`, `personId:…|name`, `all`; null when nobody is meant. */
export type Mentioner = (target: string) => string | null;

interface Inline {
  readonly pattern: RegExp;
  readonly html: (match: RegExpExecArray, inside: (text: string) => string, mention: Mentioner) => string;
}

/** Tags that messages may have; everything else is shown as it was typed. */
const TAGS = '(?:b|strong|i|em|u|s|del|code|pre|p|br|hr|h1|h2|h3|ul|ol|li|blockquote|a|span|spark-mention)';
const BLOCKS: readonly { readonly pattern: RegExp; readonly html: (inside: string) => string }[] = [
  { pattern: /^(?:#{1})\s+(.*)$/, html: (inside) => `<h1>${inside}</h1>` },
  { pattern: /^(?:#{2})\s+(.*)$/, html: (inside) => `<h2>${inside}</h2>` },
  { pattern: /^(?:#{3,6})\s+(.*)$/, html: (inside) => `<h3>${inside}</h3>` },
  { pattern: /^\s{0,3}[-*+]\s+(.*)$/, html: (inside) => `<ul><li>${inside}</li></ul>` },
  { pattern: /^\s{0,3}\d{1,9}[.)]\s+(.*)$/, html: (inside) => `<ol><li>${inside}</li></ol>` },
  { pattern: /^>\s?(.*)$/, html: (inside) => `<blockquote>${inside}</blockquote>` },
];

const INLINE: readonly Inline[] = [
  { pattern: /\\([!-/:-@[-`{-~])/y, html: ([, character = '']) => escapeHtml(character) },
  {
    pattern: /(`+)(?!`)(.+?)(?<!`)\1(?!`)/sy,
    html: ([, , code = '']) => `<code>${escapeHtml(code.trim())}</code>`,
  },
  {
    pattern: /<@([^>\n]+)>/y,
    html: ([all, target = ''], _inside, mention) => mention(target) ?? escapeHtml(all),
  },
  { pattern: /<(https?:\/\/[^>\s]+|mailto:[^>\s]+)>/y, html: ([, url = '']) => link(url, escapeHtml(url)) },
  { pattern: new RegExp(`</?${TAGS}(?:\\s[^<>]*)?/?>`, 'iy'), html: ([tag]) => tag },
  {
    pattern: /!?\[((?:[^[\]\\]|\\.)*)\]\(\s*<?((?:[^()\s\\<>]|\\.)+)>?(?:\s+"[^"]*")?\s*\)/sy,
    html: ([, label = '', url = ''], inside) => link(url, inside(label)),
  },
  {
    pattern: /(\*\*|__)(?=\S)(.+?)(?<=\S)\1/sy,
    html: ([, , words = ''], inside) => `<strong>${inside(words)}</strong>`,
  },
  {
    pattern: /\*(?=[^\s*])(.+?)(?<=[^\s*])\*/sy,
    html: ([, words = ''], inside) => `<em>${inside(words)}</em>`,
  },
  {
    pattern: /(?<![\p{L}\d_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\p{L}\d_])/suy,
    html: ([, words = ''], inside) => `<em>${inside(words)}</em>`,
  },
  { pattern: /https?:\/\/[^\s<>"]+/y, html: ([url]) => link(url, escapeHtml(url)) },
  { pattern: /&(?:amp|lt|gt|quot|#\d{1,6}|#x[\da-f]{1,6});/iy, html: ([entity]) => entity },
];

export function htmlOf(markdown: string, mention: Mentioner): string {
  const parts = markdown.split(/^```[^\n]*\n([\s\S]*?)^```[^\n]*$/m);
  // What the expression captured stands at the odd places: code between fences.
  const shown = parts.map((part, n) =>
    n % 2 === 1 ? `<pre><code>${escapeHtml(part)}</code></pre>` : paragraphs(part, mention),
  );
  return shown.join('').replaceAll(/<\/(ul|ol)><\1>/g, '');
}

function paragraphs(markdown: string, mention: Mentioner): string {
  return markdown
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => paragraphOf(paragraph.replaceAll(/^\n+|\n+$/g, ''), mention))
    .join('');
}

function paragraphOf(paragraph: string, mention: Mentioner): string {
  const lines = paragraph.split('\n').map((line) => ({ line, block: blockOf(line, mention) }));
  if (lines.every(({ block }) => block === null)) {
    return `<p>${inlineOf(paragraph, mention).replaceAll('\n', '<br>')}</p>`;
  }
  return lines.map(({ line, block }) => block ?? `<p>${inlineOf(line, mention)}</p>`).join('');
}

function blockOf(line: string, mention: Mentioner): string | null {
  for (const { pattern, html } of BLOCKS) {
    const inside = pattern.exec(line)?.[1];
    if (inside !== undefined) return html(inlineOf(inside, mention));
  }
  return null;
}

function inlineOf(text: string, mention: Mentioner): string {
  const inside = (words: string) => inlineOf(words, mention);
  let html = '';
  for (let at = 0; at < text.length; ) {
    const [shown, length] = nextInline(text, at, inside, mention);
    html += shown;
    at += length;
  }
  return html;
}

function nextInline(
  text: string,
  at: number,
  inside: (text: string) => string,
  mention: Mentioner,
): readonly [string, number] {
  for (const { pattern, html } of INLINE) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return [html(match, inside, mention), match[0].length];
  }
  const [character = ''] = text.slice(at, at + 2);
  return [escapeHtml(character), character.length];
}

function link(url: string, label: string): string {
  return `<a href="${escapeHtml(url.replaceAll(/\\(.)/g, '$1'))}">${label}</a>`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The words of HTML, a line for each paragraph and item. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<br\s*\/?>|<\/(?:p|li|h1|h2|h3|blockquote|pre)>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}
