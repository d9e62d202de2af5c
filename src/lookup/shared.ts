/** One question, many askers: it is given up only when all of them have left. */
import type { LookupOptions, Progress } from '../device/lookup.ts';

/** What the one question is asked with: a signal and a progress report of its own. */
export type Asked = Required<Pick<LookupOptions, 'signal' | 'onProgress'>>;

export interface Shared<T> {
  /** The shared result, or a rejection with the asker's own abort reason. */
  join(options: Pick<LookupOptions, 'signal' | 'onProgress'>): Promise<T>;
  /** True once everyone has left: nobody may join any more. */
  abandoned(): boolean;
}

/** Starts `ask` at once; latecomers hear the last progress when they join. */
export function share<T>(ask: (asked: Asked) => Promise<T>): Shared<T> {
  const controller = new AbortController();
  const listeners = new Set<(progress: Progress) => void>();
  let last: Progress | null = null;
  let present = 0;
  const result = ask({
    signal: controller.signal,
    onProgress: (progress) => {
      last = progress;
      for (const listener of listeners) listener(progress);
    },
  });
  // Every asker hears of a failure through its own promise; the shared one may have nobody left.
  result.catch(() => {});

  function join({ signal, onProgress }: Pick<LookupOptions, 'signal' | 'onProgress'>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      signal?.throwIfAborted();
      present += 1;
      if (onProgress) listeners.add(onProgress);
      if (last) onProgress?.(last);
      const leave = () => {
        present -= 1;
        if (onProgress) listeners.delete(onProgress);
        reject(signal?.reason);
        if (present === 0) controller.abort(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      result.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
    });
  }

  return { join, abandoned: () => controller.signal.aborted };
}
