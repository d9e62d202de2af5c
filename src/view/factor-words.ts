/** What devices have in common, in words. */
import { MODELS } from '../device/models.ts';
import type { Factor } from '../watch/incident.ts';
import { shortReason } from './reason-words.ts';
import { shortened } from './text.ts';

/** `of cucm2`, `in 10.4.2.0/24`, `with no keepalive`… */
export function factorWords({ by, value }: Pick<Factor, 'by' | 'value'>): string {
  switch (by) {
    case 'node':
      return `of ${value}`;
    case 'subnet':
      return `in ${value}`;
    case 'model':
      return `of model ${(MODELS.get(Number(value)) ?? value).replace(/^Cisco /, '')}`;
    case 'load':
      return `with firmware ${shortened(value, 60)}`;
    case 'reason':
      return `with ${/^\d+$/.test(value) ? shortReason(Number(value)) : value}`;
    case 'class':
      return `of class ${value}`;
    case 'app':
      return `of ${shortened(value, 60)}`;
  }
}
