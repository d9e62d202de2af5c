/** What was typed was not understood: what was, what was not, what comes nearest, and an example. */
import { joined, quoted, shortened } from './text.ts';
import { undoneWords } from './undone.ts';
import type { Action, Block, View } from './view.ts';

/** Why a text was not understood. The words for it are made here. */
export type MisreadReason =
  /** The first word is nearly a verb. */
  | { readonly type: 'near-verb'; readonly word: string; readonly verb: string }
  | { readonly type: 'unknown-field'; readonly field: string; readonly nearest: string | null }
  | { readonly type: 'no-value'; readonly field: string }
  | {
      readonly type: 'bad-value';
      readonly field: string;
      readonly value: string;
      readonly allowed: readonly string[];
    }
  | { readonly type: 'no-subject'; readonly verb: string }
  | { readonly type: 'filter-not-here'; readonly verb: string; readonly field: string }
  /** An option of other verbs. */
  | {
      readonly type: 'option-not-here';
      readonly verb: string;
      readonly option: string;
      readonly verbs: readonly string[];
    }
  /** A star alone, or what means the same. `where` is ` in:lab` for the commands that are offered, or blank. */
  | { readonly type: 'everything'; readonly verb: string; readonly where: string }
  /** Two commands in one message, of which neither was done. */
  | { readonly type: 'two-orders'; readonly verb: string; readonly other: string }
  /** A filter by what a watch tells of. */
  | { readonly type: 'not-watchable'; readonly verb: string; readonly field: string }
  /** A moment that is over, or too far away: `most` is the longest time from now, in words. */
  | {
      readonly type: 'bad-time';
      readonly field: string;
      readonly why: 'past' | 'too-far';
      readonly most: string;
    }
  | { readonly type: 'unknown-cluster'; readonly cluster: string; readonly clusters: readonly string[] };

export interface Misread {
  readonly type: 'misread';
  readonly reason: MisreadReason;
  /** What was read before it stopped making sense; blank when nothing was. */
  readonly understood: string;
  /** The nearest command that would work, as typed; null when none is near. */
  readonly suggestion: string | null;
  /** A command of that kind that works. */
  readonly example: string;
}

/** A card for a misread. It never shows more of the typed text than the word in question. */
export function misreadView(misread: Misread): View {
  const problem = problemWords(misread.reason);
  const blocks: Block[] = [];
  if (misread.understood !== '') blocks.push({ type: 'text', text: `I read: ${misread.understood}.` });
  const hint = hintWords(misread.reason);
  if (hint !== '') blocks.push({ type: 'text', text: hint });
  if (misread.reason.type !== 'everything') blocks.push({ type: 'facts', facts: facts(misread) });
  return {
    outcome: 'misread',
    title: problem,
    tone: 'warn',
    blocks,
    actions: actions(misread),
    data: { error: { code: 'misread', message: problem, reason: misread.reason.type } },
  };
}

function facts(misread: Misread) {
  const { reason, suggestion, example } = misread;
  if (suggestion === null)
    return [{ label: 'For example', value: [{ text: example, style: 'code' }] } as const];
  const label = reason.type === 'filter-not-here' || reason.type === 'not-watchable' ? 'Try' : 'Did you mean';
  return [{ label, value: [{ text: shortened(suggestion), style: 'code' }] } as const];
}

function actions(misread: Misread): readonly Action[] {
  const help = { label: 'Help', command: 'help' };
  if (misread.reason.type === 'everything') return [...instead(misread.reason), help];
  if (misread.suggestion === null || misread.suggestion === help.command) return [help];
  return [{ label: shortened(misread.suggestion, 60), command: misread.suggestion, style: 'primary' }, help];
}

/** What a star may have been meant for. */
function instead({ verb, where }: { readonly verb: string; readonly where: string }): readonly Action[] {
  const muted: Action = { label: 'Mute this room for 1 h', command: `mute all for:1h${where}` };
  return [
    ...(verb === 'mute' ? [muted] : []),
    { label: 'Summary', command: `summary${where}` },
    { label: 'Watch all phones', command: `watch all phones${where}` },
  ];
}

