/** Doing something at the page: an order to the server. */
import type { PaneName } from '../wire.ts';

/** Why it was not done, in words for people. */
export class ActProblem extends Error {
  override name = 'ActProblem';
}

/** Resolves with what the pane answered. Rejects with ActProblem. */
export async function act<T = Readonly<Record<string, unknown>>>(
  pane: PaneName,
  order: Readonly<Record<string, unknown>>,
): Promise<T> {
  const response = await fetch(`act/${pane}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  }).catch((error: unknown) => {
    throw new ActProblem('The demo does not answer. Is it still running?', { cause: error });
  });
  const answer = (await response.json().catch(() => ({}))) as { readonly problem?: string };
  if (answer.problem !== undefined) throw new ActProblem(answer.problem);
  if (!response.ok) throw new ActProblem('That did not work.');
  return answer as T;
}
