/** What a text that was not understood leads to: what was read of it, and a command of the kind that works. */
import type { Misread, MisreadReason } from '../view/misread.ts';
import { inName } from '../view/text.ts';
import type { Draft } from './arguments.ts';
import { DEVICE_VERB, type VerbGrammar } from './grammar.ts';

/** A misread of the verb. `draft` is what had been read. */
export function misreadOf(
  verb: Pick<VerbGrammar, 'name'>,
  reason: MisreadReason,
  { draft = null, suggestion = null }: { draft?: Draft | null; suggestion?: string | null } = {},
): Misread {
  const read = draft === null ? '' : understood(verb, draft);
  return { type: 'misread', reason, understood: read, suggestion, example: exampleOf(verb.name) };
}

/** A star alone: every device, which nobody gets by a sign. */
export function everythingMisread({ name }: Pick<VerbGrammar, 'name'>, cluster: string | null): Misread {
  const where = cluster === null ? '' : inName(cluster);
  const reason = { type: 'everything', verb: name, where } as const;
  return {
    type: 'misread',
    reason,
    understood: '',
    suggestion: `summary${where}`,
    example: `watch all phones${where}`,
  };
}

function understood(verb: Pick<VerbGrammar, 'name'>, draft: Draft): string {
  const subjects = draft.subjects.slice(0, 5).map((subject) => subject.readAs);
  const filters = draft.filters.map(
    ({ field, not, values }) => `${field}:${not ? '!' : ''}${values.join(',')}`,
  );
  const parts = [...subjects, ...filters];
  return parts.length === 0 || verb.name === DEVICE_VERB
    ? parts.join(', ')
    : [verb.name, ...parts].join(', ');
}

function exampleOf(verb: string): string {
  const examples: Readonly<Record<string, string>> = {
    device: 'SEP001122334455',
    why: 'why SEP001122334455',
    lines: 'lines 1002',
    down: 'down class:phone node:cucm2',
    cti: 'cti jsmith',
    watch: 'watch SEP001122334455 grace:5m',
    unwatch: 'unwatch 12',
    mute: 'mute 12 for:2h why:"maintenance"',
    unmute: 'unmute 3',
    history: 'history SEP001122334455 for:7d',
    model: 'model 8845',
    reason: 'reason 13',
    help: 'help down',
  };
  return examples[verb] ?? 'find class:phone status:unreg';
}
