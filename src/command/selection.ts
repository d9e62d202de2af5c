/** Subjects → what RisPort70 can select by: one selection a kind, with all its items. */
import ipaddr from 'ipaddr.js';
import type { DeviceQuery, SelectBy } from '../device/query.ts';
import { spellingsOf } from '../view/phone-number.ts';
import type { Subject } from './parse.ts';

export interface Selection {
  readonly fields: Pick<DeviceQuery, 'operation' | 'selectBy' | 'items'> & Partial<DeviceQuery>;
  /** False when the reply holds more than was asked for, and is narrowed here. */
  readonly exact: boolean;
  /** True when answering it means looking at all devices. */
  readonly walks: boolean;
}

/** Filters that name things, in the order in which one of them is selected by when nothing else is. */
export const SELECTING = ['name', 'dn', 'ip', 'desc'] as const;

/** Everything the cluster knows. */
export const ALL: Selection = {
  fields: { operation: 'selectCmDevice', selectBy: 'Name', items: ['*'] },
  exact: false,
  walks: true,
};

/**
 * The fewest selections that find all the subjects. Names go through selectCmDeviceExt, which answers the latest row alone but
 * knows no `*`; everything else through selectCmDevice. RisPort70 cannot select by login user: that walks the cluster.
 */
export function selections(subjects: readonly Subject[]): readonly Selection[] {
  const items = new Map<string, Set<string>>();
  let whole = false;
  for (const subject of subjects) {
    for (const [kind, item] of itemsOf(subject)) {
      if (kind === 'all') whole = true;
      else items.set(kind, (items.get(kind) ?? new Set()).add(item));
    }
  }
  const found = [...items].map(([kind, set]) => selection(kind as Kind, [...set]));
  if (!whole) return found;
  // All phones include whatever else was asked for, but not devices of other classes, so the rest is kept.
  const phones = subjects.every((subject) => subject.type === 'user');
  return [...found, phones ? { ...ALL, fields: { ...ALL.fields, deviceClass: 'Phone' } } : ALL];
}

type Kind = 'Ext' | 'Loose' | SelectBy;

function selection(kind: Kind, items: readonly string[]): Selection {
  const walks = items.includes('*');
  if (kind === 'Ext') {
    return { fields: { operation: 'selectCmDeviceExt', selectBy: 'Name', items }, exact: true, walks };
  }
  const selectBy = kind === 'Loose' ? 'IPV4Address' : kind;
  return { fields: { operation: 'selectCmDevice', selectBy, items }, exact: kind !== 'Loose', walks };
}

type Item = readonly [kind: Kind | 'all', item: string];

function itemsOf(subject: Subject): readonly Item[] {
  switch (subject.type) {
    case 'name':
      return spellings(subject.name, subject.typed).map((name) => ['Ext', name]);
    case 'pattern':
      return [['Name', subject.pattern]];
    case 'name-or-number': {
      const name: Item = [subject.name.includes('*') ? 'Name' : 'Ext', subject.name];
      return [name, ...numberItems(subject.number)];
    }
    case 'number':
      return numberItems(subject.number);
    case 'ip':
      return [[subject.version === 4 ? 'IPV4Address' : 'IPV6Address', subject.ip]];
    case 'subnet':
      return [subnet(subject.cidr)];
    case 'description':
      return [['Description', `*${subject.text.replace(/^\*+|\*+$/g, '')}*`]];
    case 'user':
      return [['all', '']];
  }
}

/** Names of soft clients may have small letters; whether CUCM minds is not documented, and an item more costs nothing. */
export function spellings(name: string, typed: string): readonly string[] {
  const sameName = typed.toUpperCase() === name.toUpperCase() && !name.startsWith('SEP');
  return sameName && typed !== name ? [name, typed] : [name];
}

function numberItems(number: string): readonly Item[] {
  return spellingsOf(number).map((item) => ['DirNumber', item]);
}

/** `10.4.2.0/24` → `10.4.2.*`, exactly; `10.4.2.0/26` → the same, and the rest is done here. */
function subnet(cidr: string): Item {
  const [base, bits] = ipaddr.parseCIDR(cidr);
  const octets = Math.floor(bits / 8);
  if (base.kind() !== 'ipv4' || octets === 0) return ['all', ''];
  if (bits === 32) return ['IPV4Address', base.toString()];
  const prefix = base.toString().split('.').slice(0, octets).join('.');
  return [bits % 8 === 0 ? 'IPV4Address' : 'Loose', `${prefix}.*`];
}
