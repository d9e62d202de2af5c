/** The form that a bare mention opens: cluster, what to look for, verb. Pure. */
import type { Form } from '../../src/chat.ts';
import { cleanLine, shorten } from '../../src/view/clean.ts';
import { FORM_WORDS, typedForm } from '../../src/view/form.ts';
import { cardOf, type Element, type InputChoices } from './card.ts';
import { inertText } from './escape.ts';
import { bytesOf } from './limits.ts';
import type { Rendered } from './render.ts';
import { FORM_DATA, isRecord, own } from './render-actions.ts';
import { line } from './render-text.ts';

const CLUSTER = 'cluster';
const LOOK_FOR = 'lookFor';
const VERB = 'verb';

const MOST_CHOICES = 50;
/** In bytes. */
const LONGEST_VALUE = 150;
/** In UTF-16 units. */
const LONGEST_CHOICE = 75;
const LONGEST_WORDS = 1000;

export interface FormOptions {
  /** It was sent without anything in it, which it says then. */
  readonly empty?: boolean;
}

/** The form as a card. Its markdown says what to do where there is no card. */
export function buildForm(choices: Form, options: FormOptions = {}): Rendered {
  const notice: Element = {
    type: 'Container',
    style: 'warning',
    items: [line(`⚠️ ${EMPTY_FORM}`)],
  };
  const body: Element[] = [
    line(FORM_WORDS.title, { size: 'medium', weight: 'bolder' }),
    ...(options.empty === true ? [notice] : []),
    ...clusterInput(choices.clusters),
    {
      type: 'Input.Text',
      id: LOOK_FOR,
      label: FORM_WORDS.lookFor,
      placeholder: FORM_WORDS.lookForHint,
      maxLength: LONGEST_WORDS,
    },
    ...verbInput(choices.verbs),
  ];
  const ask = {
    type: 'Action.Submit',
    title: FORM_WORDS.ask,
    style: 'positive',
    data: FORM_DATA,
  } as const;
  return {
    markdown: `**${FORM_WORDS.title}**\n\n${FORM_WORDS.lookFor} ${FORM_WORDS.lookForHint}.`,
    card: cardOf(body, [ask]),
    files: [],
  };
}

function clusterInput(clusters: readonly string[]): readonly InputChoices[] {
  const choices = clusters.slice(0, MOST_CHOICES).flatMap((name) => choice(name, name));
  const [first] = choices;
  if (first === undefined || choices.length < 2) return [];
  return [
    {
      type: 'Input.ChoiceSet',
      id: CLUSTER,
      label: FORM_WORDS.cluster,
      style: 'compact',
      value: first.value,
      choices,
    },
  ];
}

function verbInput(verbs: Form['verbs']): readonly InputChoices[] {
  const choices = verbs
    .slice(0, MOST_CHOICES)
    .flatMap(({ name, summary }) => choice(`${name}: ${summary}`, name));
  if (choices.length === 0) return [];
  return [
    {
      type: 'Input.ChoiceSet',
      id: VERB,
      label: FORM_WORDS.verb,
      style: 'compact',
      placeholder: FORM_WORDS.verbHint,
      choices,
    },
  ];
}

/** What is said of a form that was sent empty. */
export const EMPTY_FORM: string = FORM_WORDS.empty;

/** One choice, or none when its value is long: a shortened one would be something else. */
function choice(label: string, value: string): InputChoices['choices'] {
  if (value === '' || bytesOf(value) > LONGEST_VALUE) return [];
  const title = inertText(shorten(cleanLine(label), LONGEST_CHOICE));
  return [{ title: title === '' ? value : title, value }];
}

/**
 * What came back, as a person would have typed it; null when nothing was filled in, or something that this form cannot have sent. `first`
 * is the cluster that this person asks without naming one.
 */
export function readForm(inputs: unknown, first: string | undefined): string | null {
  if (!isRecord(inputs)) return null;
  const words = filled(inputs, LOOK_FOR);
  const verb = filled(inputs, VERB);
  const cluster = filled(inputs, CLUSTER);
  if (words.length > LONGEST_WORDS || bytesOf(verb) > LONGEST_VALUE || bytesOf(cluster) > LONGEST_VALUE) {
    return null;
  }
  return typedForm({ verb, subject: '', words, cluster: cluster === '' ? null : cluster }, first);
}

function filled(inputs: Readonly<Record<string, unknown>>, field: string): string {
  const value = own(inputs, field);
  return typeof value === 'string' ? value.trim() : '';
}
