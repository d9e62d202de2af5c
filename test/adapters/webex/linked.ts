/** A link with its real process, the real framework and SDK in it, and real sockets to the stand-in's cloud, for tests. */
import { existsSync, readFileSync } from 'node:fs';
import { afterEach } from 'vitest';
import type { Notice } from '../../../adapters/webex/intake.ts';
import { createLink, type Link, type LinkOptions } from '../../../adapters/webex/link.ts';
import { systemClock } from '../../../src/clock.ts';
import { type Host, startHost } from '../../simulator/webex/cloud-host.ts';

/** A process takes a second and a half to load the SDK, and several times that where all cores are at work. */
export const WITHIN = { timeout: 40_000, interval: 20 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Closed after the test, the last first. */
export function closeAfter(close: () => unknown): void {
  closing.push(close);
}

export interface Linked {
  readonly link: Link;
  readonly notices: Notice[];
  /** `open`, or why not. */
  readonly states: string[];
  readonly logged: string[];
}

export function linkTo(host: Host, more: Partial<LinkOptions> = {}): Linked {
  const notices: Notice[] = [];
  const states: string[] = [];
  const logged: string[] = [];
  const write = (fields: object, message: string) => logged.push(`${message} ${JSON.stringify(fields)}`);
  const link = createLink({
    token: host.token,
    apiUrl: `${host.url}/v1/`,
    discoveryUrl: `${host.url}/u2c/api/v1`,
    clock: systemClock,
    log: { debug: write, info: write, warn: write, error: write },
    notice: (notice) => notices.push(notice),
    state: (isOpen, reason) => states.push(isOpen ? 'open' : String(reason)),
    firstPauseMs: 10,
    ...more,
  });
  return { link, notices, states, logged };
}

export async function startedHost(): Promise<Host> {
  const host = await startHost();
  closeAfter(host.stop);
  return host;
}

export function isRunning(pid: number | null): boolean {
  if (pid === null || !existsSync(`/proc/${pid}`)) return false;
  // Who was killed stays in the table until its parent has looked.
  return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
