/** Misbehaviour of the cloud, to order. */
import type { Faults } from '../faults.ts';
import type { Mercury } from './mercury.ts';

/** catalog: both catalogs; devices: registering, renewing and removing; socket: opening one. */
export type Place = 'catalog' | 'devices' | 'metrics' | 'socket';

export interface CloudTrouble {
  /** HTTP 429 with Retry-After, so many times; default once, a second. */
  tooMany(place: Place, times?: number, retryAfterSeconds?: number): void;
  /** HTTP 5xx; default once, 503. Of a socket it is the refusal to open it. */
  failing(place: Place, times?: number, status?: number): void;
  /** Never answers; the connection stays open. */
  hanging(place: Place, times?: number): void;
  /** Breaks the connection without an answer; so many times, or Infinity until `calm`. */
  cutting(place: Place, times?: number): void;
  /** Sockets stay open, but nothing comes over them, pongs neither; new ones are let in, and never told so. */
  silent(isSilent: boolean): void;
  /** Every open socket is closed, as Webex itself does it: 1000 for good, 4000 when replaced, 1001 when the server goes. */
  close(code: number, reason?: string): void;
  /** Devices are forgotten, sockets stay: what happens when a registration was not renewed in time. */
  forgetDevices(): void;
  /** Ends all of it but what was closed or forgotten. */
  calm(): void;
}

export function createTrouble(faults: Faults, mercury: Mercury, forgetDevices: () => void): CloudTrouble {
  return {
    tooMany: (place, times = 1, retryAfter = 1) =>
      faults.order(place, { type: 'status', status: 429, retryAfter }, times),
    failing: (place, times = 1, status = 503) => faults.order(place, { type: 'status', status }, times),
    hanging: (place, times = 1) => faults.order(place, { type: 'hang' }, times),
    cutting: (place, times = 1) => faults.order(place, { type: 'cut' }, times),
    silent(isSilent) {
      mercury.isSilent = isSilent;
    },
    close: (code, reason = '') => mercury.close(code, reason),
    forgetDevices,
    calm() {
      faults.calm();
      mercury.isSilent = false;
    },
  };
}
