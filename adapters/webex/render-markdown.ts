/** A view as markdown: beside the card for notifications and for those who see no card, and alone where there is none. */
import { cleanLine, cleanText, shorten } from '../../src/view/clean.ts';
import { safeName } from '../../src/view/cuts.ts';
import { fitSpans, NOTHING, NOTICE_MARKS, pageWords, TONE_MARKS, webPage } from '../../src/view/fitted.ts';
import type { Action, Block, Span, Text, View } from '../../src/view/view.ts';
import { codeOf, escapeMarkdown, markdownLength } from './escape.ts';
import { bytesOf } from './limits.ts';

/** In bytes, once escaped. */
const LONGEST_LINE = 1500;
const LONGEST_TITLE = 800;
const LONGEST_CELL = 300;
const LONGEST_URL = 2000;

export interface Markdown {
  readonly text: string;
  /** True when something was left out. */
  readonly cut: boolean;
}

/** As much of the view as fits, in whole lines; `room` is in bytes. */
export function markdownOf(view: View, room: number): Markdown {
  const blocks = [
    [{ text: titleOf(view), cut: false }],
    ...view.blocks.map(linesOf),
    ...(view.actions.length > 0 ? [view.actions.map(actionLine)] : []),
  ];
  let text = '';
  let cut = false;
  for (const lines of blocks) {
    for (const [i, line] of lines.entries()) {
      // Two spaces keep a line end within a paragraph; a blank line begins another.
      const next = `${text}${text === '' ? '' : i > 0 ? '  \n' : '\n\n'}${line.text}`;
      if (bytesOf(next) > room) return { text, cut: true };
      text = next;
      cut ||= line.cut;
    }
  }
  return { text, cut };
}

function titleOf(view: View): string {
  const title = shorten(cleanLine(view.title), LONGEST_TITLE, markdownLength);
  const mark = view.tone === undefined ? '' : `${TONE_MARKS[view.tone]} `;
  return title === '' ? NOTHING : `${mark}**${escapeMarkdown(title)}**`;
}

function actionLine({ label, command }: Action): Markdown {
  const clean = cleanLine(command);
  const short = shorten(clean, LONGEST_CELL, markdownLength);
  const cut = short.length < clean.length;
  const name = escapeMarkdown(shorten(cleanLine(label), 100));
  return { text: `${name}: ${codeOf(short) ?? escapeMarkdown(short)}`, cut };
}

function linesOf(block: Block): readonly Markdown[] {
  switch (block.type) {
    case 'text':
      return [lineOf(block.text)].filter(({ text }) => text !== '');
    case 'notice': {
      const { text, cut } = lineOf(block.text);
      return text === '' ? [] : [{ text: `${NOTICE_MARKS[block.tone]}${text}`, cut }];
    }
    case 'facts':
      return block.facts.map(({ label, value }) => labelled(label, lineOf(value, LONGEST_LINE / 2)));
    case 'list':
      return block.items.map((item) => bullet(lineOf(item)));
    case 'table':
      return tableLines(block);
    case 'file':
      return [{ text: `📎 ${escapeMarkdown(safeName(block.name))}`, cut: false }];
  }
}

function labelled(label: string, { text, cut }: Markdown): Markdown {
  const clean = cleanLine(label);
  const short = shorten(clean, LONGEST_CELL, markdownLength);
  const name = short === '' ? NOTHING : `**${escapeMarkdown(short)}:**`;
  return { text: `${name} ${text || NOTHING}`, cut: cut || short.length < clean.length };
}

/** A sign instead of a list, so that nothing changes in a line's indent whatever client shows it. */
function bullet({ text, cut }: Markdown): Markdown {
  return { text: `• ${text || NOTHING}`, cut };
}

function tableLines(table: Extract<Block, { readonly type: 'table' }>): readonly Markdown[] {
  if (table.rows.length === 0) return [{ text: 'No rows.', cut: false }];
  const rows = table.rows.map((row) => {
    const cells = table.columns.map((_, i) => lineOf(row[i] ?? '', LONGEST_CELL));
    const words = cells.flatMap(({ text }, i) => {
      const label = escapeMarkdown(shorten(cleanLine(table.columns[i]?.label ?? ''), 60));
      return text === '' ? [] : [i === 0 ? text : `${label} ${text}`];
    });
    const cut = cells.some((cell) => cell.cut) || row.length > table.columns.length;
    return bullet({ text: words.join(' · '), cut });
  });
  const words = pageWords(table.page, table.rows.length);
  return words === '' ? rows : [...rows, { text: words, cut: false }];
}

/** Runs as markup that shows nothing but them; every line end keeps its place. */
function lineOf(text: Text, room = LONGEST_LINE): Markdown {
  const fitted = fitSpans(text, room, markdownLength, TONE_MARKS);
  const { cut } = fitted;
  const spans = joined(fitted.spans);
  const parts = spans.map((span, i) => dressed(span, isAlone(spans, i)));
  const lines = parts
    .join('')
    .split('\n')
    .map((line) => line.trim());
  return {
    text: lines
      .join('\n')
      .trim()
      .replaceAll(/\n{2,}/g, '\n\n')
      .replaceAll(/(?<!\n)\n(?!\n)/g, '  \n'),
    cut,
  };
}

/** Runs without dress as one: what would be read together is escaped together. */
function joined(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last !== undefined && isBare(last) && isBare(span))
      all[all.length - 1] = { text: last.text + span.text };
    else all.push(span);
  }
  return all;
}

function isBare({ style, href }: Span): boolean {
  return style === undefined && href === undefined;
}

function dressed(span: Span, alone: boolean): string {
  const text = span.style === 'code' && alone ? (codeOf(span.text) ?? plain(span)) : plain(span);
  const strong = span.style === 'strong' && alone && /^\S(?:.*\S)?$/.test(text) ? `**${text}**` : text;
  const url = webPage(span);
  if (url === null || url.length > LONGEST_URL || /\n/.test(strong)) return strong;
  return `[${strong}](${url.replace(/[()<>\\\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)})`;
}

/** Only the edges of a run may be blank: leading blanks are lost at the start of a line alone. */
function plain({ text }: Span): string {
  const clean = cleanText(text);
  const start = /^ /.test(clean) ? ' ' : '';
  return `${start}${escapeMarkdown(clean)}`;
}

/** Markup is read beside blanks and the ends of a line. */
function isAlone(spans: readonly Span[], at: number): boolean {
  const before = spans[at - 1]?.text.at(-1) ?? ' ';
  const after = spans[at + 1]?.text.at(0) ?? ' ';
  return /[\s(]/.test(before) && /[\s),.;:?]/.test(after);
}
