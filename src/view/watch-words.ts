/** A watch, a mute and their options, in words. */
import type { Watched } from '../watch/desk.ts';
import type { Mute, Room, Watch } from '../watch/watch.ts';
import { count, duration, moment, quoted, shortened } from './text.ts';
import type { Text } from './view.ts';

/** What a title has room for. */
const LONGEST_TEXT = 80;

/** A pasted column of names is cut. */
export function watchText(text: string, longest = LONGEST_TEXT): string {
  return shortened(text.replace(/\s+/g, ' '), longest);
}

/** `#12 desc:"LON*"` */
export function watchName({ id, text }: Pick<Watch, 'id' | 'text'>): string {
  return `#${id} ${watchText(text)}`;
}

/** Where it tells. */
export function placeWords({ direct }: Room): string {
  return direct === true ? 'in your direct messages' : 'here';
}

/** `deviceClass`: of all that it covers, where that is known. */
export function graceWords({ graceMs }: Pick<Watch, 'graceMs'>, deviceClass = 'Any'): string {
  if (graceMs === null && deviceClass === 'Phone') return '5 min';
  if (graceMs === null)
    return deviceClass === 'Any' ? '5 min for phones, 30 s for gateways, trunks and the like' : '30 s';
  return graceMs === 0 ? 'none: told at once' : duration(graceMs);
}

export function endWords({ until }: Pick<Watch, 'until'>, now: number): string {
  if (until === null) return 'never: until somebody says unwatch';
  return until === 'back' ? 'with the first return' : untilWords(until, now);
}

/** `2026-03-12 18:00 UTC (in 4 h)` */
export function untilWords(at: number, now: number): string {
  return `${moment(at)} (${inWords(at, now)})`;
}

const MINUTE = 60_000;

/** `in 2 h`, also when a few seconds of them went by while the answer was on its way. */
export function inWords(at: number, now: number): string {
  const left = at - now;
  return `in ${duration(left < MINUTE ? left : Math.round(left / MINUTE) * MINUTE)}`;
}

export function madeText({ maker, createdAt }: Pick<Watch, 'maker' | 'createdAt'>, now: number): Text {
  return [{ text: maker, person: maker }, { text: `, ${duration(now - createdAt)} ago` }];
}

/** `3 not up, of 312 seen`: what was not looked at yet is not counted. */
export function stateWords({
  devices,
  notUp,
  unseen,
}: Pick<Watched, 'devices' | 'notUp' | 'unseen'>): string {
  if (unseen === 'unreadable') return 'cannot be read any more: watch it anew';
  if (unseen === 'no-cluster') return 'its cluster is not configured';
  if (devices === 0) return 'not looked at yet';
  return notUp === 0 ? `${count(devices)} seen, all up` : `${count(notUp)} not up, of ${count(devices)} seen`;
}

/** `everything here`, `incident #12`, `desc:"LON*"` */
export function muteAbout({ about }: Pick<Mute, 'about'>): string {
  switch (about.type) {
    case 'room':
      return 'everything here';
    case 'incident':
      return `incident #${about.incident}`;
    case 'subject':
      return watchText(about.text);
  }
}

export function muteWhy({ why }: Pick<Mute, 'why'>): string {
  return why === '' ? '' : quoted(why);
}
