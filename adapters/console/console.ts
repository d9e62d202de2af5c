/** The terminal as a chat: one person, one room, questions in the order they were typed. */
import { createInterface, type Interface } from 'node:readline/promises';
import type { Answer, Chat, Place } from '../../src/chat.ts';
import { complete, lastWord } from '../../src/command/complete.ts';
import type { Action, View } from '../../src/view/view.ts';
import { boundLines } from './lines.ts';
import { createScreen, type Output, type Screen } from './screen.ts';

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

export interface ConsoleChat extends Chat {
  /** Resolves when the person has left, or the piped questions are answered. */
  readonly closed: Promise<void>;
  /** Prints plain words. */
  say(text: string): void;
}

const PLACE: Place = { platform: 'console', room: 'terminal' };
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
  const session = createSession(options, screen);
  const left = Promise.withResolvers<void>();
  let posted = 0;
  const post = async (place: Place, view: View) => {
    screen.show(view);
    screen.prompt();
    posted += 1;
    return { place, id: String(posted) };
  };
  return {
    name: 'console',
    closed: left.promise,
    say: (text) => screen.say(text),
    start: async (answer) => {
      if (terminal) listenForKeys(line, screen, session);
      converse(line, screen, session, answer).then(left.resolve, left.reject);
    },
    post,
    // A terminal cannot change what has scrolled by.
    update: (earlier, view) => post(earlier.place, view),
    stop: async () => {
      session.cancel();
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

interface Session {
  /** Resolves when the line has been dealt with. */
  run(text: string, answer: Answer): Promise<void>;
  /** Drops the question in flight; false when there is none. */
  cancel(): boolean;
}

function createSession(options: ConsoleOptions, screen: Screen): Session {
  let inFlight: AbortController | null = null;
  let actions: readonly Action[] = [];
  const ask = async (text: string, answer: Answer) => {
    const controller = new AbortController();
    inFlight = controller;
    const dropped = Promise.withResolvers<null>();
    controller.signal.addEventListener('abort', () => dropped.resolve(null), { once: true });
    const tell = ({ text: words }: { text: string }) => {
      if (inFlight === controller) screen.progress(words);
    };
    const message = { text, person: 'terminal', place: PLACE, signal: controller.signal };
    try {
      // A question that was dropped is not waited for, whatever becomes of it.
      const view = await Promise.race([answer(message, tell), dropped.promise]);
      if (view === null) return screen.say('Cancelled.');
      actions = view.actions;
      screen.show(view);
    } catch {
      screen.say('Something went wrong with that question; the log has it. Ask again.');
    } finally {
      inFlight = null;
    }
  };
  return {
    run: async (text, answer) => {
      const shown = options.local?.(text) ?? null;
      if (typeof shown === 'string') return screen.say(shown);
      if (shown !== null) return screen.show(shown);
      const action = /^\d{1,2}$/.test(text) ? actions[Number(text) - 1] : undefined;
      await ask(action?.command ?? text, answer);
    },
    cancel: () => {
      inFlight?.abort(new DOMException('Cancelled by the person who asked', 'AbortError'));
      return inFlight !== null;
    },
  };
}

/** Ctrl-C: the question in flight, then the words typed so far, then, twice in a row, the chat itself. */
function listenForKeys(line: Interface, screen: Screen, session: Session): void {
  let warned = false;
  line.on('line', () => {
    warned = false;
  });
  line.on('SIGINT', () => {
    if (session.cancel()) return;
    if (line.line !== '') {
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

async function converse(line: Interface, screen: Screen, session: Session, answer: Answer): Promise<void> {
  screen.prompt();
  line.resume();
  for await (const typed of line) {
    const text = typed.trim();
    // The Enter key has ended the line already.
    if (LEAVE.test(text)) return line.close();
    if (text !== '') await session.run(text, answer);
    screen.prompt();
  }
  screen.leave();
}
