/** What is wrong with the connection, as the people who run risbot need to hear it. */

import type { ChatStatus, Log } from '../../src/chat/report.ts';
import { isTokenGone } from './failure.ts';
import { SCOPES } from './scopes.ts';

export interface Health {
  /** A call succeeded. */
  worked(): void;
  /** Slack could not be reached, or answered with nonsense. */
  silent(reason: string): void;
  /** Slack said no. `needed` is the missing scope. */
  refused(method: string, reason: string, needed: string | null): void;
  /** The scopes of the token, as Slack says with each reply. */
  granted(scopes: readonly string[]): void;
  /** The way that questions come in is open, or why not. */
  receiving(open: boolean, reason?: string): void;
  status(): ChatStatus;
}

/** Not connected yet. What is logged is logged once, until it is better. */
export function createHealth(log: Log): Health {
  let open = false;
  let closedBecause: string | null = null;
  let token: string | null = null;
  let unreachable: string | null = null;
  const missing = new Set<string>();

  const lack = (scope: string, method: string | null) => {
    if (missing.has(scope)) return;
    missing.add(scope);
    log.error({ scope, method }, `the Slack app lacks the scope ${scope}: add it and install the app again`);
  };
  const reasons = () => [
    ...(token === null ? [] : [`Slack does not accept the token (${token})`]),
    ...(open || closedBecause === null ? [] : [closedBecause]),
    ...(unreachable === null ? [] : [`Slack cannot be reached (${unreachable})`]),
    ...(missing.size === 0 ? [] : [`missing scope: ${[...missing].sort().join(', ')}`]),
  ];
  return {
    worked() {
      if (token !== null) log.info({}, 'Slack accepts the token again');
      token = null;
      unreachable = null;
    },
    silent: (reason) => {
      unreachable = reason;
    },
    refused(method, reason, needed) {
      unreachable = null;
      if (reason === 'missing_scope') return lack(needed ?? `of ${method}`, method);
      if (!isTokenGone(reason)) return;
      if (token !== reason) log.error({ method, reason }, 'Slack does not accept the token');
      token = reason;
    },
    granted(scopes) {
      for (const scope of scopes) missing.delete(scope);
      for (const scope of SCOPES) if (!scopes.includes(scope)) lack(scope, null);
    },
    receiving(isOpen, reason) {
      open = isOpen;
      closedBecause = isOpen ? null : (reason ?? closedBecause);
    },
    status: () => ({ connected: open && token === null, reason: reasons().join('; ') || null }),
  };
}
