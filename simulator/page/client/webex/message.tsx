/** One message of a space. */
import { memo, useCallback } from 'react';
import type { PersonSeen, Raw, WebexMessage } from '../../wire.ts';
import { act } from '../act.ts';
import { Files } from '../parts/files.tsx';
import { Icon } from '../parts/icon.tsx';
import { useSay } from '../parts/said.tsx';
import type { Shade } from '../theme.ts';
import { minuteOf } from '../words.ts';
import { Card } from './card.tsx';
import { Formatted } from './formatted.tsx';

interface MessageProps {
  readonly message: WebexMessage;
  readonly by: PersonSeen | undefined;
  readonly isBot: boolean;
  /** Id of whoever looks. */
  readonly me: string;
  readonly theme: Shade;
  readonly answer?: () => void;
}

export const MessageLine = memo(function MessageLine(props: MessageProps) {
  const { message, by, isBot, me, theme, answer } = props;
  const name = by?.realName ?? 'Somebody';
  return (
    <article className="message" data-bot={isBot} data-message={message.id}>
      <span className="face" data-bot={isBot} aria-hidden="true">
        {isBot ? 'r' : name.slice(0, 1)}
      </span>
      <p className="by">
        <b>{name}</b>
        {isBot && <span className="badge">bot</span>}
        <time>{minuteOf(message.at)}</time>
        {message.edited && <span className="faint">edited</span>}
      </p>
      <Body message={message} me={me} theme={theme} />
      <Files files={message.files} chat="webex" />
      {answer !== undefined && (
        <div className="tools">
          <button type="button" onClick={answer} aria-label="Reply in thread" title="Reply in thread">
            <Icon name="reply" />
          </button>
        </div>
      )}
    </article>
  );
});

function Body({ message, me, theme }: Pick<MessageProps, 'message' | 'me' | 'theme'>) {
  const { attempt } = useSay();
  const { id, card, html, text } = message;
  // biome-ignore lint/correctness/useExhaustiveDependencies: how things are said does not change, only its identity does.
  const submit = useCallback(
    (data: Raw, inputs: Readonly<Record<string, string>>) => {
      void attempt(act('webex', { do: 'press', who: me, message: id, data, inputs }));
    },
    [me, id],
  );
  // Clients that show the card do not show the text that says the same.
  if (card !== null) return <Card card={card} theme={theme} submit={submit} />;
  return html === undefined ? <p className="words">{text}</p> : <Formatted html={html} />;
}
