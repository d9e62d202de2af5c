/** Offers the form, where somebody names the bot and says no more. What it looks like is `form.ts`. */

import type { Desk } from '../../src/chat/desk.ts';
import type { Asker, Core } from '../../src/chat.ts';
import { isUnshowable } from './failure.ts';
import { buildForm } from './form.ts';
import type { Replies } from './reply.ts';
import type { Speaker, Spot } from './speak.ts';

export interface Forms {
  /** Rejects as a call does. */
  offer(spot: Spot, asker: Asker, receivedAt: number): Promise<void>;
}

export interface FormsOptions {
  readonly core: Pick<Core, 'formFor'>;
  readonly desk: Pick<Desk, 'ask'>;
  readonly replies: Pick<Replies, 'open'>;
  readonly speaker: Pick<Speaker, 'post'>;
}

export function createForms({ core, desk, replies, speaker }: FormsOptions): Forms {
  return {
    async offer(spot, asker, receivedAt) {
      const choices = core.formFor(asker);
      // Whoever may ask nothing is told so, in the words for that.
      if (choices.clusters.length === 0) {
        return desk.ask({ text: 'help', asker, reply: replies.open(spot), receivedAt });
      }
      const form = buildForm(choices);
      await speaker.post(spot, form).catch(async (error: unknown) => {
        if (!isUnshowable(error)) throw error;
        await speaker.post(spot, { ...form, card: null });
      });
    },
  };
}
