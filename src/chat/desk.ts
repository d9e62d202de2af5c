/** Where an adapter's questions are taken in and answered: asks the core, delivers, and owns up to what could not be delivered. */
import type { Asker, Core } from '../chat.ts';
import type { Clock } from '../clock.ts';
import type { View } from '../view/view.ts';
import type { ChatMetrics, Log } from './report.ts';

/** Where an answer goes, and in what shape. */
export interface Reply {
  /** One line that says what is being done. Returns at once; left out where it would cost more than it says. */
  tell(text: string): void;
  /** Rejects when it could not be delivered anywhere. */
  answer(view: View): Promise<void>;
}

export interface Question {
  readonly text: string;
  readonly asker: Asker;
  readonly reply: Reply;
  /** On the monotonic clock. */
  readonly receivedAt: number;
}

export interface Desk {
  /** Takes work on; what it throws is logged with `about`. Nothing waits for it but `idle`. */
  begin(about: Readonly<Record<string, unknown>>, work: () => Promise<void>): void;
  /** Rejects only with what `begin` may log. */
  ask(question: Question): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export interface DeskOptions {
  readonly core: Pick<Core, 'answer'>;
  /** Answers elsewhere when the platform takes nothing there; rethrows what is another matter. */
  readonly rescue: (error: unknown, question: Question, view: View) => Promise<void>;
  /** Tells a person that so many earlier answers to them were lost. */
  readonly ownUp: (person: string, count: number) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ChatMetrics;
  /** Ends questions. */
  readonly signal: AbortSignal;
}

/** People whose answers were lost, and are told with their next one. */
const MOST_LOST = 1000;

export function createDesk(options: DeskOptions): Desk {
  const { core, clock, log, metrics, signal } = options;
  const underWay = new Set<Promise<void>>();
  const lost = new Map<string, number>();

  async function ask(question: Question): Promise<void> {
    const { text, asker, reply, receivedAt } = question;
    const { person } = asker;
    const view = await core.answer({ ...asker, text, signal }, (interim) => reply.tell(interim.text));
    try {
      await reply.answer(view).catch((error: unknown) => options.rescue(error, question, view));
    } catch (error) {
      if (lost.size < MOST_LOST || lost.has(person)) lost.set(person, (lost.get(person) ?? 0) + 1);
      log.error({ err: error, person, room: asker.place.room }, 'an answer was lost');
      return;
    }
    metrics.answered(clock.monotonic() - receivedAt);
    const count = lost.get(person);
    if (count === undefined) return;
    lost.delete(person);
    await options.ownUp(person, count);
  }

  return {
    begin(about, work) {
      const running = work().catch((error: unknown) =>
        log.error({ err: error, ...about }, 'something that somebody asked for could not be done'),
      );
      underWay.add(running);
      running.finally(() => underWay.delete(running)).catch(() => undefined);
    },
    ask,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** Lets what is under way come to its end, first by itself, then as cancelled, and gives up after ten seconds. */
export async function finish(
  desk: Pick<Desk, 'idle'>,
  questionsEnd: AbortController,
  clock: Clock,
): Promise<void> {
  const over = new AbortController();
  const idle = desk.idle();
  const wait = (ms: number) => Promise.race([idle, clock.sleep(ms, over.signal).catch(() => undefined)]);
  await wait(LAST_QUESTIONS_MS);
  // What the core breaks off now it answers as cancelled, and there is time left to say so.
  questionsEnd.abort(new DOMException('risbot is stopping', 'AbortError'));
  await wait(LAST_DELIVERIES_MS);
  over.abort();
}

/** Questions get the most of the ten seconds at the end, deliveries the rest. */
const LAST_QUESTIONS_MS = 8_000;
const LAST_DELIVERIES_MS = 2_000;
