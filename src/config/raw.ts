/** Settings as written, before the schema: plain values, and where each of them stands. */
import type { Problem } from './problem.ts';

export type Path = readonly PropertyKey[];

/** Where a setting stands, in the words of the place it was written in. */
export interface Place {
  readonly line: number | null;
  readonly setting: string;
}

export interface Raw {
  /** What a problem report starts with: the file's path, or `environment`. */
  readonly source: string;
  /** Plain objects, strings and numbers; undefined when nothing could be read. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Relative paths in the settings start here; empty for the working directory. */
  readonly folder: string;
  /** The place of a setting; of a missing one, the place it belongs to. */
  locate(path: Path): Place;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MAX_KEY = 40;

/** `clusters.prod.url`; keys cut and freed of control characters, since anything can be typed as a key. */
export function pathText(path: Path): string {
  return path
    .map((key) => {
      const clean = String(key).replace(/[^\p{L}\p{N}_\- $]/gu, '?');
      return clean.length > MAX_KEY ? `${clean.slice(0, MAX_KEY)}…` : clean;
    })
    .join('.');
}
