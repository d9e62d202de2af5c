/** Webex as a chat: the framework's websocket or webhooks in, the REST API out. */
import type { Webex, WebexOptions } from './options.ts';

export function createWebex(_options: WebexOptions): Webex {
  throw new Error('not yet');
}
