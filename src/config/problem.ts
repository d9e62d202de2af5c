/** What is wrong with a configuration: every problem at once, where it stands, in words that name no value. */
import { distance } from 'fastest-levenshtein';

export interface Problem {
  /** 1-based line of the configuration file; null when it is not about a line of a file. */
  readonly line: number | null;
  /** The setting, `clusters.prod.url` or `CUCM_URL`; empty for the whole. */
  readonly setting: string;
  readonly message: string;
}

/** A file that is not YAML at all can have a problem at each character. */
const MAX_TOLD = 200;

/** Everything that keeps risbot from starting. The message lists all problems, one a line, and holds no secret. */
export class ConfigError extends Error {
  readonly code = 'config';
  readonly problems: readonly Problem[];

  constructor(source: string, problems: readonly Problem[]) {
    const sorted = inOrder(problems);
    const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
    const told = sorted.slice(0, MAX_TOLD).map((problem) => `  ${problemLine(problem)}`);
    const more = sorted.length > MAX_TOLD ? [`  … and ${sorted.length - MAX_TOLD} more`] : [];
    super([`${source}: ${count}`, ...told, ...more].join('\n'));
    this.name = 'ConfigError';
    this.problems = sorted;
  }
}

/** `line 12: clusters.prod.url: must start with https://`. */
export function problemLine({ line, setting, message }: Problem): string {
  return [line === null ? '' : `line ${line}`, setting, message].filter((part) => part !== '').join(': ');
}

/** The first known word that `typed` can be a slip of, `most` letters away at most, or null. */
export function nearest(
  typed: string,
  known: Iterable<string>,
  most = Number.POSITIVE_INFINITY,
): string | null {
  const asTyped = typed.toLowerCase().slice(0, 60);
  const reach = Math.min(most, Math.max(2, Math.floor(asTyped.length / 3)));
  let best: string | null = null;
  let bestDistance = reach + 1;
  for (const word of known) {
    const steps = distance(asTyped, word.toLowerCase());
    if (steps < bestDistance) [best, bestDistance] = [word, steps];
  }
  return best;
}

/** By line, those without one last, and none twice. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems
    .filter(({ line, setting, message }) => {
      const key = JSON.stringify([line, setting, message]);
      return seen.has(key) ? false : seen.add(key);
    })
    .toSorted((a, b) => (a.line ?? Number.MAX_SAFE_INTEGER) - (b.line ?? Number.MAX_SAFE_INTEGER));
}
