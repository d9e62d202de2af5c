/** What to say when nothing was found: never seen is not down. */
import {
  type Answer,
  answerData,
  blindNames,
  isSure,
  noticeBlocks,
  readingBlocks,
  refresh,
  whereSeen,
} from './answer.ts';
import { deviceRows } from './csv.ts';
import { asSubject, count, joined, quoted, shortened } from './text.ts';
import type { Action, Block, View } from './view.ts';

/** What was looked for, and how it was read. */
export interface Sought {
  readonly type: 'name' | 'name-or-number' | 'pattern' | 'ip' | 'subnet' | 'number' | 'user' | 'description';
  readonly typed: string;
  /** The device name, when it was read as one. */
  readonly name?: string;
}

export interface NothingOptions {
  /** At least one. */
  readonly wanted: readonly Sought[];
  /** Names of devices that are known to be what was looked for, though RisPort70 has no record of them. */
  readonly known: readonly string[];
  /** Known names that come near. */
  readonly nearest: readonly string[];
  /** Other clusters that may know it. */
  readonly elsewhere: readonly string[];
  /** Commands that the words may have meant. */
  readonly meant: readonly string[];
}

/** Nothing answers to what was named: why that may be, what comes near, and what to try. */
export function nothingFound(answer: Answer, options: NothingOptions): View {
  const blind = blindNames(answer.nodes);
  const unsure =
    blind.length > 0 ? `${joined(blind)} did not answer` : answer.complete ? '' : 'the reply was cut';
  const title =
    unsure === ''
      ? absentTitle(answer, options)
      : `Cannot tell about ${namedWords(options.wanted)}: ${unsure}, and what was seen holds no record`;
  const near = options.nearest.map((name) => ({
    label: shortened(name, 60),
    command: `${asSubject(name)}${answer.inCluster}`,
  }));
  return {
    outcome: 'nothing',
    title,
    tone: unsure === '' ? 'muted' : 'warn',
    blocks: [
      ...readingBlocks(answer.readAs.filter((how) => !how.startsWith('device name'))),
      ...noticeBlocks(answer),
      ...(unsure === '' ? hintBlocks(options) : []),
      ...nearestBlocks(options.nearest),
    ],
    actions: [
      ...options.meant.map((command) => ({ label: `Did you mean ${shortened(command, 60)}?`, command })),
      ...near,
      ...elsewhere(answer.command, options.elsewhere),
      refresh(answer.command),
      { label: 'Help', command: 'help' },
    ],
    data: answerData(answer),
    rows: deviceRows([]),
  };
}

function namedWords(wanted: readonly Sought[]): string {
  const shown = wanted.slice(0, 3).map(({ name, typed }) => shortened(name ?? typed, 60));
  return `${joined(shown, 'or')}${wanted.length > 3 ? ` and ${count(wanted.length - 3)} more` : ''}`;
}

function absentTitle({ cluster }: Answer, { wanted, known }: NothingOptions): string {
  const [only, ...others] = wanted;
  const [device] = known;
  if (only === undefined || others.length > 0) {
    return `CUCM has no record of ${namedWords(wanted)}: mistyped, deleted or never registered`;
  }
  const typed = shortened(only.typed, 60);
  if (device !== undefined) {
    const which =
      only.type === 'number' ? `${typed} is on ${shortened(device, 60)}, which` : shortened(device, 60);
    return `${which} is known in ${cluster}, but has no record now: never registered, or not for days`;
  }
  switch (only.type) {
    case 'name':
      return `CUCM has no record of ${shortened(only.name ?? typed, 60)}: mistyped, deleted or never registered`;
    case 'name-or-number':
      return `CUCM has no record of ${typed}, neither as a device nor as a number`;
    case 'number':
      return `No device in ${cluster} has the number ${typed}: mistyped, deleted or never registered`;
    case 'pattern':
      return `No device name in ${cluster} is like ${typed}`;
    case 'ip':
      return `No device in ${cluster} has the address ${typed}`;
    case 'subnet':
      return `No device in ${cluster} has an address in ${typed}`;
    case 'user':
      return `No phone in ${cluster} has the user ${typed.replace(/^@/, '')}`;
    case 'description':
      return `No device in ${cluster} has ${quoted(typed)} in its description`;
  }
}

function hintBlocks({ wanted: [first, ...others], known }: NothingOptions): readonly Block[] {
  if (first === undefined || others.length > 0) return [];
  const text =
    known.length > 0
      ? 'Check that it has power and network, and that its name is right in CUCM.'
      : hint(first);
  return text === '' ? [] : [{ type: 'text', text }];
}

/** Hex digits with or without separators, nearly as many as a MAC address has. */
const NEARLY_MAC = /^(?:SEP)?(?=.*\d)[0-9a-f]{2}(?:[:.\- ]?[0-9a-f]){5,13}$/i;

function hint({ type, typed, name = '' }: Sought): string {
  const digits = typed.replace(/^SEP|[:.\- ]/gi, '').length;
  const mac = 'A MAC address has 12 characters, 0 to 9 and A to F';
  if (type === 'description' && digits !== 12 && NEARLY_MAC.test(typed)) return `${mac}; this has ${digits}.`;
  if (type === 'name' && name.startsWith('SEP') && !/^SEP[0-9A-F]{12}$/.test(name)) {
    return digits === 12 ? `${mac}: an O may be a 0, an I a 1.` : `${mac}; this has ${digits}.`;
  }
  return '';
}

function nearestBlocks(nearest: readonly string[]): readonly Block[] {
  if (nearest.length === 0) return [];
  return [{ type: 'text', text: `Nearest known: ${joined(nearest.map((name) => shortened(name, 60)))}.` }];
}

function elsewhere(command: string, clusters: readonly string[]): readonly Action[] {
  const bare = command.replace(/(?:^|\s)in:(?:"[^"]*"|\S+)/gi, '').trim();
  return clusters.slice(0, 3).map((name) => ({
    label: `Ask ${name}`,
    command: `${bare} in:${/^[\w.-]+$/.test(name) ? name : quoted(name)}`,
  }));
}

/** A search that found nothing is an answer about the search, not about a device. */
export function nothingMatches(answer: Answer, what: string, clusters: readonly string[]): View {
  const cut = answer.complete ? '' : ', as far as could be seen';
  const sure = isSure(answer);
  return {
    outcome: 'nothing',
    title: `No ${what} in ${answer.cluster}${whereSeen(answer.nodes)}${cut}`,
    tone: sure ? 'muted' : 'warn',
    blocks: [...readingBlocks(answer.readAs), ...noticeBlocks(answer)],
    actions: [...elsewhere(answer.command, clusters), refresh(answer.command)],
    data: answerData(answer),
    rows: deviceRows([]),
  };
}
