/** The table of verbs. */
import { ack } from './ack.ts';
import { classVerbs } from './classes.ts';
import type { Verb } from './command.ts';
import { cti } from './cti.ts';
import { device } from './device.ts';
import { down } from './down.ts';
import { exportRows } from './export.ts';
import { find } from './find.ts';
import { createHelp } from './help.ts';
import { history } from './history.ts';
import { incidents } from './incidents.ts';
import { lines } from './lines.ts';
import { mute } from './mute.ts';
import { status } from './status.ts';
import { summary } from './summary.ts';
import { model, reason } from './tables.ts';
import { unmute } from './unmute.ts';
import { unwatch } from './unwatch.ts';
import { watch } from './watch.ts';
import { watches } from './watches.ts';
import { why } from './why.ts';

const ASKING: readonly Verb[] = [
  device,
  find,
  down,
  why,
  lines,
  summary,
  ...classVerbs,
  cti,
  exportRows,
  watch,
  unwatch,
  watches,
  mute,
  unmute,
  ack,
  incidents,
  history,
  status,
  model,
  reason,
];

/** Every verb, in the order of help. */
export const COMMANDS: readonly Verb[] = [...ASKING, createHelp(ASKING)];

const BY_NAME: ReadonlyMap<string, Verb> = new Map(COMMANDS.map((verb) => [verb.name, verb]));

/** The verb of that name, as `parse` gives it. */
export function verbNamed(name: string): Verb | null {
  return BY_NAME.get(name) ?? null;
}
