/** A view on its way: as a card, and in plain words, whole, when Webex takes no card. */
import type { Log } from '../../src/chat/report.ts';
import type { View } from '../../src/view/view.ts';
import { isUnshowable } from './failure.ts';
import { type Rendered, type RenderOptions, renderMessage, renderPlain } from './render.ts';
import type { How, Placed, Speaker, Spot } from './speak.ts';

/** What came to stand where, and what else belongs to it. */
export interface Said {
  readonly placed: Placed;
  readonly files: Rendered['files'];
}

export interface SayOptions extends RenderOptions {
  readonly speaker: Pick<Speaker, 'post'>;
  readonly log: Log;
}

/** Rejects with `WebexRefusal` and `WebexLost`. */
export async function say(view: View, spot: Spot, options: SayOptions, how?: How): Promise<Said> {
  const { speaker, log, ...look } = options;
  const rendered = renderMessage(view, look);
  try {
    return { placed: await speaker.post(spot, rendered, how), files: rendered.files };
  } catch (error) {
    if (!isUnshowable(error)) throw error;
    log.error({ err: error }, 'Webex does not take a card; it is said in words');
    const plain = renderPlain(view);
    return { placed: await speaker.post(spot, plain, how), files: plain.files };
  }
}
