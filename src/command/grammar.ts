/** The grammar as data: verbs, fields, and what each may be followed by. Help, completion and parser read it. */

/**
 * subjects: things named; filters: things named and filters; scope: the same as one may watch them, `cti …` and `#12` too; words: plain
 * text; none: nothing.
 */
export type Takes = 'subjects' | 'filters' | 'scope' | 'words' | 'none';

export interface VerbGrammar {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly takes: Takes;
  /** True when the verb means nothing without a subject. */
  readonly needsSubject: boolean;
}

function verb(
  name: string,
  takes: Takes,
  aliases: readonly string[] = [],
  needsSubject = false,
): VerbGrammar {
  return { name, aliases, takes, needsSubject };
}

/** `device` is what a message without a verb means. */
export const DEVICE_VERB = 'device';

export const VERBS: readonly VerbGrammar[] = [
  verb(DEVICE_VERB, 'subjects', ['show'], true),
  verb('find', 'filters', ['search', 'list'], true),
  verb('down', 'filters', ['offline', 'unregistered']),
  verb('why', 'subjects', [], true),
  verb('lines', 'subjects', ['line'], true),
  verb('summary', 'filters', ['overview']),
  verb('gateways', 'filters', ['gateway']),
  verb('trunks', 'filters', ['trunk', 'siptrunks']),
  verb('huntlists', 'filters', ['huntlist']),
  verb('media', 'filters', []),
  verb('voicemail', 'filters', ['voicemails']),
  verb('h323', 'filters', []),
  verb('ctiports', 'filters', ['ctiport']),
  verb('cti', 'subjects', []),
  verb('export', 'filters', ['csv']),
  verb('watch', 'scope', [], true),
  verb('unwatch', 'scope', ['forget'], true),
  verb('watches', 'words'),
  verb('mute', 'scope', ['silence']),
  verb('unmute', 'scope'),
  verb('ack', 'words', ['acknowledge']),
  verb('incidents', 'words', ['incident']),
  verb('history', 'scope'),
  verb('status', 'none', []),
  verb('model', 'words', ['models']),
  verb('reason', 'words', ['reasons']),
  verb('help', 'words', ['?', 'commands', '-h', '--help', 'hi', 'hello']),
];

export interface FieldGrammar {
  readonly name: string;
  readonly aliases: readonly string[];
  /** subject: names something and can stand alone; filter: narrows; control: steers the answer. */
  readonly kind: 'subject' | 'filter' | 'control';
  readonly means: string;
  readonly example: string;
}

function field(
  kind: FieldGrammar['kind'],
  name: string,
  means: string,
  example: string,
  aliases: readonly string[] = [],
): FieldGrammar {
  return { kind, name, means, example, aliases };
}

export const FIELDS: readonly FieldGrammar[] = [
  field('filter', 'class', 'kind of device', 'class:gateway', ['type']),
  field('filter', 'status', 'registration', 'status:unreg,rejected', ['state']),
  field('filter', 'model', 'model, by name or number', 'model:8845'),
  field('filter', 'node', 'CUCM node', 'node:!cucm2', ['server']),
  field('filter', 'protocol', 'SIP or SCCP', 'protocol:sip', ['proto']),
  field('filter', 'load', 'active firmware', 'load:sip88xx*', ['firmware']),
  field('filter', 'download', 'firmware download', 'download:failed'),
  field('subject', 'dn', 'directory number', 'dn:10*', ['number', 'ext', 'extension', 'tel']),
  field('subject', 'ip', 'address or subnet', 'ip:10.4.2.0/24', ['address', 'subnet']),
  field('subject', 'user', 'login user', 'user:jsmith'),
  field('subject', 'desc', 'words in the description', 'desc:"front desk"', ['description']),
  field('subject', 'name', 'device name', 'name:SEP0011*', ['device']),
  field('subject', 'mac', 'MAC address', 'mac:00:11:22:33:44:55'),
  field('control', 'in', 'which cluster to ask', 'in:lab', ['cluster']),
  field('control', 'page', 'page of a long answer', 'page:2'),
  field('control', 'fresh', 'ask again, whatever is remembered', 'fresh:yes', ['refresh']),
];

/** What says how to watch, mute or look back, rather than what. */
export interface OptionGrammar {
  readonly name: string;
  readonly aliases: readonly string[];
  /** The verbs that it goes with. */
  readonly verbs: readonly string[];
  readonly means: string;
  readonly example: string;
}

function option(
  name: string,
  verbs: readonly string[],
  means: string,
  example: string,
  aliases: readonly string[] = [],
): OptionGrammar {
  return { name, aliases, verbs, means, example };
}

export const OPTIONS: readonly OptionGrammar[] = [
  option('grace', ['watch'], 'how long a loss may last before it is told', 'grace:5m'),
  option(
    'until',
    ['watch', 'mute'],
    'when it ends: a time of day (UTC), a day, a length of time; for a watch also back',
    'until:18:00',
  ),
  option('for', ['watch', 'mute', 'history'], 'how long, or how far back', 'for:2h'),
  option('dm', ['watch'], 'tells you alone, in a direct message', 'dm', ['direct']),
  option('why', ['mute'], 'the reason, for whoever wonders', 'why:"maintenance"', ['because']),
  option('confirm', ['watch', 'unwatch'], 'does what would be asked about first', 'confirm:yes'),
];

function byWord<T extends { name: string; aliases: readonly string[] }>(
  rows: readonly T[],
): ReadonlyMap<string, T> {
  return new Map(rows.flatMap((row) => [row.name, ...row.aliases].map((word) => [word, row] as const)));
}

/** Verbs by name and alias, in lower case. */
export const VERB_WORDS: ReadonlyMap<string, VerbGrammar> = byWord(VERBS);
/** Fields by name and alias, in lower case. */
export const FIELD_WORDS: ReadonlyMap<string, FieldGrammar> = byWord(FIELDS);
/** Options by name and alias, in lower case. */
export const OPTION_WORDS: ReadonlyMap<string, OptionGrammar> = byWord(OPTIONS);