function problemWords(reason: MisreadReason): string {
  switch (reason.type) {
    case 'near-verb':
      return `I do not know the command ${quoted(reason.word)}. Did you mean ${reason.verb}?`;
    case 'unknown-field':
      return reason.nearest === null
        ? `I do not know the filter ${quoted(`${reason.field}:`)}`
        : `I do not know the filter ${quoted(`${reason.field}:`)}. Did you mean ${reason.nearest}:?`;
    case 'no-value':
      return `${reason.field}: needs a value after the colon`;
    case 'bad-value':
      return `${reason.field}: cannot be ${quoted(reason.value)}`;
    case 'no-subject':
      return NEEDS[reason.verb] ?? `${reason.verb} needs to know which device`;
    case 'filter-not-here':
      return `${reason.verb} takes a device, not the filter ${reason.field}:`;
    case 'option-not-here':
      return `${reason.option}: goes with ${joined(reason.verbs, 'or')}, not with ${reason.verb}`;
    case 'everything':
      return `${DONE_NOTHING[reason.verb] ?? 'Nothing was looked up'}: * alone would be every device`;
    case 'two-orders':
      return `${undoneWords(reason.verb)}: ${reason.verb} and ${reason.other} need a message each`;
    case 'not-watchable':
      return `${reason.field}: cannot narrow a watch: it tells you when that changes`;
    case 'bad-time':
      return reason.why === 'past'
        ? `${reason.field}: is over already`
        : `${reason.field}: can be ${reason.most} from now at the most`;
    case 'unknown-cluster':
      return `There is no cluster ${quoted(reason.cluster)} here`;
  }
}

const DONE_NOTHING: Readonly<Record<string, string>> = {
  watch: undoneWords('watch'),
  mute: undoneWords('mute'),
  export: 'Nothing was exported',
};

const NEEDS: Readonly<Record<string, string>> = {
  find: 'find needs something to look for',
  watch: 'watch needs to know what to watch',
  unwatch: 'unwatch needs to know which watch',
};

/** What will do, after verbs that need something. */
const NEEDED: Readonly<Record<string, string>> = {
  device: 'A MAC address, device name, extension, IP address, user or words of the description will do.',
  watch:
    'A device, an extension, a pattern or subnet, a filter such as desc:"LON*", a kind such as gateways, or all phones will do.',
  unwatch: 'Its number will do, or what it watches; watches lists them.',
};

function hintWords(reason: MisreadReason): string {
  switch (reason.type) {
    case 'near-verb':
      return `To look for ${quoted(reason.word)} in descriptions, put desc: in front of it.`;
    case 'unknown-field':
      return /^[0-9a-f]{1,4}$/.test(reason.field)
        ? 'A MAC address has 12 characters, 0 to 9 and A to F. A description with a colon needs quotes.'
        : 'If the colon is part of a description, put the words in quotes.';
    case 'bad-value':
      return reason.allowed.length > 0
        ? `It can be ${joined(reason.allowed, 'or')}.`
        : valueHint(reason.field);
    case 'no-subject':
      return NEEDED[reason.verb] ?? NEEDED['device'] ?? '';
    case 'unknown-cluster':
      return `I can ask ${joined(reason.clusters, 'or')}.`;
    case 'everything':
      return reason.verb === 'mute'
        ? 'mute all holds back everything in this room; summary counts the devices of the cluster.'
        : 'summary counts the devices of the cluster; watch all phones alerts this room when one of them is lost.';
    case 'two-orders':
    case 'no-value':
    case 'filter-not-here':
    case 'option-not-here':
    case 'not-watchable':
      return '';
    case 'bad-time':
      return 'All times are UTC.';
  }
}

function valueHint(field: string): string {
  const hints: Readonly<Record<string, string>> = {
    model: 'Type model and a word to see the models I know.',
    ip: 'It takes an IPv4 or IPv6 address, 10.4.2.* or a subnet such as 10.4.2.0/24.',
    mac: 'It takes twelve hex digits, with or without separators.',
    page: 'It takes a page number, such as 2.',
    fresh: 'It takes yes or no.',
    in: 'It takes the name of one cluster.',
    grace: 'It takes a length of time such as 30s, 5m or 1h30m, 24 h at the most.',
    for: 'It takes a length of time such as 90m, 2h or 3d.',
    until:
      'It takes a time of day such as 18:00 (UTC), a day such as 2026-12-01, a length such as 2h, or for a watch back.',
    dm: 'It takes yes or no.',
    confirm: 'It takes yes or no.',
  };
  return hints[field] ?? '';
}
