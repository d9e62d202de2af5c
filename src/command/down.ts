/** `down`: what is not registered anywhere, since when and why. */

import { isSoftClient } from '../device/soft-clients.ts';
import type { Found } from '../view/answer.ts';
import { downView } from '../view/down.ts';
import type { Verb } from './command.ts';
import { plan } from './filter.ts';
import { gather } from './gather.ts';
import type { Command, Filter } from './parse.ts';
import { answerOf, clusterOf } from './respond.ts';

export const NOT_REGISTERED: Filter = {
  field: 'status',
  values: ['UnRegistered', 'Rejected', 'PartiallyRegistered'],
  not: false,
};

export const down: Verb = {
  name: 'down',
  summary: 'what is not registered, the latest first',
  usage: 'down [device or filter] …',
  examples: ['down', 'down phones node:cucm2', 'down SEP*', 'down class:gateway'],
  run: async (command, context) => {
    const cluster = clusterOf(command, context);
    // What was typed comes first: `down status:rejected` asks for the rejected ones alone.
    const planned = plan({ subjects: command.subjects, filters: [...command.filters, NOT_REGISTERED] });
    const gathered = await gather(planned, cluster, command, context);
    const [hard, soft] = apart(gathered.found, command);
    return downView({ ...answerOf(gathered, command, cluster, context), found: hard }, soft.length);
  },
};

/** What names a device, or nearly so; a subnet or a word holds soft clients by chance. */
const NAMING: ReadonlySet<string> = new Set(['name', 'name-or-number', 'pattern', 'number', 'ip', 'user']);

/** Soft clients that are not running are counted apart, unless they were asked for by name. */
function apart(found: readonly Found[], command: Command): readonly [readonly Found[], readonly Found[]] {
  const byName =
    command.subjects.some(({ type }) => NAMING.has(type)) ||
    command.filters.some(({ field }) => field === 'name' || field === 'user');
  const idle = ({ device }: Found) => !byName && device.status === 'UnRegistered' && isSoftClient(device);
  return [found.filter((entry) => !idle(entry)), found.filter(idle)];
}
