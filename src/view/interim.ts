/** What is said while an answer is on its way. */
import type { Progress } from '../device/lookup.ts';
import { count, counted, duration } from './text.ts';
import type { Interim } from './view.ts';

/** "asking prod" */
export function askingInterim(cluster: string): Interim {
  return { text: `asking ${cluster}` };
}

/** "asking prod: 2 questions ahead, about 8 s" */
export function progressInterim(progress: Progress, cluster: string): Interim {
  switch (progress.type) {
    case 'waiting': {
      const wait = `about ${duration(Math.max(1000, progress.waitMs))}`;
      // Who waits behind nobody wonders what for.
      return progress.ahead > 0
        ? { text: `asking ${cluster}: ${counted(progress.ahead, 'question')} ahead, ${wait}` }
        : { text: `asking ${cluster}: ${wait} (CUCM limits requests)` };
    }
    case 'sweeping': {
      const parts = `${count(progress.done)} of ${counted(progress.done + progress.left, 'part')}`;
      return { text: `asking ${cluster} in parts: ${parts}, ${counted(progress.rows, 'device')} so far` };
    }
  }
}
