/** The form that a bare command or mention opens: cluster, what to look for, verb. Pure. */
import type { KnownBlock, ModalView, Option, PlainTextOption } from '@slack/types';
import type { Form, Suggestion } from '../../src/chat.ts';
import { cleanLine } from '../../src/view/clean.ts';
import { FORM_WORDS, typedForm } from '../../src/view/form.ts';
import { shorten } from './escape.ts';

export const FORM = 'ris_form';
/** Of the button that opens the form where there is nothing to open it with. */
export const OPEN_FORM = 'form:open';
export const LOOK_FOR = 'form:look-for';

const CLUSTER = 'form:cluster';
const WORDS = 'form:words';
const VERB = 'form:verb';

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const OPTION_TEXT = 75;
const OPTION_VALUE = 150;
export const MOST_OPTIONS = 100;
/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
const LONGEST_WORDS = 3000;
/** https://docs.slack.dev/reference/views: private_metadata. */
const LONGEST_METADATA = 3000;

/** The form. `origin` comes back when it is sent: at most 3000 characters. */
export function buildForm(choices: Form, origin: string): ModalView {
  const words: KnownBlock = {
    type: 'input',
    block_id: WORDS,
    optional: true,
    label: text(FORM_WORDS.words),
    hint: text(FORM_WORDS.wordsHint),
    element: { type: 'plain_text_input', action_id: WORDS, multiline: true, max_length: LONGEST_WORDS },
  };
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: origin.slice(0, LONGEST_METADATA),
    title: text(FORM_WORDS.title),
    submit: text(FORM_WORDS.ask),
    close: text(FORM_WORDS.cancel),
    blocks: [...clusterBlocks(choices.clusters), lookFor(), words, ...verbBlocks(choices.verbs)],
  };
}

function clusterBlocks(clusters: readonly string[]): KnownBlock[] {
  const options = clusters.slice(0, MOST_OPTIONS).flatMap((name) => option(name, name));
  const [first] = options;
  if (first === undefined || options.length < 2) return [];
  const element = { type: 'static_select', action_id: CLUSTER, options, initial_option: first } as const;
  return [{ type: 'input', block_id: CLUSTER, optional: true, label: text(FORM_WORDS.cluster), element }];
}

function lookFor(): KnownBlock {
  return {
    type: 'input',
    block_id: LOOK_FOR,
    optional: true,
    label: text(FORM_WORDS.lookFor),
    element: {
      type: 'external_select',
      action_id: LOOK_FOR,
      min_query_length: 1,
      placeholder: text(FORM_WORDS.lookForHint),
    },
  };
}

function verbBlocks(verbs: Form['verbs']): KnownBlock[] {
  const options = verbs
    .slice(0, MOST_OPTIONS)
    .flatMap(({ name, summary }) => option(`${name}: ${summary}`, name));
  if (options.length === 0) return [];
  const element = {
    type: 'static_select',
    action_id: VERB,
    options,
    placeholder: text(FORM_WORDS.verbHint),
  } as const;
  return [{ type: 'input', block_id: VERB, optional: true, label: text(FORM_WORDS.verb), element }];
}

/** One option, or none when its value is longer than Slack takes: a shortened one would be something else. */
function option(label: string, value: string): PlainTextOption[] {
  if (value === '' || value.length > OPTION_VALUE) return [];
  return [{ text: text(shorten(cleanLine(label), OPTION_TEXT) || value.slice(0, OPTION_TEXT)), value }];
}

function text(words: string) {
  return { type: 'plain_text', text: words, emoji: false } as const;
}

/** What a select offers while somebody types: what they typed as it is, then what is known. */
export function buildOptions(typed: string, suggestions: readonly Suggestion[]): Option[] {
  const asTyped = typed.trim();
  const known = suggestions.filter((one) => one.text !== asTyped);
  const exact = suggestions.find((one) => one.text === asTyped);
  return [
    ...(asTyped === '' ? [] : option(exact?.label ?? asTyped, asTyped)),
    ...known.flatMap((one) => option(one.label, one.text)),
  ].slice(0, MOST_OPTIONS);
}

/** What Slack says about a form's fields, by block and action. */
export type FormState = Readonly<
  Record<string, Readonly<Record<string, Readonly<{ value?: unknown; selected_option?: unknown }>>>>
>;

/** The cluster chosen so far. */
export function chosenCluster(state: FormState): string | null {
  return chosen(state, CLUSTER);
}

/** The form as a person would have typed it; null when nothing was filled in. `first` is the cluster that this person asks without naming one. */
export function readForm(state: FormState, first: string | undefined): string | null {
  const typed = state[WORDS]?.[WORDS]?.value;
  const filled = {
    verb: chosen(state, VERB) ?? '',
    subject: chosen(state, LOOK_FOR) ?? '',
    words: typeof typed === 'string' ? typed.trim() : '',
    cluster: chosenCluster(state),
  };
  return typedForm(filled, first);
}

/** Where the reasons of a form that was sent empty are shown. */
export const EMPTY_FORM = { [LOOK_FOR]: FORM_WORDS.empty } as const;

function chosen(state: FormState, field: string): string | null {
  const picked = state[field]?.[field]?.selected_option;
  if (typeof picked !== 'object' || picked === null || !('value' in picked)) return null;
  return typeof picked.value === 'string' && picked.value !== '' ? picked.value : null;
}
