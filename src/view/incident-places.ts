/** How many devices of an incident there are, and where they are now: the parts are always the whole. */
import type { IncidentCard } from '../watch/incident.ts';
import { count, joined } from './text.ts';

/** How many there are in all, and of them not up for any reason. */
export function sizes({ counts }: Pick<IncidentCard, 'counts'>): {
  readonly all: number;
  readonly notUp: number;
} {
  const notUp = counts.lost + counts.fault + counts.partial;
  return { all: notUp + counts.moved + counts.back + counts.gone, notUp };
}

/** ` to cucm1`, ` to cucm1 (300) and cucm3 (80)` */
export function toNodes({ movedTo, counts }: IncidentCard): string {
  const [only, ...others] = movedTo;
  if (only === undefined) return '';
  const rest = counts.moved - movedTo.reduce((sum, { count: n }) => sum + n, 0);
  if (others.length === 0 && rest <= 0) return ` to ${only.node}`;
  const shown = movedTo.map((one) => `${one.node} (${count(one.count)})`);
  return ` to ${joined(rest > 0 ? [...shown, `other nodes (${count(rest)})`] : shown)}`;
}

/** `1 on cucm1`, `2 still on cucm3` */
export function placesNow({ movedTo, counts }: IncidentCard, still: 'still ' | ''): readonly string[] {
  const named = movedTo.map(({ node, count: n }) => `${count(n)} ${still}on ${node}`);
  const rest = counts.moved - movedTo.reduce((sum, { count: n }) => sum + n, 0);
  return rest > 0 ? [...named, `${count(rest)} ${still}on other nodes`] : named;
}

/** `on cucm1` when all are there; else `409 back, 3 on cucm1`. */
export function placesUp(card: IncidentCard): readonly string[] {
  const { counts, movedTo } = card;
  const [only] = movedTo;
  if (counts.back === 0 && only?.count === counts.moved) return [`on ${only.node}`];
  return [...(counts.back > 0 ? [`${count(counts.back)} back`] : []), ...placesNow(card, '')];
}
