/** Whether a row is what was asked for: what RisPort70 cannot filter is filtered here. */
import ipaddr from 'ipaddr.js';
import type { Device } from '../device/device.ts';
import { contains, glob } from '../device/glob.ts';
import { MODELS } from '../device/models.ts';
import { numbersOf } from '../view/text.ts';
import type { Filter, Subject } from './parse.ts';
import { forceSubject } from './subject.ts';

/** Whether the device is the one that the subject names. */
export function matchesSubject(subject: Subject, device: Device): boolean {
  switch (subject.type) {
    case 'name':
      return glob(subject.name, device.name);
    case 'pattern':
      return glob(subject.pattern, device.name);
    case 'name-or-number':
      return glob(subject.name, device.name) || hasNumber(subject.number, device);
    case 'number':
      return hasNumber(subject.number, device);
    case 'ip':
    case 'subnet':
      return hasAddress(subject, device);
    case 'user':
      return hasUser(subject.user, device);
    case 'description':
      return contains(subject.text, device.description);
  }
}

/** After a verb that lists, plain words may be part of a name, a description or a node. */
export function matchesWords(text: string, device: Device): boolean {
  const model = device.model === null ? '' : (MODELS.get(device.model) ?? '');
  return [device.description, device.name, device.node, model].some((field) => contains(text, field));
}

/** Whether the device passes the filter. Values that the closed sets do not list are compared as they are. */
export function matchesFilter(filter: Filter, device: Device): boolean {
  return filter.values.some((value) => hasValue(filter.field, value, device)) !== filter.not;
}

function hasValue(field: string, value: string, device: Device): boolean {
  const compare = COMPARE.get(field);
  return compare === undefined || compare(value, device);
}

const COMPARE: ReadonlyMap<string, (value: string, device: Device) => boolean> = new Map([
  ['class', (value, device) => glob(value, device.deviceClass)],
  ['status', (value, device) => glob(value, device.status)],
  ['model', (value, device) => Number(value) === device.model],
  ['node', (value, device) => isNode(value, device.node)],
  ['protocol', (value, device) => glob(value, device.protocol)],
  ['load', (value, device) => glob(value, device.activeLoadId)],
  ['download', (value, device) => glob(value, device.downloadStatus)],
  ['dn', (value, device) => hasNumber(value, device)],
  ['ip', hasAddressText],
  ['user', (value, device) => hasUser(value, device)],
  ['desc', (value, device) => contains(value, device.description)],
  ['name', (value, device) => glob(value, device.name)],
] as const);

/** `cucm2` is also the node that calls itself `cucm2.example.com`. */
export function isNode(value: string, node: string): boolean {
  return glob(value, node) || (!ipaddr.isValid(node) && glob(value, node.split('.')[0] ?? ''));
}

/** CUCM shows a leading + as \+. */
function hasNumber(wanted: string, device: Device): boolean {
  return numbersOf(device).some((number) => glob(wanted.replace(/^\\/, ''), number.replace(/^\\/, '')));
}

function hasUser(wanted: string, device: Device): boolean {
  const login = device.loginUserId;
  const user = wanted.replace(/^@/, '');
  if (login === '') return false;
  return glob(user, login) || glob(user.replace(/@.*$/, ''), login) || glob(user, login.replace(/@.*$/, ''));
}

function hasAddressText(value: string, device: Device): boolean {
  const subject = forceSubject('ip', value);
  return (
    subject !== null && (subject.type === 'ip' || subject.type === 'subnet') && hasAddress(subject, device)
  );
}

function hasAddress(wanted: Extract<Subject, { type: 'ip' | 'subnet' }>, device: Device): boolean {
  const cidr = wanted.type === 'subnet' ? ipaddr.parseCIDR(wanted.cidr) : null;
  return device.ipAddress.some(({ ip }) => {
    if (!ipaddr.isValid(ip)) return false;
    const address = ipaddr.process(ip);
    if (cidr === null) return wanted.type === 'ip' && address.toString() === wanted.ip;
    return address.kind() === cidr[0].kind() && address.match(cidr);
  });
}
