/** A delta → one transaction. */
import type { Delta } from '../watch/ports.ts';
import { writeTransitions } from './history.ts';
import { writeIncidents, writeMembers } from './incidents.ts';
import { forget, writeKnown } from './known.ts';
import { writeOutgoing } from './outbox.ts';
import type { Breathe } from './rows.ts';
import type { Tx } from './schema.ts';
import { writeBlind, writeLooks, writeSeen } from './sight.ts';
import { dropStanding, writeStanding } from './standing.ts';
import { endMutes, endWatches, writeMutes, writeWatches } from './watches.ts';

/** Of what a delta both writes and removes, nothing is left. */
export async function writeDelta(tx: Tx, delta: Delta, breathe: Breathe): Promise<void> {
  await writeKnown(tx, delta.known ?? [], breathe);
  await forget(tx, delta.forgotten ?? [], breathe);
  await writeStanding(tx, delta.standing ?? []);
  await dropStanding(tx, delta.dropped ?? []);
  await writeTransitions(tx, delta.transitions ?? [], breathe);
  await writeBlind(tx, delta.blind ?? []);
  await writeSeen(tx, delta.seen ?? []);
  await writeIncidents(tx, delta.incidents ?? []);
  await writeMembers(tx, delta.members ?? [], breathe);
  await writeWatches(tx, delta.watches ?? []);
  await endWatches(tx, delta.endedWatches ?? []);
  await writeMutes(tx, delta.mutes ?? []);
  await endMutes(tx, delta.endedMutes ?? []);
  await writeOutgoing(tx, delta.outgoing ?? []);
  await writeLooks(tx, delta.lookedAt ?? {});
}
