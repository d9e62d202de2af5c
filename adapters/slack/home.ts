/** The App Home tab: what the core has to show a person, published when they open it. */
import type { WebClient } from '@slack/web-api';
import type { Run } from '../../src/chat/retry.ts';
import type { Core } from '../../src/chat.ts';
import type { Desk } from './desk.ts';
import { renderHome } from './render.ts';

export interface HomeOptions {
  readonly core: Pick<Core, 'home'>;
  readonly desk: Pick<Desk, 'asker'>;
  readonly client: WebClient;
  readonly run: Run;
  readonly remember: (command: string) => string;
}

/** Publishes a person's tab. Rejects with `SlackRefusal` or `SlackLost`. */
export function createHome({ core, desk, client, run, remember }: HomeOptions) {
  return async (person: string): Promise<void> => {
    const view = await core.home(await desk.asker(person, { channel: person }));
    const published = { user_id: person, view: renderHome(view, { remember }) };
    await run('views.publish', () => client.views.publish(published));
  };
}
