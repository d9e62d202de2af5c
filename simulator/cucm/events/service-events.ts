/** What happens to the service in front of the cluster. */
import type { Service } from '../service.ts';
import type { SimEvent } from './event.ts';

/** More than any allowance: the word `throttle` without a number takes everything. */
const EVERYTHING = 1000;

type ServiceEvent = Extract<
  SimEvent,
  { readonly type: 'throttle' | 'auth' | 'role' | 'expire-sessions' | 'slow' | 'misbehave' }
>;

export function changeService(service: Service, event: ServiceEvent, now: number): string {
  switch (event.type) {
    case 'throttle':
      return takeRequests(service, event.requests, now);
    case 'auth':
      service.passwordWorks = event.works;
      // A session outlives a password in life too, but then nobody would notice the event for half an hour.
      service.sessions.clear();
      return event.works ? 'the password works again' : 'the password is refused';
    case 'role':
      service.roleGranted = event.granted;
      return event.granted ? 'the user has its roles' : 'the user lacks a role';
    case 'expire-sessions':
      service.sessions.clear();
      return 'every session has expired';
    case 'slow':
      service.slowMs = event.ms;
      return event.ms === 0 ? 'answers at full speed' : `every answer takes ${event.ms} ms more`;
    case 'misbehave':
      return misbehave(service, event);
  }
}

function takeRequests(service: Service, requests: number | null, now: number): string {
  for (let taken = 0; taken < (requests ?? EVERYTHING); taken += 1) service.counted.push(now);
  return `other clients took ${requests ?? 'all'} requests of this minute`;
}

function misbehave(service: Service, event: Extract<SimEvent, { readonly type: 'misbehave' }>): string {
  if (event.kind === null) {
    service.misbehaviour = null;
    return 'behaving';
  }
  service.misbehaviour = { kind: event.kind, left: event.times ?? Number.POSITIVE_INFINITY };
  return `misbehaving: ${event.kind}`;
}
