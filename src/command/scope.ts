/** What a watch's text means: which devices it names, what has to be asked for beyond that, and whether a row is one of them. */
import type { DeviceClass } from '../device/device.ts';
import type { KnownRow } from '../device/known.ts';
import { isSoftClient } from '../device/soft-clients.ts';
import { spellingsOf } from '../view/phone-number.ts';
import { numbersOf } from '../view/text.ts';
import type { ReadScope } from '../watch/ports.ts';
import type { Scope } from '../watch/watch.ts';
import { ctiQueries } from './cti.ts';
import { ctiTest, namesOfRow } from './cti-match.ts';
import { filterTest, type RowTest, subjectTest } from './match.ts';
import { type Command, type Filter, parseAgain, type Subject } from './parse.ts';
import { SELECTING, spellings } from './selection.ts';
import { forceSubject } from './subject.ts';

/** Reads a watch's text again. Null: it cannot be read any more. */
export const readScope: ReadScope = (text) => {
  const read = parseAgain(`watch ${text}`);
  return read.type === 'command' && read.command.verb === 'watch' ? scopeOf(read.command) : null;
};

/** What a command names, in the two parts that matter: what can be asked for, and what is compared here. */
export interface Named {
  /** Joined by "or". */
  readonly subjects: readonly Subject[];
  /** Joined by "and", with each other and with the subjects. */
  readonly filters: readonly Filter[];
}

/** Without subjects, the first filter that names things stands in for them: `desc:"LON*"` after a verb that takes filters. */
export function namedBy({ subjects, filters }: Pick<Command, 'subjects' | 'filters'>): Named {
  if (subjects.length > 0) return { subjects, filters };
  for (const field of [...SELECTING, 'user']) {
    const filter = filters.find((one) => one.field === field && !one.not);
    if (filter === undefined) continue;
    const forced = filter.values.flatMap((value) => forceSubject(field, value) ?? []);
    return { subjects: forced, filters: filters.filter((one) => one !== filter) };
  }
  return { subjects, filters };
}

type Ordered = Pick<Command, 'subjects' | 'filters' | 'about'>;

/** The scope of a command. Made once: its `matches` is called for every row of a cluster. */
export function scopeOf(command: Ordered): Scope {
  return command.about.cti ? ctiScope(command) : deviceScope(namedBy(command));
}

function ctiScope({ subjects }: Ordered): Scope {
  const tests = subjects.map(ctiTest);
  const matches = (row: KnownRow) => {
    if (!isCtiRow(row)) return false;
    // All applications: what one of them controls comes and goes with it.
    if (tests.length === 0) return row.deviceClass === 'CtiProvider';
    const names = namesOfRow(row);
    return tests.some((test) => test(names));
  };
  return { names: [], numbers: [], exceptions: null, cti: ctiQueries(subjects), matches };
}

function deviceScope(named: Named): Scope {
  const { subjects, filters } = named;
  const exact = subjects.filter(isExact);
  const open = subjects.filter((subject) => !isExact(subject));
  const deviceClass = classOf(named, open);
  const softClients = open.some(namesSoftClients);
  const exceptions =
    subjects.length === 0 || open.length > 0 ? { deviceClass, ...(softClients && { softClients }) } : null;
  return {
    names: exact.flatMap((one) => (one.type === 'number' ? [] : spellings(one.name, one.typed))),
    numbers: exact.flatMap((one) => (one.type === 'name' ? [] : spellingsOf(one.number))),
    exceptions,
    cti: [],
    matches: both(subjectsTest(exact, open, exceptions !== null, deviceClass), filters.map(filterTest)),
  };
}

type Exact = Extract<Subject, { type: 'name' | 'number' | 'name-or-number' }>;

function isExact(subject: Subject): subject is Exact {
  if (subject.type === 'name') return true;
  return (subject.type === 'number' || subject.type === 'name-or-number') && !subject.number.includes('*');
}

function isCtiRow({ deviceClass }: KnownRow): boolean {
  return deviceClass === 'CtiProvider' || deviceClass === 'CtiDevice' || deviceClass === 'CtiLine';
}

/** Classes of device are named by what they are; who says nothing means phones, unless the words can mean anything. */
function classOf({ filters }: Named, open: readonly Subject[]): DeviceClass {
  const classes = filters.filter(({ field }) => field === 'class');
  const [only, ...others] = classes;
  const [value, ...values] = only?.values ?? [];
  if (only === undefined) return open.every(meansPhones) ? 'Phone' : 'Any';
  const isOne = others.length === 0 && values.length === 0 && !only.not && value !== '*';
  // Values of closed sets were checked when the text was read.
  return isOne ? (value as DeviceClass) : 'Any';
}

const PHONE_PREFIXES = ['SEP', 'ATA', 'VGC', 'AN', 'CSF', 'TCT', 'BOT', 'TAB'];

/** `SEP0011*` are phones, `LON-GW*` may be anything; an address is whatever has it. */
function meansPhones(subject: Subject): boolean {
  if (subject.type === 'ip') return false;
  if (subject.type !== 'pattern') return true;
  const start = subject.pattern.replace(/\*.*$/s, '').toUpperCase();
  return PHONE_PREFIXES.some((prefix) => prefix.startsWith(start) || start.startsWith(prefix));
}

/** Of an open scope, class and soft clients: that one is not running is its usual state, so it is watched only by name. */
function subjectsTest(
  exact: readonly Exact[],
  open: readonly Subject[],
  isOpen: boolean,
  deviceClass: DeviceClass,
): RowTest {
  const isNamed = exactTest(exact);
  const soft = open.filter(namesSoftClients).map(subjectTest);
  const tests = open.map(subjectTest);
  return (row) => {
    if (isCtiRow(row)) return false;
    if (isNamed(row)) return true;
    if (!isOpen || (deviceClass !== 'Any' && row.deviceClass !== deviceClass)) return false;
    if (isSoftClient(row)) return soft.some((test) => test(row));
    return tests.length === 0 || tests.some((test) => test(row));
  };
}

function namesSoftClients(subject: Subject): boolean {
  return subject.type === 'pattern' && isSoftClient({ name: subject.pattern });
}

/** Names and numbers in sets: hundreds of them cost a row no more than one. */
function exactTest(exact: readonly Exact[]): RowTest {
  const names = new Set(exact.flatMap((one) => (one.type === 'number' ? [] : [one.name.toUpperCase()])));
  const dialled = new Set(exact.flatMap((one) => (one.type === 'name' ? [] : spellingsOf(one.number))));
  return (row) =>
    names.has(row.name.toUpperCase()) ||
    (dialled.size > 0 && !isSoftClient(row) && numbersOf(row).some((number) => dialled.has(number)));
}

function both(test: RowTest, filters: readonly RowTest[]): RowTest {
  return filters.length === 0 ? test : (row) => test(row) && filters.every((filter) => filter(row));
}
