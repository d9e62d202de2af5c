/** What settings are made of: text, numbers, lists and addresses, with what is said when they are not that. */
import { z } from 'zod';
import { isLoopback } from './url.ts';

/** Characters of an ordinary setting; more is a mistake. */
const MAX_TEXT = 1000;

/** What is said of a secret that is none, and of the path of the file that holds it. */
export const LINE = 'must be one line of text';
export const FILE = 'must be the path of a file';

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

/** A list that names at least one of `what`. */
export function listOf<Element extends z.ZodType>(what: string, element: Element) {
  const words = `must be a list of ${what}, at least one`;
  return z.array(element, { error: words }).min(1, words);
}

/**
 * An address on the web without user, query or hash. Plain http only on loopback, since it would send `sent` readable. The problem names
 * no part of what was typed: it may hold a secret.
 */
export function address(message: string, sent: string) {
  return text(message).transform((typed, context): URL => {
    const url = URL.canParse(typed) ? new URL(typed) : null;
    const problem = url === null ? message : addressProblem(url, sent);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    return url === null || problem !== null ? z.NEVER : url;
  });
}

function addressProblem(url: URL, sent: string): string | null {
  if (url.username !== '' || url.password !== '') return 'must not hold a user or password';
  if (/[?#]/.test(url.href)) return 'must end after its path';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return null;
  return `must start with https:// (http would send ${sent} readable; it is allowed on loopback only)`;
}

/** With a slash at its end, as a base that paths are appended to. */
export const withSlash = ({ href }: URL) => (href.endsWith('/') ? href : `${href}/`);
