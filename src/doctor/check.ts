/** What the doctor looks at, one finding each. */

export type CheckState = 'ok' | 'warn' | 'fail' | 'skipped';

export interface Check {
  readonly name: string;
  readonly state: CheckState;
  /** What was seen, in a sentence without a full stop. */
  readonly seen: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** A line of the configuration to copy, when the remedy has one. */
  readonly paste?: string;
}

export interface ClusterReport {
  readonly cluster: string;
  readonly url: string;
  readonly checks: readonly Check[];
  /** Requests that were spent of the cluster's allowance. */
  readonly requests: number;
}

export function ok(name: string, seen: string): Check {
  return { name, state: 'ok', seen };
}

export function warn(name: string, seen: string, remedy: string): Check {
  return { name, state: 'warn', seen, remedy };
}

export function fail(name: string, seen: string, remedy: string): Check {
  return { name, state: 'fail', seen, remedy };
}

/** Not looked at, because something before it failed. */
export function skipped(name: string, because: string): Check {
  return { name, state: 'skipped', seen: because };
}

/** The worst of all: 0 all fine, 1 something to look at, 3 something keeps risbot from asking. */
export function exitCode(reports: readonly ClusterReport[]): 0 | 1 | 3 {
  const states = new Set(reports.flatMap((report) => report.checks.map((check) => check.state)));
  if (states.has('fail')) return 3;
  return states.has('warn') ? 1 : 0;
}
