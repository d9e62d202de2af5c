/** The grammar, for people who never read one. */
import { quoted } from './text.ts';
import type { Block, Fact, View } from './view.ts';

export interface HelpVerb {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly usage: string;
  readonly kind?: string;
  readonly examples: readonly string[];
  /** What it takes besides: `grace:5m`. */
  readonly options?: readonly HelpField[];
}

export interface HelpField {
  readonly name: string;
  readonly means: string;
  readonly example: string;
}

export interface Help {
  readonly verbs: readonly HelpVerb[];
  readonly fields: readonly HelpField[];
  /** A word that help was asked for and that is none. */
  readonly unknown?: string;
}

/** Everything on one card. */
export function helpView(help: Help): View {
  const intro: Block = {
    type: 'text',
    text: 'Type what you have: a MAC address, device name, extension, IP address, @user, or words of the description. Several at once are one table. Or start with one of these:',
  };
  return {
    outcome: 'answered',
    title: 'What you can ask risbot',
    blocks: [...unknownBlocks(help), intro, { type: 'facts', facts: verbFacts(help.verbs) }, filterLine()],
    actions: [
      { label: 'What is down', command: 'down' },
      { label: 'Summary', command: 'summary' },
      { label: 'Filters', command: 'help filters' },
    ],
    data: {
      verbs: help.verbs.map(plain),
      fields: help.fields.map(({ name, means, example }) => ({ name, means, example })),
    },
  };
}

function filterLine(): Block {
  return {
    type: 'text',
    text: [
      { text: 'Filters narrow it, as ' },
      { text: 'find model:8845 status:unreg', style: 'code' },
      { text: '; ' },
      { text: 'help filters', style: 'code' },
      { text: ' lists them.' },
    ],
  };
}

/** What each filter is for. */
export function filterHelpView(fields: readonly HelpField[]): View {
  return {
    outcome: 'answered',
    title: 'What narrows a question',
    blocks: [
      { type: 'facts', facts: fields.map(fieldFact) },
      {
        type: 'text',
        text: 'Values may have *, several are joined by commas, ! means not, case does not matter. All that is typed must hold.',
      },
    ],
    actions: [{ label: 'Help', command: 'help' }],
    data: { fields: fields.map(({ name, means, example }) => ({ name, means, example })) },
  };
}

function unknownBlocks({ unknown }: Help): readonly Block[] {
  if (unknown === undefined) return [];
  return [{ type: 'notice', tone: 'warn', text: `There is no command ${quoted(unknown)}.` }];
}

/** A line a verb, and one for all of a kind. */
function verbFacts(verbs: readonly HelpVerb[]): readonly Fact[] {
  return verbs.flatMap((verb): readonly Fact[] => {
    const { name, kind, summary } = verb;
    if (kind === undefined) return [{ label: name === 'device' ? '<device>' : name, value: summary }];
    const [first, ...others] = verbs.filter((other) => other.kind === kind);
    if (verb !== first) return [];
    return [{ label: name, value: `${kind}; also ${others.map((other) => other.name).join(', ')}` }];
  });
}

function fieldFact(field: HelpField): Fact {
  return {
    label: field.name,
    value: [{ text: `${field.means}: ` }, { text: field.example, style: 'code' }],
  };
}

function plain({ name, summary, usage, examples }: HelpVerb) {
  return { name, summary, usage, examples };
}

/** One verb: what it does, how it is typed, and examples that work here. */
export function verbHelpView(verb: HelpVerb): View {
  const takesFilters = verb.usage.includes('filter');
  return {
    outcome: 'answered',
    title: `${verb.name}: ${verb.summary}`,
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'Type', value: [{ text: verb.usage, style: 'code' }] },
          ...(verb.options ?? []).map(fieldFact),
        ],
      },
      { type: 'text', text: 'For example:' },
      { type: 'list', items: verb.examples.map((text) => [{ text, style: 'code' }]) },
      ...(takesFilters ? [filterLine()] : []),
    ],
    actions: verb.examples.slice(0, 3).map((example) => ({ label: example, command: example })),
    data: { verbs: [plain(verb)] },
  };
}
