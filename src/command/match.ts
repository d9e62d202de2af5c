/** Whether a row is what was asked for: what RisPort70 cannot filter is filtered here. */
import ipaddr from 'ipaddr.js';
import { globTest } from '../device/glob.ts';
import type { KnownRow } from '../device/known.ts';
import { MODELS } from '../device/models.ts';
import { isSpelled } from '../view/phone-number.ts';
import { numbersOf } from '../view/text.ts';
import type { Filter, Subject } from './parse.ts';
import { forceSubject } from './subject.ts';

/** Made once and asked for every row of a cluster. */
export type RowTest = (row: KnownRow) => boolean;

/** A test for what the subject names. */
export function subjectTest(subject: Subject): RowTest {
  switch (subject.type) {
    case 'name':
      return nameTest(subject.name);
    case 'pattern':
      return nameTest(subject.pattern);
    case 'name-or-number':
      return either(nameTest(subject.name), numberTest(subject.number));
    case 'number':
      return numberTest(subject.number);
    case 'ip':
    case 'subnet':
      return addressTest(subject);
    case 'user':
      return userTest(subject.user);
    case 'description':
      return textTest(`*${subject.text}*`, (row) => row.description);
  }
}

/** After a verb that lists, plain words may be part of a name, a description, a node or a model. */
export function wordsTest(text: string): RowTest {
  const has = globTest(`*${text}*`);
  return ({ description, name, node, model }) =>
    has(description) || has(name) || has(node) || has(model === null ? '' : (MODELS.get(model) ?? ''));
}

/** A test for the filter. Values that the closed sets do not list are compared as they are. */
export function filterTest(filter: Filter): RowTest {
  const make = TESTS.get(filter.field);
  const tests = filter.values.map((value) => make?.(value) ?? (() => true));
  return (row) => tests.some((test) => test(row)) !== filter.not;
}

const TESTS: ReadonlyMap<string, (value: string) => RowTest> = new Map([
  ['class', (value) => textTest(value, (row) => row.deviceClass)],
  ['status', (value) => textTest(value, (row) => row.status)],
  ['model', (value) => (row) => Number(value) === row.model],
  ['node', nodeTest],
  ['protocol', (value) => textTest(value, (row) => row.protocol)],
  ['load', (value) => textTest(value, (row) => row.activeLoadId)],
  ['download', (value) => textTest(value, (row) => row.downloadStatus)],
  ['dn', numberTest],
  ['ip', addressTextTest],
  ['user', userTest],
  ['desc', (value) => textTest(`*${value}*`, (row) => row.description)],
  ['name', nameTest],
] as const);

function textTest(pattern: string, text: (row: KnownRow) => string): RowTest {
  const test = globTest(pattern);
  return (row) => test(text(row));
}

function nameTest(pattern: string): RowTest {
  return textTest(pattern, (row) => row.name);
}

function either(one: RowTest, other: RowTest): RowTest {
  return (row) => one(row) || other(row);
}

/** A node that has no name: its first part alone names nothing. */
const ADDRESS = /^[\d.]+$|:/;

/** `cucm2` is also the node that calls itself `cucm2.example.com`. */
function nodeTest(value: string): RowTest {
  const test = globTest(value);
  return ({ node }) => test(node) || (!ADDRESS.test(node) && test(node.split('.')[0] ?? ''));
}

/** CUCM shows a leading + as \+. */
function numberTest(wanted: string): RowTest {
  const bare = wanted.replace(/^\\/, '');
  const starred = globTest(bare);
  const test = bare.includes('*') ? (number: string) => starred(number.replace(/^\\/, '')) : isSpelled(bare);
  return (row) => numbersOf(row).some(test);
}

function userTest(wanted: string): RowTest {
  const user = wanted.replace(/^@/, '');
  const whole = globTest(user);
  const bare = globTest(user.replace(/@.*$/, ''));
  return ({ loginUserId: login }) =>
    login !== '' && (whole(login) || bare(login) || whole(login.replace(/@.*$/, '')));
}

function addressTextTest(value: string): RowTest {
  const subject = forceSubject('ip', value);
  return subject?.type === 'ip' || subject?.type === 'subnet' ? addressTest(subject) : () => false;
}

function addressTest(wanted: Extract<Subject, { type: 'ip' | 'subnet' }>): RowTest {
  const cidr = wanted.type === 'subnet' ? ipaddr.parseCIDR(wanted.cidr) : null;
  return ({ ipAddress }) =>
    ipAddress.some(({ ip }) => {
      if (!ipaddr.isValid(ip)) return false;
      const address = ipaddr.process(ip);
      if (cidr === null) return wanted.type === 'ip' && address.toString() === wanted.ip;
      return address.kind() === cidr[0].kind() && address.match(cidr);
    });
}
