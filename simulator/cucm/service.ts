/** What stands in front of the cluster: sessions, the request allowance, and whatever is wrong with the service today. */
import type { Misbehaviour } from './misbehaviour.ts';
import type { Random } from './random.ts';

export interface Service {
  readonly random: Random;
  /** False: even the right password is refused. */
  passwordWorks: boolean;
  /** False: the user lacks a role. */
  roleGranted: boolean;
  /** Added to every answer, in milliseconds. */
  slowMs: number;
  misbehaviour: { readonly kind: Misbehaviour; left: number } | null;
  /** When the counted requests of the last 60 s came, those of other clients included. Oldest first. */
  readonly counted: number[];
  /** Session id → idle until, epoch milliseconds. Both cookies name the same session. */
  readonly sessions: Map<string, number>;
}

export function createService(random: Random): Service {
  return {
    random,
    passwordWorks: true,
    roleGranted: true,
    slowMs: 0,
    misbehaviour: null,
    counted: [],
    sessions: new Map(),
  };
}
