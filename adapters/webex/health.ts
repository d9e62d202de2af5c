/** What is wrong with the connection, as the people who run risbot need to hear it. */
import type { ChatStatus, Log } from '../../src/chat/report.ts';

export interface Health {
  /** A call succeeded. */
  worked(): void;
  /** Webex could not be reached, or answered with nonsense. */
  silent(reason: string): void;
  /** Webex does not accept the token. */
  tokenRefused(method: string): void;
  /** The way that questions come in is open, or why not. */
  receiving(open: boolean, reason: string | null): void;
  /** Calls back whenever Webex takes calls again after it did not. */
  onRecovery(listener: () => void): void;
  status(): ChatStatus;
}

/** Not connected yet. What is logged is logged once, until it is better. */
export function createHealth(log: Log): Health {
  let open = false;
  let closedBecause: string | null = null;
  let isTokenGood = true;
  let unreachable: string | null = null;
  const listeners: (() => void)[] = [];
  const reasons = () => [
    ...(isTokenGood ? [] : ['Webex does not accept the token (401)']),
    ...(open || closedBecause === null ? [] : [closedBecause]),
    ...(unreachable === null ? [] : [`Webex cannot be reached (${unreachable})`]),
  ];
  return {
    worked() {
      if (isTokenGood && unreachable === null) return;
      if (!isTokenGood) log.info({}, 'Webex accepts the token again');
      isTokenGood = true;
      unreachable = null;
      for (const listener of listeners) listener();
    },
    onRecovery: (listener) => void listeners.push(listener),
    silent: (reason) => {
      unreachable = reason;
    },
    tokenRefused(method) {
      unreachable = null;
      if (isTokenGood) log.error({ method }, 'Webex does not accept the token');
      isTokenGood = false;
    },
    receiving(isOpen, reason) {
      open = isOpen;
      closedBecause = isOpen ? null : (reason ?? closedBecause ?? 'disconnected');
    },
    status: () => ({ connected: open && isTokenGood, reason: reasons().join('; ') || null }),
  };
}
