/** `summary`: counts by class, state and node. */

import { isSoftClient } from '../device/soft-clients.ts';
import { summaryView } from '../view/summary.ts';
import type { Verb } from './command.ts';
import { plan } from './filter.ts';
import { gather } from './gather.ts';
import { answerOf, clusterOf } from './respond.ts';

export const summary: Verb = {
  name: 'summary',
  summary: 'counts by class, state and node',
  usage: 'summary [device or filter] …',
  examples: ['summary', 'summary class:phone'],
  run: async (command, context) => {
    const cluster = clusterOf(command, context);
    const gathered = await gather(plan(command), cluster, command, context);
    const idle = gathered.found.filter(
      ({ device }) => device.status === 'UnRegistered' && isSoftClient(device),
    );
    return summaryView(answerOf(gathered, command, cluster, context), idle.length);
  },
};
