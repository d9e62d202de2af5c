/** Everything that is remembered, as it was after the last commit. */
import type { Remembered } from '../watch/ports.ts';
import { counterValues } from './counters.ts';
import { readOpenIncidents } from './incidents.ts';
import { readKnown } from './known.ts';
import type { Db } from './schema.ts';
import { readBlind, readLooks } from './sight.ts';
import { readStanding } from './standing.ts';
import { readMutes, readWatches } from './watches.ts';

/** In one transaction, because somebody else may be writing when it is only looked at. */
export function readRemembered(db: Db): Promise<Remembered> {
  const reading = db.transaction().setIsolationLevel('repeatable read');
  return reading.execute(async (tx) => {
    const lastIds = await counterValues(tx);
    return {
      known: await readKnown(tx),
      standing: await readStanding(tx),
      blind: await readBlind(tx),
      incidents: await readOpenIncidents(tx),
      watches: await readWatches(tx),
      mutes: await readMutes(tx),
      lookedAt: await readLooks(tx),
      lastIds: {
        watch: lastIds.get('watch') ?? 0,
        mute: lastIds.get('mute') ?? 0,
        incident: lastIds.get('incident') ?? 0,
      },
    };
  });
}
