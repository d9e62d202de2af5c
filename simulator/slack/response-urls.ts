/** response_urls: five uses in thirty minutes. https://docs.slack.dev/interactivity/handling-user-interaction */

import type { SimulatorClock } from '../stand-in/time.ts';
import type { Ids } from './ids.ts';
import { INTERACTION } from './limits.ts';

export interface ResponseUrl {
  readonly user: string;
  readonly channel: string;
  readonly at: number;
  /** The message with the button; commands have none. */
  readonly message: { readonly ts: string; readonly ephemeral: boolean } | null;
  uses: number;
}

export interface ResponseUrls {
  /** The path of a new one. */
  issue(kind: 'commands' | 'actions', target: Omit<ResponseUrl, 'at' | 'uses'>): string;
  /** What it is for; counts as a use. */
  use(path: string): ResponseUrl | 'no_such_url' | 'used_url' | 'expired_url';
}

export function createResponseUrls(clock: SimulatorClock, ids: Ids): ResponseUrls {
  const urls = new Map<string, ResponseUrl>();
  return {
    issue(kind, target) {
      const path = `/${kind}/${ids.next('T')}/${ids.secret()}`;
      urls.set(path, { ...target, at: clock.now(), uses: 0 });
      return path;
    },
    use(path) {
      const url = urls.get(path);
      if (url === undefined) return 'no_such_url';
      if (clock.now() - url.at > INTERACTION.responseMs) return 'expired_url';
      if (url.uses >= INTERACTION.responseUses) return 'used_url';
      url.uses += 1;
      return url;
    },
  };
}
