/** The devices of an incident, in words. */

import type { IncidentCard, Member } from '../watch/incident.ts';
import { shortReason } from './reason-words.ts';
import { countedClass, duration, oneOfClass, shortened } from './text.ts';
import type { Span, Tone } from './view.ts';

/** What a title has room for. */
const LONGEST_NAME = 60;
const LONGEST_DESCRIPTION = 40;

/** The application, device and line in the name of a CTI row; blank where it has none. */
export function ctiPath(name: string, deviceClass: string): { app: string; device: string; line: string } {
  const parts = name.split(' › ');
  const line = deviceClass === 'CtiLine' ? (parts.pop() ?? '') : '';
  const device = deviceClass === 'CtiProvider' ? '' : (parts.pop() ?? '');
  return { app: parts.join(' › '), device, line };
}

/** Also `CtiItem`: several of these classes. */
export function isCti(deviceClass: string): boolean {
  return /^Cti(?:Provider|Device|Line|Item)$/.test(deviceClass);
}

/** The application that all CTI members are of; null when the card does not show all of them, or they differ. */
export function commonApp({ top }: Pick<IncidentCard, 'top'>, all: number): string | null {
  const apps = new Set(top.map(({ name, deviceClass }) => ctiPath(name, deviceClass).app));
  const [only = null] = apps;
  return apps.size === 1 && all <= top.length ? only : null;
}

type Named = Pick<Member, 'name' | 'description' | 'deviceClass' | 'numbers'>;

/** `SEP001122334455 (Front desk, 1002)`, `gateway HQ-GW`, `line 1002 of SEP… under jtapi-1`. */
export function memberName(member: Named): string {
  const { name, description, deviceClass, numbers = [] } = member;
  if (isCti(deviceClass)) return ctiName(name, deviceClass);
  const kind = deviceClass === 'Phone' ? '' : `${oneOfClass(deviceClass)} `;
  const more = [shortened(description, LONGEST_DESCRIPTION), ...numbers.slice(0, 1)].filter(
    (part) => part !== '',
  );
  return `${kind}${shortened(name, LONGEST_NAME)}${more.length === 0 ? '' : ` (${more.join(', ')})`}`;
}

function ctiName(name: string, deviceClass: string): string {
  const { app, device, line } = ctiPath(name, deviceClass);
  const under = shortened(app, LONGEST_NAME);
  if (deviceClass === 'CtiProvider') return `CTI application ${under}`;
  const on = shortened(device, LONGEST_NAME);
  return deviceClass === 'CtiLine'
    ? `CTI line ${line} of ${on} under ${under}`
    : `CTI device ${on} under ${under}`;
}

/** At the start of a title. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Of one class when all are; `CtiItem` when all have to do with applications. */
export function classOfMembers(card: Pick<IncidentCard, 'incident' | 'top' | 'classes'>): string {
  const { incident, top } = card;
  if (incident.factor?.by === 'class') return incident.factor.value;
  const classes = new Set(card.classes ?? top.map(({ deviceClass }) => deviceClass));
  const [only = 'Any'] = classes;
  if (classes.size === 1) return only;
  return classes.size > 0 && [...classes].every(isCti) ? 'CtiItem' : 'Any';
}

/** `412 phones` */
export function countedMembers(n: number, card: Parameters<typeof classOfMembers>[0]): string {
  return countedClass(n, classOfMembers(card));
}

const STATES: Readonly<Record<Member['state'], readonly [words: string, tone: Tone]>> = {
  lost: ['Not registered', 'bad'],
  fault: ['Cannot register', 'bad'],
  partial: ['Partly', 'warn'],
  moved: ['Moved', 'info'],
  back: ['Back', 'good'],
  gone: ['No record', 'muted'],
};

export function stateSpan({ state, deviceClass }: Pick<Member, 'state' | 'deviceClass'>): Span {
  const [words, tone] = STATES[state];
  if (!isCti(deviceClass)) return { text: words, tone };
  return { text: state === 'lost' ? 'Closed' : state === 'fault' ? 'Failed to open' : words, tone };
}

/** Reasons that say something: CTI has codes of its own, which nobody documents. */
export function reasonOf({
  statusReason,
  deviceClass,
}: Pick<Member, 'statusReason' | 'deviceClass'>): string {
  const code = statusReason ?? 0;
  return code === 0 || code === 1 || isCti(deviceClass) ? '' : shortReason(code);
}

/** How long it has been away, or was; blank for what only moved. */
export function awayWords({ state, since, changedAt }: Member, now: number): string {
  if (state === 'moved') return '';
  return duration((state === 'back' ? changedAt : now) - since);
}
