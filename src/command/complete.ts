/** What the last word of a text may become. */

import { MODELS } from '../device/models.ts';
import type { KnownName } from '../lookup/names.ts';
import { asSubject } from '../view/text.ts';
import { FIELD_WORDS, FIELDS, OPTION_WORDS, OPTIONS, VERB_WORDS, VERBS } from './grammar.ts';
import { knownValues } from './values.ts';

const SEPARATOR = /[\s,;]/;

/** The part of a text that a completion replaces: what stands after the last separator. */
export function lastWord(text: string): string {
  let from = text.length;
  while (from > 0 && !SEPARATOR.test(text.charAt(from - 1))) from -= 1;
  return text.slice(from);
}

/**
 * Completions of the last word, at most `limit`: verbs where one can stand, then options of the verb, filters, values of both, and names
 * and numbers that are known. Each replaces `lastWord(text)`.
 */
export function complete(text: string, names: readonly KnownName[], limit = 20): readonly string[] {
  const word = lastWord(text);
  const typed = word.toLowerCase();
  const first = /^\s*\S*$/.test(text.slice(-200)) && text.length <= 200;
  if (typed === '' && !first) return [];
  const colon = word.indexOf(':');
  if (colon > 0) return completeValue(word, colon, names, limit);
  const before = text.trim().split(SEPARATOR)[0]?.toLowerCase() ?? '';
  const verb = first ? undefined : VERB_WORDS.get(before);
  const verbs = VERBS.filter(({ name }) => name !== 'device').map(({ name }) => name);
  const ofHelp = verb?.name === 'help';
  const grammar = [
    ...(first || ofHelp ? verbs : []),
    ...(verb === undefined ? [] : optionsOf(verb.name)),
    ...(ofHelp ? [] : FIELDS.map(({ name }) => `${name}:`)),
  ];
  const found = grammar.filter((candidate) => candidate.startsWith(typed));
  if (typed === '' || ofHelp) return found.slice(0, limit);
  return [...new Set([...found, ...known(typed, names, limit)])].slice(0, limit);
}

/** `grace:`, and `dm`, which needs no value. */
function optionsOf(verb: string): readonly string[] {
  return OPTIONS.filter(({ verbs, name }) => verbs.includes(verb) && name !== 'confirm').map(
    ({ name, example }) => (example === name ? name : `${name}:`),
  );
}

function known(typed: string, names: readonly KnownName[], limit: number): readonly string[] {
  const found: string[] = [];
  for (const { name, numbers } of names) {
    if (found.length >= limit) break;
    if (name.toLowerCase().startsWith(typed)) found.push(asSubject(name));
    for (const number of numbers.map(plain)) if (number.startsWith(plain(typed))) found.push(number);
  }
  return found;
}

/** CUCM shows a leading + as \+, people do not write it so. */
function plain(number: string): string {
  return number.replace(/^\\/, '');
}

function completeValue(
  word: string,
  colon: number,
  names: readonly KnownName[],
  limit: number,
): readonly string[] {
  const before = word.slice(0, colon).toLowerCase();
  const field = FIELD_WORDS.get(before) ?? OPTION_WORDS.get(before);
  if (field === undefined) return [];
  const head = word.slice(0, colon + 1);
  const value = word.slice(colon + 1).toLowerCase();
  const not = value.startsWith('!') ? '!' : '';
  const typed = value.slice(not.length).replace(/^["\\]/, '');
  return candidates(field.name, names)
    .filter((candidate) => candidate.toLowerCase().startsWith(typed))
    .slice(0, limit)
    .map(
      (candidate) =>
        `${head}${not}${SEPARATOR.test(candidate) ? `"${candidate.replaceAll('"', '')}"` : candidate}`,
    );
}

/** What most people mean by an option. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  grace: ['30s', '1m', '5m', '15m'],
  until: ['back', '18:00', '2h', '1d'],
  for: ['1h', '2h', '8h', '1d', '7d'],
  dm: ['yes'],
  why: ['maintenance'],
};

function candidates(field: string, names: readonly KnownName[]): readonly string[] {
  const usual = USUAL[field];
  if (usual !== undefined) return usual;
  if (field === 'name') return names.map(({ name }) => name);
  if (field === 'dn') return [...new Set(names.flatMap(({ numbers }) => numbers.map(plain)))];
  if (field === 'desc') return names.map(({ description }) => description).filter((text) => text !== '');
  if (field === 'model') return [...MODELS.values()].map((model) => model.replace(/^Cisco /, ''));
  return field === 'fresh' ? ['yes'] : knownValues(field);
}
