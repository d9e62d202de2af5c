/** The `database:` section, and how its URL is written. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { text } from './shapes.ts';
import { type Environment, expandVariables } from './variables.ts';

const WORDS = 'must be sqlite:<path> or postgres://<user>@<host>/<database>';

/** Beside whatever risbot was started in. */
const DEFAULT_URL = 'sqlite:risbot.db';

/** The problem names no part of what was typed: it may hold a password. */
const databaseUrl = text(WORDS).superRefine((typed, context) => {
  const message = urlProblem(typed);
  if (message !== null) context.addIssue({ code: 'custom', message });
});

function urlProblem(typed: string): string | null {
  if (typed.startsWith('sqlite:')) {
    const path = typed.slice('sqlite:'.length);
    if (path === '') return 'names no file: write sqlite:<path>';
    return /^\/\/(?!\/)/.test(path)
      ? 'is a path, not an address: write sqlite:<path> without slashes before it'
      : null;
  }
  if (!/^postgres(?:ql)?:\/\//.test(typed) || !URL.canParse(typed)) return WORDS;
  return new URL(typed).pathname.length > 1
    ? null
    : 'names no database: write postgres://<user>@<host>/<database>';
}

/** Where risbot remembers. */
export const database = z.strictObject({ url: databaseUrl }, { error: 'must hold settings: url' });

/** The URL, a file's path from the folder that it starts in: blank for the working directory. */
export function databaseAt(url: string | undefined, folder: string): string {
  if (url === undefined) return databaseAt(DEFAULT_URL, '');
  if (!url.startsWith('sqlite:') || url === 'sqlite::memory:') return url;
  return `sqlite:${resolve(folder, url.slice('sqlite:'.length))}`;
}

const PASSWORD = /^(postgres(?:ql)?:\/\/[^:@/?#]*:)([^@]*)(@.*)$/s;

/** Whether a password stands in the file itself, instead of the variable that holds it. */
export function holdsPassword(written: string): boolean {
  const password = PASSWORD.exec(written)?.[2] ?? /[?&]password=([^&]*)/.exec(written)?.[1] ?? '';
  return password !== '' && !/^\$\{[^}]*\}$/.test(password);
}

/** As `expandVariables`; a variable that stands for the password holds the password itself, whatever characters are in it. */
export function expandDatabaseUrl(
  written: string,
  environment: Environment,
): ReturnType<typeof expandVariables> {
  const parts = PASSWORD.exec(written)?.slice(1) ?? [written];
  const expanded = parts.map((part) => expandVariables(part, environment));
  return {
    text: expanded
      .map((part, at) =>
        parts.length > 1 && at === 1 ? encodeURIComponent(part.text.toWellFormed()) : part.text,
      )
      .join(''),
    problems: expanded.flatMap(({ problems }) => problems),
  };
}
