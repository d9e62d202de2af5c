/** Reading the numbers that stand for how devices are. Pure. */
import { DEVICE_STATES, type DeviceState, type Standing } from '../../wire.ts';

export function stateOf(standing: Standing): DeviceState {
  return DEVICE_STATES[Math.floor(standing / 10)] ?? 'absent';
}

export function nodeOf(standing: Standing): number {
  return standing % 10;
}

/** What each state is called for people. */
export const STATE_WORDS: Readonly<Record<DeviceState, string>> = {
  registered: 'registered',
  elsewhere: 'failed over',
  unheard: 'out of reach, not noticed yet',
  partial: 'partly registered',
  upgrading: 'upgrading',
  unknown: 'unknown',
  rejected: 'rejected',
  unregistered: 'not registered',
  absent: 'no row in CUCM',
};

/** Indexes of devices, a list a site. */
export function bySite(siteOfEach: readonly number[], sites: number): readonly (readonly number[])[] {
  const places: number[][] = Array.from({ length: sites }, () => []);
  for (const [index, site] of siteOfEach.entries()) places[site]?.push(index);
  return places;
}

export type Counts = Readonly<Record<DeviceState, number>>;

export function countStates(standings: readonly Standing[]): Counts {
  const counts = Object.fromEntries(DEVICE_STATES.map((state) => [state, 0])) as Record<DeviceState, number>;
  for (const standing of standings) counts[stateOf(standing)] += 1;
  return counts;
}
