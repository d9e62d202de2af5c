/** What is counted, for Prometheus. The only place that knows prom-client; everybody else declares the little they report. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { QuestionMetrics } from '../bot.ts';
import type { ChatMetrics } from '../chat/report.ts';
import type { Cluster } from '../command/command.ts';
import type { ClusterMetrics } from './meter.ts';
import { createWatchMetrics, type WatchMetrics } from './watch-metrics.ts';

export interface Metrics extends QuestionMetrics, ClusterMetrics, WatchMetrics {
  /** For the adapter of a platform, `slack`. */
  chat(platform: string): ChatMetrics;
  /** Requests left, questions waiting and connections are read from these when somebody looks. Once. */
  watch(clusters: readonly Cluster[], platforms: () => readonly PlatformState[]): void;
  readonly contentType: string;
  /** The text that Prometheus reads. */
  text(): Promise<string>;
}

export interface PlatformState {
  readonly name: string;
  readonly connected: boolean;
}

const ANSWER_SECONDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
/** Slack gives up after three seconds. */
const ACKNOWLEDGE_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];

/** A word of a closed set; anything else would make as many time series as there are texts. */
const WORD = /^[A-Za-z][\w.-]{0,60}$/;
const word = (text: string) => (WORD.test(text) ? text : 'other');

/** A registry of its own, so that several can live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const makers = makersFor(registry);
  return {
    ...questionMetrics(makers),
    ...clusterMetrics(makers),
    ...createWatchMetrics(registry),
    chat: chatMetrics(makers),
    watch: (clusters, platforms) => watchState(registry, clusters, platforms),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

type Makers = ReturnType<typeof makersFor>;

function makersFor(registry: Registry) {
  const registers = [registry];
  return {
    counter: <T extends string>(name: string, help: string, ...labelNames: T[]) =>
      new Counter({ name, help, labelNames, registers }),
    seconds: <T extends string>(name: string, help: string, buckets: number[], ...labelNames: T[]) =>
      new Histogram({ name, help: `${help}, in seconds`, labelNames, buckets, registers }),
  };
}

function questionMetrics({ counter, seconds }: Makers): QuestionMetrics {
  const questions = counter(
    'risbot_questions_total',
    'Questions by verb and how they ended',
    'verb',
    'outcome',
  );
  const answers = seconds(
    'risbot_answer_seconds',
    'From a question to its answer',
    ANSWER_SECONDS,
    'outcome',
  );
  return {
    answered({ verb, outcome, seconds: took }) {
      questions.inc({ verb: word(verb), outcome: word(outcome) });
      answers.observe({ outcome: word(outcome) }, took);
    },
  };
}

function clusterMetrics({ counter, seconds }: Makers): ClusterMetrics {
  const requests = counter('risbot_risport_requests_total', 'RisPort70 requests', 'cluster', 'outcome');
  const durations = seconds(
    'risbot_risport_request_seconds',
    'RisPort70 requests',
    ANSWER_SECONDS,
    'cluster',
  );
  const waits = seconds('risbot_risport_wait_seconds', 'Waits for a turn', ANSWER_SECONDS, 'cluster');
  const throttles = counter('risbot_risport_throttles_total', 'Throttle faults of CUCM', 'cluster');
  return {
    requested(cluster, outcome, took) {
      requests.inc({ cluster, outcome: word(outcome) });
      durations.observe({ cluster }, took);
    },
    waited: (cluster, took) => waits.observe({ cluster }, took),
    throttled: (cluster) => throttles.inc({ cluster }),
  };
}

function chatMetrics({ counter, seconds }: Makers): Metrics['chat'] {
  const [acknowledged, answered, calls, limited] = [
    seconds(
      'risbot_chat_acknowledge_seconds',
      'From a message or press to its acknowledgement',
      ACKNOWLEDGE_SECONDS,
      'platform',
    ),
    seconds(
      'risbot_chat_answer_seconds',
      'From a message or press until its answer was with the platform',
      ANSWER_SECONDS,
      'platform',
    ),
    counter('risbot_chat_calls_total', 'Calls of a chat platform', 'platform', 'method', 'outcome'),
    counter('risbot_chat_rate_limited_total', 'Calls that it answered with 429', 'platform', 'method'),
  ];
  return (platform) => ({
    acknowledged: (ms) => acknowledged.observe({ platform }, ms / 1000),
    answered: (ms) => answered.observe({ platform }, ms / 1000),
    call: (method, outcome) => calls.inc({ platform, method: word(method), outcome: word(outcome) }),
    throttled: (method) => limited.inc({ platform, method: word(method) }),
  });
}

/** Gauges that are read when somebody looks. */
function watchState(
  registry: Registry,
  clusters: readonly Cluster[],
  platforms: () => readonly PlatformState[],
): void {
  const gauge = <T extends string>(
    name: string,
    help: string,
    label: T,
    read: () => readonly (readonly [string, number])[],
  ) =>
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        for (const [value, count] of read()) this.labels(value).set(count);
      },
    });
  const each = (read: (cluster: Cluster) => number) => () =>
    clusters.map((cluster) => [cluster.name, read(cluster)] as const);
  gauge(
    'risbot_risport_requests_left',
    'Requests that may go out now',
    'cluster',
    each((one) => one.budget().left),
  );
  gauge(
    'risbot_risport_queued',
    'Questions that wait for a turn',
    'cluster',
    each((one) => one.budget().queued),
  );
  gauge(
    'risbot_names_known',
    'Devices known by name',
    'cluster',
    each((one) => one.names.all().length),
  );
  gauge('risbot_chat_connected', '1 while connected', 'platform', () =>
    platforms().map(({ name, connected }) => [name, Number(connected)] as const),
  );
}
