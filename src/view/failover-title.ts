/** A failover in one line, while phones come home and when it is over. */
import type { Incident, IncidentCard } from '../watch/incident.ts';
import { factorWords } from './factor-words.ts';
import { placesNow, sizes } from './incident-places.ts';
import { countedMembers } from './member-words.ts';
import { count } from './text.ts';

/** `cucm2 failover`, `failover of phones in 10.4.2.0/24` */
function failoverName({ factor }: Incident): string {
  if (factor?.by === 'node') return `${factor.value} failover`;
  return factor === null ? 'failover' : `failover of phones ${factorWords(factor)}`;
}

/** `cucm2 failover: 49 of 51 phones home again, 1 on cucm1, 1 on cucm3`: who is where now, everybody once. */
export function failoverNow(card: IncidentCard): string {
  const { counts, incident } = card;
  const { all } = sizes(card);
  const home = `${homeOf(counts.back, all, card)} home again`;
  return `${failoverName(incident)}: ${[home, ...placesNow(card, ''), ...missingNow(card)].join(', ')}`;
}

function missingNow(card: IncidentCard): readonly string[] {
  const { notUp } = sizes(card);
  const { gone } = card.counts;
  return [
    ...(notUp > 0 ? [`${count(notUp)} not registered`] : []),
    ...(gone > 0 ? [`${count(gone)} without a record`] : []),
  ];
}

function homeOf(home: number, all: number, card: IncidentCard): string {
  const who = countedMembers(all, card);
  return home === all ? `all ${who}` : home === 0 ? `none of ${who}` : `${count(home)} of ${who}`;
}

/** `cucm2 failover over after 9 min: 50 of 51 phones home, 1 still on cucm1` */
export function failoverOver(card: IncidentCard, long: string): string {
  const { counts, incident } = card;
  const { all } = sizes(card);
  const over = `${failoverName(incident)} over after ${long}`;
  const home = `${homeOf(counts.back, all, card)} home`;
  const parts = [home, ...placesNow(card, 'still '), ...missingNow(card)];
  return `${over}: ${parts.join(', ')}`;
}
