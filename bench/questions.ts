/** A thousand people ask about a thousand phones within ten seconds. */
import { systemClock } from '../src/clock.ts';
import { appFor, startCluster } from './cluster.ts';
import { type BenchRow, quantile } from './row.ts';

const QUESTIONS = 1_000;
const WITHIN_MS = 10_000;
const ALLOWANCE = 15;

/** The whole way of a text to its view, through the budget of 15 requests a minute, against one request a question. */
export async function benchQuestions(): Promise<BenchRow[]> {
  const cluster = await startCluster({ devices: 5_000, maxDevices: 1_000, requestsPerMinute: ALLOWANCE });
  const app = appFor(cluster);
  try {
    const phones = cluster.names.filter((name) => name.startsWith('SEP')).slice(0, QUESTIONS);
    const started = systemClock.monotonic();
    const answers = phones.map(async (name, index) => {
      await systemClock.sleep((index * WITHIN_MS) / QUESTIONS);
      const asked = systemClock.monotonic();
      const view = await app.ask(name);
      return {
        ms: systemClock.monotonic() - asked,
        right: view.title.startsWith(name) && view.outcome !== 'failed',
      };
    });
    const done = await Promise.all(answers);
    const seconds = (systemClock.monotonic() - started) / 1_000;
    const right = done.filter((answer) => answer.right).length;
    const slow =
      quantile(
        done.map((answer) => answer.ms),
        0.95,
      ) / 1_000;
    const requests = await cluster.requests();
    return [
      {
        what: `${QUESTIONS} different phones asked for within ${WITHIN_MS / 1_000} s, cluster of 5 000`,
        ours: `${right} answered in ${seconds.toFixed(1)} s, 95 % within ${slow.toFixed(1)} s, ${requests} requests`,
        peer: `one request a question: ${(QUESTIONS / ALLOWANCE).toFixed(0)} min at ${ALLOWANCE} a minute`,
        bound: `all, 95 % within 8 s, at most 8 requests`,
        ok: right === QUESTIONS && slow <= 8 && requests <= 8,
      },
    ];
  } finally {
    await app.stop();
    await cluster.stop();
  }
}
