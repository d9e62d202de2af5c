/** What a block of buttons says of the message that it stands on: nothing else of it comes back with a press, after a restart least of all. */
import type { Rendered } from './render.ts';

type Blocks = Rendered['blocks'];

const OWNED = 'own:';
const KEPT = 'kept:';

/** An answer to one person: whose it is, and the thread it is shared in. */
export function ownBlocks(blocks: Blocks, person: string, thread = ''): Blocks {
  return marked(blocks, `${OWNED}${person}:${thread}:`);
}

/** Of a pressed button: whose it is, and the thread its answer is shared in, if not where it stands; null when it is anybody's. */
export function readOwner(blockId: string): { readonly person: string; readonly thread?: string } | null {
  const [, person, thread] = /^own:(\w+):(?:(\d+\.\d+):)?/.exec(blockId) ?? [];
  if (person === undefined) return null;
  return { person, ...(thread !== undefined && { thread }) };
}

/** What was said unasked: no answer takes its place. */
export function keptBlocks(blocks: Blocks): Blocks {
  return marked(blocks, KEPT);
}

export function isKept(blockId: string): boolean {
  return blockId.startsWith(KEPT);
}

function marked(blocks: Blocks, mark: string): Blocks {
  return blocks.map((block, index) =>
    block.type === 'actions' ? { ...block, block_id: `${mark}${index}` } : block,
  );
}
