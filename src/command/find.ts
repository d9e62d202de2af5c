/** `find`: a table of what passes the filters. The verbs of `classes.ts` are the same for one class. */
import { deviceTable } from '../view/devices.ts';
import { nothingMatches } from '../view/nothing.ts';
import { classWords } from '../view/text.ts';
import type { View } from '../view/view.ts';
import type { Context, Verb } from './command.ts';
import { plan } from './filter.ts';
import { gather } from './gather.ts';
import type { Command } from './parse.ts';
import { answerOf, clusterOf, othersThan, sortBySubject } from './respond.ts';

export const find: Verb = {
  name: 'find',
  summary: 'a table of what passes the filters',
  usage: 'find <device or filter> …',
  examples: [
    'find class:phone status:registered',
    'find model:8845,8851 node:!cucm2',
    'find desc:lobby',
    'find *',
  ],
  run: (command, context) => listDevices(command, context),
};

/** A table of the devices that pass, of one class when one is given. */
export async function listDevices(command: Command, context: Context, deviceClass?: string): Promise<View> {
  const cluster = clusterOf(command, context);
  const own = deviceClass === undefined ? [] : [{ field: 'class', values: [deviceClass], not: false }];
  const planned = plan({ subjects: command.subjects, filters: [...own, ...command.filters] });
  const gathered = await gather(planned, cluster, command, context);
  const { found, missing } = sortBySubject(gathered.found, command.subjects);
  const answer = { ...answerOf(gathered, command, cluster, context), found };
  if (found.length === 0) {
    const what = deviceClass === undefined ? 'devices that match' : classWords(deviceClass);
    return nothingMatches(answer, what, othersThan(cluster, context));
  }
  // After filters a subject is missing for many reasons: only without them is it CUCM that has no record.
  const absent =
    planned.queries.length > 0 && command.filters.length === 0 && own.length === 0 ? missing : [];
  return deviceTable(answer, {
    ...(deviceClass === undefined ? {} : { deviceClass }),
    missing: absent.map((subject) => subject.typed),
    fileName: `${deviceClass?.toLowerCase() ?? 'devices'}.csv`,
  });
}
