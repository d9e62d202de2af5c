/** What the page shows and lets people do, a pane each: a chat, a cluster, the clock. The server knows no more of them. */
import type { JsonObject } from '../slack/json.ts';
import type { PaneName } from './wire.ts';

export interface Pane {
  readonly name: PaneName;
  /** Everything, for somebody who just came. Plain data. */
  state(): unknown;
  /** What became of it since the last call, oldest first; plain data, and cheap when nothing did. */
  changes(): readonly unknown[];
  /** Does what somebody at the page did; what it resolves with goes back to them. Rejects with OrderError when it makes no sense. */
  act(order: JsonObject): Promise<unknown>;
  /** A file that the page offers for download; null when there is none. */
  file?(id: string): PaneFile | null;
}

export interface PaneFile {
  readonly name: string;
  readonly content: Buffer;
}

/** What was asked for makes no sense; the message is for whoever sits at the page. */
export class OrderError extends Error {
  override name = 'OrderError';
}

/** The text at a key of an order. Throws OrderError when there is none, or it is too long. */
export function wordAt(order: JsonObject, key: string, longest = 4000): string {
  const value = order[key];
  if (typeof value !== 'string') throw new OrderError(`${key} is missing`);
  if (value.length > longest) throw new OrderError(`${key} is longer than ${longest} characters`);
  return value;
}
