/** What Slack has no room for is said on the card. */
import type { ContextBlock } from '@slack/types';
import { type Cuts, cutWords } from '../../src/view/cuts.ts';
import type { View } from '../../src/view/view.ts';
import { context } from './render-blocks.ts';

/** A line for each kind of cut. */
export function cutNotes(view: View, cuts: Cuts, withFiles: boolean): ContextBlock[] {
  return cutWords(view, cuts, 'Slack', withFiles).map((note) => context(`✂️ ${note}`));
}
