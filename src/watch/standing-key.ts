/** The name of a standing query: the same for the same question, over restarts. */
import { hash } from 'node:crypto';
import type { Query } from '../device/query.ts';
import type { StandingRole } from './standing.ts';

/** Short enough to be read, long enough never to meet twice. */
const DIGITS = 24;

/** `exceptions-…`. The question may hold a thousand names, so its digest stands for it. */
export function standingKey(role: StandingRole, query: Query): string {
  const fields = Object.entries(query).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${role}-${hash('sha256', JSON.stringify(fields), 'hex').slice(0, DIGITS)}`;
}

/** Whether it is the name of a query of that role. */
export function isKeyOf(role: StandingRole, key: string): boolean {
  return key.startsWith(`${role}-`);
}
