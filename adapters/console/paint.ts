/** Runs of text → one string, with colours when the terminal has them. */
import { styleText } from 'node:util';
import type { Span, Text, Tone } from '../../src/view/view.ts';
import { cleanLine, cleanText } from './clean.ts';

type Format = Parameters<typeof styleText>[0];

const TONES: Readonly<Record<Tone, Format>> = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  info: 'cyan',
  muted: 'gray',
};
const STYLES: Readonly<Record<NonNullable<Span['style']>, Format>> = { strong: 'bold', code: 'bold' };

export type Paint = (text: string, format: Format) => string;

/** Paints always or never: whether the terminal has colours is decided by the caller, once. */
export function painter(colour: boolean): Paint {
  if (!colour) return (text) => text;
  // styleText closes its codes at a line's end only when told to: without it a colour would run into the next cell.
  return (text, format) => (text === '' ? '' : styleText(format, text, { validateStream: false }));
}

export function paintTone(paint: Paint, text: string, tone: Tone | undefined): string {
  return tone === undefined ? text : paint(text, TONES[tone]);
}

/** Cleaned and painted. `multiline` keeps line ends; without it the text is one line. */
export function paintText(paint: Paint, text: Text, multiline: boolean): string {
  const clean = multiline ? cleanText : cleanLine;
  if (typeof text === 'string') return clean(text);
  return text.map((span) => paintSpan(paint, span, clean)).join('');
}

function paintSpan(paint: Paint, span: Span, clean: (text: string) => string): string {
  const toned = paintTone(paint, clean(span.text), span.tone);
  return span.style === undefined ? toned : paint(toned, STYLES[span.style]);
}
