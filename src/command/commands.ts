/** The table of verbs. */
import { classVerbs } from './classes.ts';
import type { Verb } from './command.ts';
import { cti } from './cti.ts';
import { device } from './device.ts';
import { down } from './down.ts';
import { exportRows } from './export.ts';
import { find } from './find.ts';
import { createHelp } from './help.ts';
import { lines } from './lines.ts';
import { status } from './status.ts';
import { summary } from './summary.ts';
import { model, reason } from './tables.ts';
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
