/** Block Kit as Slack shows it: what can only be read by slack-blocks-to-jsx, what can be pressed or filled in by us. */
import { Fragment, memo } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { Raw } from '../../wire.ts';
import type { Shade } from '../theme.ts';
import { Actions, type Press } from './actions.tsx';
import { rawsAt, textIn, textOf } from './raw.ts';
import { Context, Section } from './section.tsx';
import { TableBlock } from './table.tsx';

export interface Names {
  readonly users: { readonly id: string; readonly name: string; readonly avatar?: string }[];
  readonly channels: { readonly id: string; readonly name: string }[];
}

interface BlocksProps {
  readonly blocks: readonly Raw[];
  readonly names: Names;
  readonly theme: Shade;
  readonly press: Press;
}

/** What each kind of block is drawn by; whatever is not here goes to the library. */
export const Blocks = memo(function Blocks({ blocks, names, theme, press }: BlocksProps) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block has no name of its own, and an edited card keeps its places.
        <Fragment key={index}>
          <OneBlock block={block} names={names} theme={theme} press={press} />
        </Fragment>
      ))}
    </div>
  );
});

function OneBlock(props: Omit<BlocksProps, 'blocks'> & { readonly block: Raw }) {
  const { block, names, theme, press } = props;
  switch (block['type']) {
    case 'header':
      // The library's is a div, which a screen reader does not find as a heading.
      return <h3 className="block-header">{textIn(block, 'text')}</h3>;
    case 'section':
      return <Section block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'actions':
      return <Actions elements={rawsAt(block, 'elements')} press={press} />;
    case 'table':
      return <TableBlock block={block} draw={(cell) => <Read block={cell} names={names} theme={theme} />} />;
    default:
      return <Read block={block} names={names} theme={theme} />;
  }
}

/** Drawn by the library. Ids of blocks are left out, as two messages may have the same. */
function Read({ block, names, theme }: Omit<BlocksProps, 'blocks' | 'press'> & { readonly block: Raw }) {
  const { block_id: _id, ...shown } = block;
  return (
    <Message
      blocks={[shown as unknown as Block]}
      data={names}
      theme={theme}
      hooks={{ link: Link }}
      logo=""
      name=""
      withoutWrapper
    />
  );
}

/** Addresses of phones lead nowhere from here, and a chat opens links in a window of their own. */
function Link({ href, children }: { readonly href: string; readonly children: React.ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

/** The first words of a message, for whoever hears it instead of seeing it. */
export function titleOf(blocks: readonly Raw[], text: string): string {
  const header = blocks.find((block) => block['type'] === 'header');
  return header === undefined ? (text.split('\n', 1)[0] ?? '') : textOf(header['text']);
}
