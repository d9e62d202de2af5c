/** The terminal as a chat: one person, one room, questions in the order they were typed. */
import { createInterface, type Interface } from 'node:readline/promises';
import type { Answer, Chat, Core } from '../../src/chat.ts';
import { complete, lastWord } from '../../src/command/complete.ts';
import type { View } from '../../src/view/view.ts';
import { boundLines } from './lines.ts';
import { type Message, type Messages, pipedMessages, readMessages } from './messages.ts';
import { createScreen, type Output, type Screen } from './screen.ts';
import { createSession, type Session } from './session.ts';
import { createUnasked } from './unasked.ts';

export interface ConsoleOptions {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: Output;
  readonly colour: boolean;
  /** Whether a person sits there: prompt, progress, keys. Default: the input is a terminal. */
  readonly terminal?: boolean;
  /** What is known by name now, for the Tab key. */
  readonly names?: () => Parameters<typeof complete>[1];
  /** A line that is no question: what to show for it, or null when it is one after all. */
  readonly local?: (line: string) => View | string | null;
}

/** A chat that needs nothing of the core but its answers. */
export interface ConsoleChat extends Omit<Chat, 'start'> {
  start(core: Pick<Core, 'answer'>): Promise<void>;
  /** Resolves when the person has left, or the piped questions are answered. */
  readonly closed: Promise<void>;
  /** Prints a card that answers nothing. */
  show(view: View): void;
}

const LEAVE = /^(?:quit|exit)$/i;
/** Characters of a piped line; more than any question has. */
const MAX_LINE = 262_144;
const HISTORY = 500;

/**
 * A chat on two streams. On a terminal: prompt, history, completion, numbered actions, progress while waiting; Ctrl-C
 * drops the question in flight and leaves when there is none, Ctrl-D and `quit` leave. Piped: one question a line.
 */
export function createConsole(options: ConsoleOptions): ConsoleChat {
  const terminal = options.terminal ?? options.input.isTTY === true;
  const line = openLine(options, terminal);
  // What is typed or piped before `start` waits there.
  line.pause();
  const screen = createScreen({ ...options, line: terminal ? line : null });
  const session = createSession({ ...options, screen, terminal });
  const left = Promise.withResolvers<void>();
  let isClosed = false;
  line.once('close', () => {
    isClosed = true;
  });
  const unasked = createUnasked({
    isClosed: () => terminal && isClosed,
    show: (view) => {
      session.took(view, terminal && line.line !== '');
      screen.interject(view);
    },
  });
  return {
    name: 'console',
    closed: left.promise,
    show: (view) => screen.show(view),
    start: async ({ answer }) => {
      const messages = terminal ? readMessages(line, options.input, options.output, screen.again) : null;
      if (messages !== null) listenForKeys(line, screen, session, messages);
      converse(line, messages ?? pipedMessages(line), screen, session, answer).then(
        left.resolve,
        left.reject,
      );
    },
    ...unasked,
    stop: async () => {
      // What was in flight says so while there still is a bottom line to clear.
      if (session.cancel()) await new Promise<void>((resolve) => setImmediate(resolve));
      line.close();
      await left.promise;
    },
  };
}

function openLine(options: ConsoleOptions, terminal: boolean): Interface {
  if (!terminal) {
    return createInterface({ input: options.input.pipe(boundLines(MAX_LINE)), terminal: false });
  }
  const completer = (text: string): [string[], string] => [
    [...complete(text, options.names?.() ?? [])],
    lastWord(text),
  ];
  return createInterface({
    input: options.input,
    output: options.output,
    terminal: true,
    completer,
    historySize: HISTORY,
    removeHistoryDuplicates: true,
  });
}

/** Ctrl-C: the question in flight, then the words typed so far, then, twice in a row, the chat itself. */
function listenForKeys(line: Interface, screen: Screen, session: Session, messages: Messages): void {
  let warned = false;
  line.on('line', () => {
    warned = false;
  });
  line.on('SIGINT', () => {
    if (session.cancel()) return;
    if (messages.drop() || line.line !== '') {
      line.write(null, { ctrl: true, name: 'e' });
      line.write(null, { ctrl: true, name: 'u' });
      return;
    }
    if (warned) return line.close();
    warned = true;
    screen.say('Ctrl-C again leaves; so do Ctrl-D and quit.');
    screen.prompt();
  });
  line.on('close', () => session.cancel());
}

async function converse(
  line: Interface,
  messages: AsyncIterable<Message>,
  screen: Screen,
  session: Session,
  answer: Answer,
): Promise<void> {
  screen.prompt();
  line.resume();
  for await (const { text: typed, early } of messages) {
    const text = typed.trim();
    if (early && text !== '') screen.echo(text);
    // The Enter key has ended the line already.
    if (LEAVE.test(text)) return line.close();
    if (text !== '') await session.run(text, answer);
    screen.prompt();
  }
  screen.leave();
}
