/** `help`: the grammar, with examples that work. Asks CUCM nothing. */
import { helpView, verbHelpView } from '../view/help.ts';
import type { Verb } from './command.ts';
import { FIELDS, LATER_VERBS, VERB_WORDS } from './grammar.ts';
import { nearestWord } from './nearest.ts';

/** Help for the verbs given, itself among them. */
export function createHelp(others: readonly Verb[]): Verb {
  const help: Verb = {
    name: 'help',
    summary: 'this list; help and a command says more',
    usage: 'help [command]',
    examples: ['help', 'help down'],
    run: async (command) => {
      const word = command.words[0]?.toLowerCase();
      const verbs = [...others, help];
      if (word === undefined) return helpView({ verbs, fields: FIELDS });
      const known = VERB_WORDS.get(word)?.name ?? nearestWord(word, VERB_WORDS.keys());
      const name = VERB_WORDS.get(known ?? '')?.name;
      const verb = verbs.find((candidate) => candidate.name === name);
      const unknown = verb === undefined ? { unknown: word, later: LATER_VERBS.includes(word) } : {};
      return verb === undefined
        ? helpView({ verbs, fields: FIELDS, ...unknown })
        : verbHelpView(verb, FIELDS);
    },
  };
  return help;
}
