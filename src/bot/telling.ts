/** What is said while an answer is on its way. */
import type { Clock } from '../clock.ts';
import type { Progress } from '../device/lookup.ts';
import { askingInterim, progressInterim } from '../view/interim.ts';
import type { Interim } from '../view/view.ts';

/** An answer that takes longer says that it is coming. */
const SILENCE_MS = 1000;

export interface Telling {
  /** The question goes out: if nothing is said by then, a second later it is. */
  started(cluster: string): void;
  progress(progress: Progress, cluster: string): void;
  /** Nothing is told after that. */
  over(): void;
}

/** Tells no line twice, and none after the answer. `onTrouble` hears of a platform that could not show one. */
export function createTelling(
  clock: Clock,
  tell: (interim: Interim) => void,
  onTrouble: (error: unknown) => void,
): Telling {
  const over = new AbortController();
  let said = '';
  function say(text: string): void {
    if (over.signal.aborted || text === said) return;
    said = text;
    try {
      tell({ text });
    } catch (error) {
      onTrouble(error);
    }
  }
  return {
    started(cluster) {
      clock.sleep(SILENCE_MS, over.signal).then(
        () => (said === '' ? say(askingInterim(cluster).text) : undefined),
        () => undefined,
      );
    },
    progress(progress, cluster) {
      // A wait that is over before it is read is not worth a line.
      if (progress.type === 'waiting' && progress.waitMs < SILENCE_MS) return;
      say(progressInterim(progress, cluster).text);
    },
    over: () => over.abort(),
  };
}
