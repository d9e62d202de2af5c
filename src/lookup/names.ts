/** What a cluster's devices are called: from AXL when configured, and from every answer seen. */
import type { Clock } from '../clock.ts';
import type { Lookup } from '../device/lookup.ts';

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
  /** Every name of the cluster, loaded at most once an hour; null without AXL, or when it does not answer. */
  complete(signal?: AbortSignal): Promise<readonly string[] | null>;
  /** Wraps a lookup so that the names in its answers are remembered. */
  learning(lookup: Lookup): Lookup;
}

const LOAD_EVERY_MS = 3_600_000;
const RETRY_AFTER_MS = 300_000;

export function createNames(options: NamesOptions): Names {
  const { clock, load, onLoadError, limit = 60_000 } = options;
  const known = new Map<string, KnownName>();
  let loaded: readonly string[] | null = null;
  let nextLoadAt = 0;
  let loading: Promise<readonly string[] | null> | null = null;

  function learn(entry: KnownName): void {
    if (entry.name !== '' && (known.size < limit || known.has(entry.name))) known.set(entry.name, entry);
  }

  async function refresh(signal?: AbortSignal): Promise<readonly string[] | null> {
    try {
      const entries = (await load?.(signal)) ?? [];
      for (const entry of entries) learn(entry);
      loaded = entries.map((entry) => entry.name);
      nextLoadAt = clock.now() + LOAD_EVERY_MS;
    } catch (error) {
      nextLoadAt = clock.now() + RETRY_AFTER_MS;
      onLoadError?.(error);
    }
    return loaded;
  }

  async function complete(signal?: AbortSignal): Promise<readonly string[] | null> {
    if (!load || clock.now() < nextLoadAt) return loaded;
    loading ??= refresh(signal).finally(() => {
      loading = null;
    });
    return loading;
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
