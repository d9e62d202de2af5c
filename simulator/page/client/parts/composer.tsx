/** Where somebody types a message. Enter sends, Shift+Enter breaks the line, the upward arrow brings back what was said. */
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTyped } from '../typing.ts';
import { Icon } from './icon.tsx';

interface ComposerProps {
  readonly label: string;
  readonly hint: string;
  /** Given, what is typed from elsewhere lands here. */
  readonly chat?: 'slack' | 'webex';
  readonly takesFocus?: boolean;
  /** Resolves with whether it was said; what was not stays there to be mended. */
  readonly send: (text: string) => Promise<boolean>;
  /** Escape. */
  readonly leave?: () => void;
}

export function Composer({ label, hint, chat, takesFocus = false, send, leave }: ComposerProps) {
  const [text, setText] = useState('');
  const [before, setBefore] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  const put = useCallback((words: string) => {
    setText(words);
    field.current?.focus();
  }, []);
  const go = async () => {
    if (text.trim() === '') return;
    setText('');
    setBefore(text);
    if (!(await send(text))) setText(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) void go();
    else if (event.key === 'ArrowUp' && text === '' && before !== '') setText(before);
    else if (event.key === 'Escape' && leave !== undefined) leave();
    else return;
    event.preventDefault();
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      {chat !== undefined && <Typed chat={chat} put={put} />}
      <textarea
        ref={field}
        rows={Math.min(6, text.split('\n').length)}
        aria-label={label}
        placeholder={hint}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" aria-label="Send" aria-disabled={text.trim() === ''}>
        <Icon name="send" />
      </button>
    </form>
  );
}

function Typed({ chat, put }: { readonly chat: 'slack' | 'webex'; readonly put: (words: string) => void }) {
  useTyped(chat, put);
  return null;
}
