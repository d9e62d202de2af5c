/** Words and numbers the way people read them. Escaping is the business of adapters. */
import type { Device } from '../device/device.ts';
import type { Span, Tone } from './view.ts';

/** Longest piece of somebody else's text that a card repeats. */
const LONGEST = 200;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its largest unit: `12 s`, `3 min`, `5 h`, `2 days`. Negative lengths, from clocks that differ, are 0 s. */
export function duration(ms: number): string {
  const whole = Math.max(0, Number.isFinite(ms) ? ms : 0);
  const seconds = Math.round(whole / SECOND);
  // What is rounded up to a minute is one: nobody says `60 s`.
  if (seconds < 60) return `${seconds} s`;
  if (whole < MINUTE) return '1 min';
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  if (whole < 2 * DAY) return `${Math.floor(whole / HOUR)} h`;
  return `${count(Math.floor(whole / DAY))} days`;
}

/** `2026-03-12 14:02 UTC`; blank when there is no such time. */
export function moment(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Thousands apart: `1 240`, with a space that does not break. */
export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, '\u00A0');
}

/** `1 phone`, `1 240 phones`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(parts: readonly string[], word = 'and'): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** Somebody else's text inside a sentence: in quotes, and not longer than a sentence can bear. */
export function quoted(text: string): string {
  return `"${shortened(text)}"`;
}

export function shortened(text: string, longest = LONGEST): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}

const STATUS_WORDS: ReadonlyMap<string, { readonly words: string; readonly tone: Tone }> = new Map([
  ['Registered', { words: 'Registered', tone: 'good' }],
  ['UnRegistered', { words: 'Not registered', tone: 'bad' }],
  ['Rejected', { words: 'Rejected', tone: 'bad' }],
  ['PartiallyRegistered', { words: 'Partly registered', tone: 'warn' }],
  ['Unknown', { words: 'Unknown', tone: 'muted' }],
  ['Open', { words: 'Open', tone: 'good' }],
  ['Closed', { words: 'Closed', tone: 'bad' }],
  ['OpenFailed', { words: 'Failed to open', tone: 'bad' }],
]);

/** Cisco's status in plain words; a status that a newer CUCM invents is shown as it came. */
export function statusWords(status: string): string {
  return STATUS_WORDS.get(status)?.words ?? (status === '' ? 'Unknown' : status);
}

export function statusTone(status: string): Tone {
  return STATUS_WORDS.get(status)?.tone ?? 'muted';
}

export function statusSpan(status: string): Span {
  return { text: statusWords(status), tone: statusTone(status) };
}

const CLASS_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  Phone: ['phone', 'phones'],
  Gateway: ['gateway', 'gateways'],
  H323: ['H.323 device', 'H.323 devices'],
  Cti: ['CTI port or route point', 'CTI ports and route points'],
  VoiceMail: ['voicemail port', 'voicemail ports'],
  MediaResources: ['media resource', 'media resources'],
  SIPTrunk: ['SIP trunk', 'SIP trunks'],
  HuntList: ['hunt list', 'hunt lists'],
  CtiProvider: ['CTI application', 'CTI applications'],
  CtiDevice: ['CTI device', 'CTI devices'],
  CtiLine: ['CTI line', 'CTI lines'],
  CtiItem: ['CTI item', 'CTI items'],
  Any: ['device', 'devices'],
};

/** `3 gateways`; any other class is counted as devices. */
export function countedClass(n: number, deviceClass: string): string {
  const [one, many] = CLASS_WORDS[deviceClass] ?? ['device', 'devices'];
  return counted(n, one, many);
}

/** `gateway`: one of the class; any other class is a device. */
export function oneOfClass(deviceClass: string): string {
  return CLASS_WORDS[deviceClass]?.[0] ?? 'device';
}

/** `SIP trunks`, to stand in a list of classes. */
export function classWords(deviceClass: string): string {
  return CLASS_WORDS[deviceClass]?.[1] ?? (deviceClass === '' ? 'Unknown' : deviceClass);
}

/** The numbers of a device, from its lines; failing those, from CUCM's own summary `6961-Registered, 6962-Registered`. */
export function numbersOf(device: Pick<Device, 'linesStatus' | 'dirNumber'>): readonly string[] {
  const lines = device.linesStatus.map((line) => line.directoryNumber).filter((number) => number !== '');
  if (lines.length > 0) return lines;
  return device.dirNumber
    .split(',')
    .map((part) => part.trim().replace(/-[A-Za-z]+$/, ''))
    .filter((number) => number !== '');
}

/** Addresses worth showing: without blanks and repeats. */
export function addressesOf(device: Pick<Device, 'ipAddress'>): readonly string[] {
  return [...new Set(device.ipAddress.map((address) => address.ip).filter((ip) => ip !== ''))];
}

/** ` in:prod`, so that a button asks that cluster, whoever presses it. */
export function inName(cluster: string): string {
  return ` in:${/^[\w.-]+$/.test(cluster) ? cluster : `"${cluster.replace(/["\n]/g, '')}"`}`;
}

/** A device name as a command names it: quoted unless it can be nothing else. */
export function asSubject(name: string): string {
  return /^(?:SEP[0-9A-F]{12}|CSF[A-Z0-9]+|TCT[A-Z0-9]+)$/.test(name)
    ? name
    : `name:"${name.replace(/["\n]/g, '')}"`;
}
