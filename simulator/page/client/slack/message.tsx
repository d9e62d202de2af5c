/** One message: who, when, what, and what can be done with it. */
import { memo, useCallback } from 'react';
import type { MessageSeen } from '../../wire.ts';
import { Files } from '../parts/files.tsx';
import { Icon } from '../parts/icon.tsx';
import { minuteOf } from '../words.ts';
import { Blocks } from './blocks.tsx';
import { useDesk } from './use-slack.ts';

interface MessageProps {
  readonly message: MessageSeen;
  readonly answer?: () => void;
}

export const MessageLine = memo(function MessageLine({ message, answer }: MessageProps) {
  const desk = useDesk();
  const isBot = desk.isBot(message.user);
  const { realName } = desk.personOf(message.user);
  return (
    <article
      className="message"
      data-bot={isBot}
      data-private={message.onlyFor !== undefined}
      data-ts={message.ts}
      data-message={message.ts}
    >
      {message.onlyFor !== undefined && (
        <p className="only">
          <Icon name="eye" /> Only visible to you
        </p>
      )}
      <span className="face" data-bot={isBot} aria-hidden="true">
        {isBot ? 'r' : realName.slice(0, 1)}
      </span>
      <p className="by">
        <b>{realName}</b>
        {isBot && <span className="badge">app</span>}
        <time>{minuteOf(message.at)}</time>
        {message.edited && <span className="faint">edited</span>}
      </p>
      <Body message={message} />
      <Files files={message.files} chat="slack" />
      <div className="tools">
        {answer !== undefined && (
          <button type="button" onClick={answer} aria-label="Reply in thread" title="Reply in thread">
            <Icon name="reply" />
          </button>
        )}
        {message.onlyFor === undefined && (
          <button
            type="button"
            onClick={() => void desk.lookUp(message)}
            aria-label="Look up phones"
            title="Look up phones"
          >
            <Icon name="lens" />
          </button>
        )}
      </div>
    </article>
  );
});

function Body({ message }: { readonly message: MessageSeen }) {
  const desk = useDesk();
  const { channel, ts } = message;
  const press = useCallback((action: string) => desk.press({ channel, ts }, action), [desk, channel, ts]);
  if (message.blocks.length === 0) return <p className="words">{message.text}</p>;
  return <Blocks blocks={message.blocks} names={desk.names} theme={desk.theme} press={press} />;
}
