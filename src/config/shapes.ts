/** What settings are made of: text and numbers, with what is said when they are not that. */
import { z } from 'zod';

/** Characters of an ordinary setting; more is a mistake. */
const MAX_TEXT = 1000;

/** `is missing` when nothing is written, else the words given. */
export const missingOr = (message: string) => (issue: { readonly input: unknown }) =>
  issue.input === undefined ? 'is missing' : message;

/** One setting of text without control characters. */
export function text(message: string, shape = /^[^\p{Cc}]+$/u, max = MAX_TEXT) {
  const error = missingOr(message);
  return z.string({ error }).min(1, message).max(max, message).regex(shape, message);
}

/** A whole number. Digits count as a number: a variable and the environment can only give text. */
export function whole(from: number, to: number) {
  const error = missingOr(`must be a whole number from ${from} to ${to}`);
  const number = z.int({ error }).min(from, { error }).max(to, { error });
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value),
    number,
  );
}
