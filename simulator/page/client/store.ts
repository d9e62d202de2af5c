/** What the page knows, kept up to date by the server's stream. */
import { useSyncExternalStore } from 'react';
import type { ClockState, ClusterState, SlackState, Told, WebexState } from '../wire.ts';
import { type Known, NOTHING_KNOWN, reduce } from './reduce.ts';
import { monotonic } from './time.ts';

interface Page extends Known {
  readonly isConnected: boolean;
  /** The browser's monotonic milliseconds at which the clock was told. */
  readonly clockAt: number;
}

let page: Page = { ...NOTHING_KNOWN, isConnected: false, clockAt: 0 };
const listeners = new Set<() => void>();

function become(next: Page): void {
  page = next;
  for (const listener of listeners) listener();
}

/** Follows the stream for as long as the page is open; the browser connects again by itself. */
export function follow(): void {
  const stream = new EventSource('live');
  stream.onmessage = ({ data }: MessageEvent<string>) => {
    const told = JSON.parse(data) as Told;
    const clockAt = told.pane === 'clock' ? monotonic() : page.clockAt;
    become({ ...reduce(page, told), isConnected: true, clockAt });
  };
  stream.onerror = () => become({ ...page, isConnected: false });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function usePage<T>(pick: (page: Page) => T): T {
  return useSyncExternalStore(subscribe, () => pick(page));
}

export const useSlack = (): SlackState | null => usePage(({ slack }) => slack);
export const useWebex = (): WebexState | null => usePage(({ webex }) => webex);
export const useCluster = (): ClusterState | null => usePage(({ cluster }) => cluster);
export const useClock = (): ClockState | null => usePage(({ clock }) => clock);
export const useIsConnected = (): boolean => usePage(({ isConnected }) => isConnected);

/** What is known now, for whoever is no component. */
export const knownNow = (): Known => page;

/** Calls back after every change; what it returns ends that. */
export const onChange = subscribe;

/** Epoch milliseconds of demo time, by what the server last said of it. */
export function demoNow(): number {
  const { clock, clockAt } = page;
  return clock === null ? 0 : clock.now + (monotonic() - clockAt) * clock.rate;
}
