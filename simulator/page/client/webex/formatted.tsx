/** The HTML that Webex makes of markdown, built anew from the few elements that there may be; anything else is its text. */
import { createElement, Fragment, type ReactNode } from 'react';

const KNOWN: ReadonlySet<string> = new Set([
  'p',
  'br',
  'strong',
  'b',
  'em',
  'i',
  'code',
  'pre',
  'ul',
  'ol',
  'li',
  'h1',
  'h2',
  'h3',
  'blockquote',
]);
/** Headings of a message are none of the page. */
const INSTEAD: Readonly<Record<string, string>> = { h1: 'p', h2: 'p', h3: 'p' };

export function Formatted({ html }: { readonly html: string }) {
  // A document of its own: nothing of it is loaded or run.
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return <div className="formatted">{childrenOf(body)}</div>;
}

function childrenOf(node: Node): readonly ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: a node is its place.
  return [...node.childNodes].map((child, index) => <Fragment key={index}>{drawn(child)}</Fragment>);
}

function drawn(node: Node): ReactNode {
  if (!(node instanceof Element)) return node.textContent;
  const name = node.tagName.toLowerCase();
  if (name === 'br') return <br />;
  if (name === 'a') return <Anchor node={node} />;
  if (name === 'spark-mention') return <span className="mention">{childrenOf(node)}</span>;
  return KNOWN.has(name) ? createElement(INSTEAD[name] ?? name, null, childrenOf(node)) : childrenOf(node);
}

function Anchor({ node }: { readonly node: Element }) {
  const href = node.getAttribute('href') ?? '';
  if (!/^(?:https?|mailto):/.test(href)) return childrenOf(node);
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {childrenOf(node)}
    </a>
  );
}
