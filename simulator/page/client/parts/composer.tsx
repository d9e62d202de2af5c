/** Where somebody types a message. Enter sends, Shift+Enter breaks the line, the upward arrow brings back what was said. */
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Chat, usePart } from '../stage.ts';
import { after } from '../time.ts';
import { Icon } from './icon.tsx';

interface ComposerProps {
  readonly label: string;
  readonly hint: string;
  /** Given, the tour can type here. */
  readonly stage?: Chat | undefined;
  readonly takesFocus?: boolean;
  /** Resolves with whether it was said; what was not stays there to be mended. */
  readonly send: (text: string) => Promise<boolean>;
  /** Escape. */
  readonly leave?: () => void;
}

/** What was typed in a room and not sent, by the composer's label: it is there again when somebody comes back. */
const drafts = new Map<string, string>();

export function Composer({ label, hint, stage, takesFocus = false, send, leave }: ComposerProps) {
  const [draft, setDraft] = useState(() => (leave === undefined ? drafts.get(label) : undefined) ?? '');
  const [before, setBefore] = useState('');
  /** What the tour types; the draft waits meanwhile. */
  const [played, setPlayed] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  const text = played ?? draft;
  const write = (words: string) => {
    if (leave === undefined) drafts.set(label, words);
    setDraft(words);
  };
  const go = async () => {
    if (played !== null || text.trim() === '') return;
    write('');
    setBefore(text);
    if (!(await send(text))) write(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) void go();
    else if (event.key === 'ArrowUp' && text === '' && before !== '') write(before);
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
      {stage !== undefined && <Played stage={stage} put={setPlayed} send={send} />}
      <textarea
        ref={field}
        rows={Math.min(6, text.split('\n').length)}
        aria-label={label}
        placeholder={hint}
        value={text}
        readOnly={played !== null}
        onChange={({ target }) => write(target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" aria-label="Send" aria-disabled={text.trim() === ''}>
        <Icon name="send" />
      </button>
    </form>
  );
}

/** Fast, but so that one sees what is typed. */
const LETTER_MS = 25;

interface PlayedProps {
  readonly stage: Chat;
  readonly put: (words: string | null) => void;
  readonly send: (text: string) => Promise<boolean>;
}

function Played({ stage, put, send }: PlayedProps) {
  const latest = useRef(send);
  useLayoutEffect(() => {
    latest.current = send;
  });
  const say = useCallback(
    async (words: string, signal: AbortSignal) => {
      try {
        for (let length = 1; length <= words.length && !signal.aborted; length += 1) {
          put(words.slice(0, length));
          await new Promise<void>((resolve) => void after(LETTER_MS, resolve));
        }
        return !signal.aborted && (await latest.current(words));
      } finally {
        put(null);
      }
    },
    [put],
  );
  usePart(stage, 'say', say);
  return null;
}
