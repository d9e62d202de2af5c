/** Sections and contexts: text, or label and value in two columns. */
import { Fragment, type ReactNode } from 'react';
import type { Raw } from '../../wire.ts';
import { type Run, runsOf } from './mrkdwn.ts';
import { isRaw, rawsAt, wordIn } from './raw.ts';
import { useDesk } from './use-slack.ts';

export function Section({ block }: { readonly block: Raw }) {
  const fields = rawsAt(block, 'fields');
  const text = block['text'];
  return (
    <div className="section">
      {isRaw(text) && (
        <p>
          <TextObject text={text} />
        </p>
      )}
      {fields.length > 0 && (
        <ul className="fields">
          {fields.map((field, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a field is its place.
            <li key={index}>
              <TextObject text={field} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function Context({ block }: { readonly block: Raw }) {
  return (
    <p className="context">
      {rawsAt(block, 'elements').map((element, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an element is its place.
        <Fragment key={index}>
          <TextObject text={element} />{' '}
        </Fragment>
      ))}
    </p>
  );
}

function TextObject({ text }: { readonly text: Raw }) {
  const { personOf } = useDesk();
  const words = wordIn(text, 'text');
  if (text['type'] !== 'mrkdwn') return words;
  return runsOf(words).map((run, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a run is its place.
    <Fragment key={index}>{drawn(run, personOf)}</Fragment>
  ));
}

const TAGS = { bold: 'b', italic: 'i', strike: 's', code: 'code' } as const;

function drawn(
  { text, style, url, person }: Run,
  personOf: (id: string) => { readonly realName: string },
): ReactNode {
  const inner =
    url === undefined ? (
      person === undefined ? (
        text
      ) : (
        <span className="mention">@{personOf(person).realName}</span>
      )
    ) : (
      <a href={url} target="_blank" rel="noreferrer noopener">
        {text}
      </a>
    );
  if (style === 'plain') return inner;
  const Tag = TAGS[style];
  return <Tag>{inner}</Tag>;
}
