/** The secrets of a chat platform, each given as one variable or as a file that holds it alone. What all platforms have in common. */
import type { Problem } from './problem.ts';
import { isRecord, type Raw } from './raw.ts';
import { createSecret, type Secret } from './secret.ts';

/** The settings of a platform as written. */
export type Section = Readonly<Record<string, unknown>>;

export interface Credentials<Key extends string> {
  /** The platform's section of the configuration. */
  readonly section: string;
  /** Settings that hold a secret; beside each stands `<key>File`. */
  readonly keys: readonly Key[];
  /** What is obviously wrong with a secret, such as another in its place; null when nothing is. Names no part of it. */
  problem(key: Key, secret: string, section: Section): string | null;
}

/** Null when nothing is written of it, or nothing that could be read. */
export function sectionOf(raw: Raw, name: string): Section | null {
  const section = isRecord(raw.value) ? raw.value[name] : undefined;
  return isRecord(section) ? section : null;
}

/** Whether a secret is given, either way. */
export function isGiven(section: Section, key: string): boolean {
  return section[key] !== undefined || section[`${key}File`] !== undefined;
}

/** Secrets given both ways. */
export function givenTwice<Key extends string>(
  raw: Raw,
  { section: name, keys }: Credentials<Key>,
): readonly Problem[] {
  const section = sectionOf(raw, name) ?? {};
  return keys
    .filter((key) => section[key] !== undefined && section[`${key}File`] !== undefined)
    .map((key) => ({
      ...raw.locate([name, `${key}File`]),
      message: 'the secret is given in two ways: keep one',
    }));
}

export function secretOf<Key extends string>(secrets: ReadonlyMap<Key, string>, key: Key): Secret | null {
  const text = secrets.get(key);
  return text === undefined ? null : createSecret(text);
}
