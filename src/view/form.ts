/** The form that a bare command or mention opens: its words, and what it comes to. */

export const FORM_WORDS = {
  title: 'Ask about phones',
  cluster: 'Cluster',
  lookFor: 'What are you looking for?',
  lookForHint: 'MAC address, number, IP address, name or description',
  words: 'Or type it',
  wordsHint: 'Several things at once, or filters: status:unreg node:cucm2',
  verb: 'What to do',
  verbHint: 'Show it',
  ask: 'Ask',
  cancel: 'Cancel',
  empty: 'Choose or type something, or pick a verb below.',
} as const;

/** What was filled in; blank or null for what was not. */
export interface FilledForm {
  readonly verb: string;
  readonly subject: string;
  readonly words: string;
  readonly cluster: string | null;
}

/** The form as a person would have typed it; null when nothing was filled in. `first` is the cluster that this person asks without naming one. */
export function typedForm(filled: FilledForm, first: string | undefined): string | null {
  const { verb, subject, words, cluster } = filled;
  if (words === '' && subject === '' && verb === '') return null;
  const isClear = cluster === null || cluster === first || /(?:^|\s)in:/i.test(`${subject} ${words}`);
  const named = isClear ? '' : `in:${quoted(cluster)}`;
  return [verb, subject, words, named].filter((part) => part !== '').join(' ');
}

const quoted = (name: string) => (/\s/.test(name) ? `"${name}"` : name);
