/** Questions that need no cluster: help, Cisco's tables, and what cannot be read at all. */
import { verbNamed } from '../command/commands.ts';
import { parse } from '../command/parse.ts';
import { misreadView } from '../view/misread.ts';
import type { View } from '../view/view.ts';

/** The answer where nothing is configured; null when only a cluster could give it. */
export async function answerWithoutCluster(text: string): Promise<View | null> {
  const read = parse(text);
  if (read.type === 'misread') return misreadView(read);
  const { command } = read;
  // `in:` names a cluster, and there is none.
  if (command.cluster !== null) return null;
  return (await verbNamed(command.verb)?.explain?.(command)) ?? null;
}
