/** Filter values as people type them → values that can be compared. */
import { DEVICE_CLASSES, DOWNLOAD_STATUSES, PROTOCOLS, REGISTRATION_STATUSES } from '../device/device.ts';
import { glob } from '../device/glob.ts';
import { MODELS } from '../device/models.ts';
import { digitsOf } from '../view/phone-number.ts';
import { forceSubject } from './subject.ts';

export type Values =
  | { readonly type: 'values'; readonly values: readonly string[] }
  /** No such value: what could have stood there, when that can be listed, and all the words for it. */
  | { readonly type: 'bad'; readonly allowed: readonly string[]; readonly words?: readonly string[] };

type Words = ReadonlyMap<string, readonly string[]>;

function words(listed: readonly string[], spoken: Readonly<Record<string, readonly string[]>>): Words {
  const own = listed
    .filter((value) => value !== 'Any')
    .map((value) => [value.toLowerCase(), [value]] as const);
  return new Map([...own, ...Object.entries(spoken)]);
}

/** What can be asked of a closed set, Cisco's words and those people use for them. */
const CLOSED: ReadonlyMap<string, Words> = new Map([
  [
    'class',
    words(DEVICE_CLASSES, {
      phones: ['Phone'],
      gateways: ['Gateway'],
      trunks: ['SIPTrunk'],
      trunk: ['SIPTrunk'],
      huntlists: ['HuntList'],
      media: ['MediaResources'],
    }),
  ],
  [
    'status',
    words(REGISTRATION_STATUSES, {
      up: ['Registered'],
      down: ['UnRegistered', 'Rejected', 'PartiallyRegistered'],
      partial: ['PartiallyRegistered'],
    }),
  ],
  ['protocol', words(PROTOCOLS, { skinny: ['SCCP'] })],
  ['download', words(DOWNLOAD_STATUSES, { success: ['Successful'], ok: ['Successful'] })],
]);

/** The values a filter can be completed with; none when anything goes. */
export function knownValues(field: string): readonly string[] {
  const closed = CLOSED.get(field);
  return closed === undefined ? [] : oneWordEach(closed);
}

/** Checks and translates one value: `status:unreg` → UnRegistered, `model:8845` → 36224. An empty list means any. */
export function readValue(field: string, value: string): Values {
  const closed = CLOSED.get(field);
  if (closed !== undefined) return readClosed(closed, value);
  if (field === 'model') return readModel(value);
  if (field === 'ip') return readIp(value);
  if (field === 'mac') return readMac(value);
  if (field === 'dn') return { type: 'values', values: [digitsOf(value)] };
  return { type: 'values', values: [value] };
}

/** An address without its port or page; a subnet as it was typed. */
function readIp(value: string): Values {
  const subject = forceSubject('ip', value);
  if (subject === null) return { type: 'bad', allowed: [] };
  return { type: 'values', values: [subject.type === 'ip' ? subject.ip : value] };
}

function readClosed(closed: Words, value: string): Values {
  const word = value.toLowerCase().replace(/[\s_-]/g, '');
  if (word === '*' || word === 'any' || word === 'all') return { type: 'values', values: [] };
  const exact = closed.get(word);
  if (exact !== undefined) return { type: 'values', values: exact };
  const matching = [...closed].filter(([name]) =>
    word.includes('*') ? glob(word, name) : name.startsWith(word),
  );
  const found = new Set(matching.flatMap(([, values]) => values));
  const clear = found.size === 1 || (word.includes('*') && found.size > 0);
  if (word === '' || !clear) return { type: 'bad', allowed: oneWordEach(closed), words: [...closed.keys()] };
  return { type: 'values', values: [...found] };
}

/** Cisco's word for each value, and people's where Cisco's is long: nobody reads a list of synonyms. */
function oneWordEach(closed: Words): readonly string[] {
  const byValue = Map.groupBy(closed, ([, values]) => values.join());
  return [...byValue.values()].map(
    (same) => (same.find(([word]) => word.length <= 12) ?? same[0])?.[0] ?? '',
  );
}

function readMac(value: string): Values {
  const subject = forceSubject('mac', value);
  if (subject?.type === 'name') return { type: 'values', values: [subject.name] };
  return subject?.type === 'pattern'
    ? { type: 'values', values: [subject.pattern] }
    : { type: 'bad', allowed: [] };
}

function readModel(value: string): Values {
  if (value === '*') return { type: 'values', values: [] };
  const numbers = findModels(value).map((model) => String(model.number));
  if (numbers.length > 0) return { type: 'values', values: numbers };
  // A newer CUCM has models that no table here knows: their number is still good.
  return /^\d{1,6}$/.test(value) ? { type: 'values', values: [value] } : { type: 'bad', allowed: [] };
}

export interface Model {
  readonly number: number;
  readonly name: string;
}

/**
 * Models by number or by name. A whole word of the name counts first (`8851` is not `8851NR`), then Cisco's number,
 * then any part of the name; `8851*` takes them all.
 */
export function findModels(text: string): readonly Model[] {
  const wanted = text.trim().toLowerCase();
  const all = [...MODELS].map(([number, name]) => ({ number, name }));
  if (wanted === '') return [];
  if (wanted.includes('*')) {
    return all.filter(({ name }) => glob(wanted, name) || glob(wanted, name.replace(/^Cisco /, '')));
  }
  const whole = all.filter(
    ({ name }) =>
      wanted.length > 2 &&
      name
        .toLowerCase()
        .split(/[\s()]+/)
        .includes(wanted),
  );
  if (whole.length > 0) return whole;
  const numbered = /^\d+$/.test(wanted) ? all.filter(({ number }) => number === Number(wanted)) : [];
  if (numbered.length > 0) return numbered;
  return all.filter(({ name }) => name.toLowerCase().includes(wanted));
}
