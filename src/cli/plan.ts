/** `risbot plan`: what the watches cost, and how soon a loss is seen. Asks CUCM nothing, and may run beside `risbot serve`. */
import { renderView } from '../../adapters/console/render.ts';
import { systemClock } from '../clock.ts';
import { readScope } from '../command/scope.ts';
import type { ClusterConfig } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { StoreError } from '../store/error.ts';
import { readStore } from '../store/read.ts';
import { planView } from '../view/plan.ts';
import type { View } from '../view/view.ts';
import { createMemory, type Memory, NOTHING } from '../watch/memory.ts';
import { NO_ANSWER, planReport } from '../watch/plan-report.ts';
import { createPlanning } from '../watch/planning.ts';
import type { Remembered } from '../watch/ports.ts';
import { EXIT, hasColour, widthOf, write } from './process.ts';

export interface PlanFlags {
  readonly cluster?: string;
  readonly json?: true;
}

/** 0; 1 when nothing is watched, 3 when the database cannot be read or there is no such cluster. */
export async function printPlan({ cluster, json }: PlanFlags): Promise<number> {
  const config = loadConfig();
  const wanted = config.clusters.filter(({ name }) => cluster === undefined || name === cluster);
  if (wanted.length === 0) {
    await write(process.stderr, `risbot: no cluster is called ${cluster}\n`);
    return EXIT.failed;
  }
  try {
    const memory = createMemory(await remembered(config.database.url.reveal()), readScope);
    const views = wanted.map((one) => viewOf(one, memory));
    await print(views, json === true);
    return views.some(({ outcome }) => outcome === 'answered') ? EXIT.answered : EXIT.nothing;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    await write(process.stderr, `risbot: ${error.message}\n`);
    return EXIT.failed;
  }
}

/** A database that is not there yet holds no watches, and is not made by looking. */
async function remembered(url: string): Promise<Remembered> {
  try {
    const store = await readStore(url);
    try {
      return await store.load();
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreError && error.code === 'absent') return NOTHING;
    throw error;
  }
}

function viewOf({ name, requestsPerMinute, maxDevices }: ClusterConfig, memory: Memory): View {
  const cluster = { name, allowance: requestsPerMinute, maxDevices };
  const { known } = memory.cluster(name);
  const lastAskedAt = memory.lookedAt.get(name) ?? null;
  const answers = () => ({ ...NO_ANSWER, lastAskedAt });
  const watches = [...memory.watches.values()].filter(({ watch }) => watch.cluster === name).length;
  const progress = { watches, devices: known.size, answers, audit: null };
  return planView(planReport(cluster, createPlanning(cluster, memory).plan(), progress), {
    now: systemClock.now(),
  });
}

async function print(views: readonly View[], json: boolean): Promise<void> {
  if (json) {
    const plans = views.map(({ data }) => data['plan']);
    await write(process.stdout, `${JSON.stringify({ plans })}\n`);
    return;
  }
  const { stdout } = process;
  const how = { width: widthOf(stdout), colour: hasColour(stdout) };
  await write(stdout, `${views.map((view) => renderView(view, how)).join('\n\n')}\n`);
}
