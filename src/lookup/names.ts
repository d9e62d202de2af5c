/** What a cluster's devices are called: from AXL when configured, and from every answer seen. */
import type { Clock } from '../clock.ts';
import type { Lookup } from '../device/lookup.ts';
import { type Shared, share } from './shared.ts';

export interface KnownName {
  readonly name: string;
  readonly description: string;
  readonly numbers: readonly string[];
}

export interface NamesOptions {
  readonly clock: Clock;
  /** Every device of the cluster, from AXL. */
  readonly load?: (signal?: AbortSignal) => Promise<readonly KnownName[]>;
  /** Called when `load` fails: names are a help, never a reason to fail a question. */
  readonly onLoadError?: (error: unknown) => void;
  /** Names kept at the most. */
  readonly limit?: number;
}

export interface Names {
  /** Everything known, in no order. */
  all(): readonly KnownName[];
  /**
   * Every name of the cluster, at most five minutes old and loaded once for all who wait; null without AXL, or when it does not
   * answer. Rejects with the reason of the signal alone.
   */
  complete(signal?: AbortSignal): Promise<readonly string[] | null>;
  /** Wraps a lookup so that the names in its answers are remembered. */
  learning(lookup: Lookup): Lookup;
}

const LOAD_EVERY_MS = 300_000;
const RETRY_AFTER_MS = 300_000;

export function createNames(options: NamesOptions): Names {
  const { clock, load, onLoadError, limit = 60_000 } = options;
  const known = new Map<string, KnownName>();
  let loaded: readonly string[] | null = null;
  /** By both clocks: the monotonic one stands still while a machine sleeps, and the other one may be set back. Null: at once. */
  let nextLoad: { readonly now: number; readonly monotonic: number } | null = null;
  let loading: Shared<readonly string[] | null> | null = null;

  function learn(entry: KnownName): void {
    if (entry.name !== '' && (known.size < limit || known.has(entry.name))) known.set(entry.name, entry);
  }

  function wait(ms: number): void {
    nextLoad = { now: clock.now() + ms, monotonic: clock.monotonic() + ms };
  }

  function isDue(): boolean {
    return nextLoad === null || clock.monotonic() >= nextLoad.monotonic || clock.now() >= nextLoad.now;
  }

  async function refresh(signal: AbortSignal): Promise<readonly string[] | null> {
    try {
      const entries = (await load?.(signal)) ?? [];
      for (const entry of entries) learn(entry);
      loaded = entries.map((entry) => entry.name);
      wait(LOAD_EVERY_MS);
    } catch (error) {
      // Everybody who waited has left: that says nothing about AXL.
      signal.throwIfAborted();
      // A list that cannot be brought up to date is not every name any more.
      loaded = null;
      wait(RETRY_AFTER_MS);
      onLoadError?.(error);
    }
    return loaded;
  }

  function startLoading(): Shared<readonly string[] | null> {
    const started = share(({ signal }) =>
      refresh(signal).finally(() => {
        if (loading === started) loading = null;
      }),
    );
    return started;
  }

  async function complete(signal?: AbortSignal): Promise<readonly string[] | null> {
    if (!load || !isDue()) return loaded;
    signal?.throwIfAborted();
    if (loading === null || loading.abandoned()) loading = startLoading();
    return loading.join(signal ? { signal } : {});
  }

  return {
    all: () => [...known.values()],
    complete,
    learning: (lookup) => async (query, asked) => {
      const snapshot = await lookup(query, asked);
      for (const { name, description, linesStatus } of snapshot.devices) {
        learn({ name, description, numbers: linesStatus.map((line) => line.directoryNumber) });
      }
      return snapshot;
    },
  };
}
