/** What a card says now that it did not say when it was printed: a terminal cannot change what has scrolled by. Pure. */
import type { Block, View } from '../../src/view/view.ts';

/** The title with a mark, what is new below it, and the actions of now. */
export function changesOf(before: View, now: View): View {
  const said = new Set(before.blocks.flatMap(partsOf));
  const blocks = now.blocks.map((block) => newIn(block, said)).filter((block) => block !== null);
  return { ...now, title: `↻ ${now.title}`, blocks };
}

/** Null when there is nothing new in it. */
function newIn(block: Block, said: ReadonlySet<string>): Block | null {
  const isNew = (part: unknown) => !said.has(JSON.stringify(part));
  switch (block.type) {
    case 'text':
    case 'notice':
    case 'file':
      return isNew(block) ? block : null;
    case 'facts': {
      const facts = block.facts.filter(isNew);
      return facts.length === 0 ? null : { ...block, facts };
    }
    case 'list': {
      const items = block.items.filter(isNew);
      return items.length === 0 ? null : { ...block, items };
    }
    case 'table': {
      const { page: _ofAllRows, ...table } = block;
      const rows = block.rows.filter(isNew);
      return rows.length === 0 ? null : { ...table, rows };
    }
  }
}

function partsOf(block: Block): readonly string[] {
  switch (block.type) {
    case 'text':
    case 'notice':
    case 'file':
      return [JSON.stringify(block)];
    case 'facts':
      return block.facts.map((fact) => JSON.stringify(fact));
    case 'list':
      return block.items.map((item) => JSON.stringify(item));
    case 'table':
      return block.rows.map((row) => JSON.stringify(row));
  }
}
