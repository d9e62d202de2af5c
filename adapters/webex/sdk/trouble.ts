/** Why a call of the SDK failed, in words for whoever runs risbot. */
import type { CallOptions } from './framework.ts';

export interface Failure {
  readonly place: 'service catalog' | 'device registration' | 'metrics' | 'REST API';
  /** 0 when there was no answer. */
  readonly status: number;
  /** Seconds, when the answer said so. */
  readonly retryAfter?: number;
}

export const NOT_ACCEPTED = 'token not accepted';

/** Three parts with the organisation as the last, or a JWT: of anything else the SDK cannot tell whose services to look for. */
export function isToken(token: string): boolean {
  return token.split('_').length === 3 || token.split('.').length === 3;
}

export function readFailure({ service, resource, uri }: CallOptions, reason: unknown): Failure {
  const status = Number(fieldOf(reason, 'statusCode') ?? 0);
  const seconds = Number.parseInt(String(fieldOf(fieldOf(reason, 'headers'), 'retry-after')), 10);
  const place = placeOf(service ?? '', `${uri ?? ''}/${resource ?? ''}`);
  return { place, status, ...(seconds >= 0 ? { retryAfter: seconds } : {}) };
}

/** `service catalog unreachable`, `device registration: status 503` … */
export function reasonOf({ place, status }: Failure): string {
  if (status === 401) return NOT_ACCEPTED;
  if (status === 429) return `${place}: rate limited`;
  return status === 0 ? `${place} unreachable` : `${place}: status ${status}`;
}

/** The first call without a service's name is the renewal of a device, which is known by its address. */
function placeOf(service: string, path: string): Failure['place'] {
  if (service === 'metrics' || path.includes('/clientmetrics')) return 'metrics';
  if (service === 'u2c' || path.includes('/catalog')) return 'service catalog';
  if (service === 'wdm' || /\/devices(?:\/|$)/.test(path)) return 'device registration';
  return 'REST API';
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
