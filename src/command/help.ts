/** `help`: the grammar, with examples that work. Asks CUCM nothing. */
import { filterHelpView, helpView, verbHelpView } from '../view/help.ts';
import type { View } from '../view/view.ts';
import type { Verb } from './command.ts';
import { FIELD_WORDS, FIELDS, OPTIONS, VERB_WORDS } from './grammar.ts';
import { nearestWord } from './nearest.ts';
import type { Command } from './parse.ts';

/** Help for the verbs given, itself among them. */
export function createHelp(others: readonly Verb[]): Verb {
  const help: Verb = {
    name: 'help',
    summary: 'this list; help and a command says more',
    usage: 'help [command]',
    examples: ['help', 'help down', 'help filters'],
    run: (command) => explain(command),
    explain: (command) => explain(command),
  };
  async function explain(command: Command): Promise<View> {
    const word = command.words[0]?.toLowerCase();
    const verbs = [...others, help];
    if (word === undefined) return helpView({ verbs, fields: FIELDS });
    if (/^filters?$/.test(word) || isField(word)) return filterHelpView(FIELDS);
    const known = VERB_WORDS.get(word)?.name ?? nearestWord(word, VERB_WORDS.keys());
    const name = VERB_WORDS.get(known ?? '')?.name;
    const verb = verbs.find((candidate) => candidate.name === name);
    if (verb === undefined) return helpView({ verbs, fields: FIELDS, unknown: word });
    const options = OPTIONS.filter((option) => option.verbs.includes(verb.name) && option.name !== 'confirm');
    return verbHelpView({ ...verb, options });
  }
  return help;
}

/** `help node:`; a few filters share their name with a verb, which is what people mean then. */
function isField(word: string): boolean {
  const name = word.replace(/:$/, '');
  return FIELD_WORDS.has(name) && (name !== word || !VERB_WORDS.has(name));
}
