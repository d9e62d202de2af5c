/** `export`: the whole answer as a file. */
import { exportView } from '../view/export.ts';
import type { Verb } from './command.ts';
import { plan } from './filter.ts';
import { gather } from './gather.ts';
import { answerOf, clusterOf, sortBySubject } from './respond.ts';

export const exportRows: Verb = {
  name: 'export',
  summary: 'the whole answer as a CSV file',
  usage: 'export [device or filter] …',
  examples: ['export class:phone', 'export status:unreg'],
  run: async (command, context) => {
    const cluster = clusterOf(command, context);
    const gathered = await gather(plan(command), cluster, command, context);
    const { found } = sortBySubject(gathered.found, command.subjects);
    return exportView({ ...answerOf(gathered, command, cluster, context), found });
  },
};
