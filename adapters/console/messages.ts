/** Lines at a keyboard → messages: what is pasted in one go is one message, however many lines it has. */
import type { Interface } from 'node:readline/promises';
import type { Output } from './screen.ts';

/** Asks the terminal to put marks around what is pasted, and not to any more. */
const MARKS_ON = '\u001b[?2004h';
const MARKS_OFF = '\u001b[?2004l';

export interface Message {
  readonly text: string;
  /** True when it came before the one before it was answered. */
  readonly early: boolean;
}

export interface Messages extends AsyncIterable<Message> {
  /** Forgets the lines of a paste that is not complete; false when there are none. */
  drop(): boolean;
}

/**
 * The messages of a person. A paste whose last line has no line end waits for the Enter key: it may not be what was meant.
 * `onEarly` hears of a message that has to wait until the one before it is answered.
 */
export function readMessages(
  line: Interface,
  input: NodeJS.ReadableStream,
  output: Output,
  onEarly: () => void,
): Messages {
  let lines: string[] = [];
  let pasting = false;
  let due = false;
  const queue = createQueue();
  const flush = () => {
    due = false;
    // More of the same paste is to come, or already stands at the prompt.
    if (pasting || lines.length === 0 || line.line !== '') return;
    if (queue.push(lines.join('\n'))) onEarly();
    lines = [];
  };
  // Without marks, lines that came in one piece are told from typed ones: nobody types two within one turn of the loop.
  const flushSoon = () => {
    if (!due) setImmediate(flush);
    due = true;
  };
  input.on('keypress', (_text: string | undefined, key: { readonly name?: string } | undefined) => {
    if (key?.name !== 'paste-start' && key?.name !== 'paste-end') return;
    pasting = key.name === 'paste-start';
    flushSoon();
  });
  line.on('line', (text) => {
    lines.push(text);
    flushSoon();
  });
  line.once('close', () => {
    output.write(MARKS_OFF);
    if (lines.length > 0) queue.push(lines.join('\n'));
    queue.end();
  });
  output.write(MARKS_ON);
  return {
    [Symbol.asyncIterator]: queue.read,
    drop: () => {
      const some = lines.length > 0;
      lines = [];
      return some;
    },
  };
}

/** Questions that were piped in: a line each. */
export async function* pipedMessages(lines: AsyncIterable<string>): AsyncGenerator<Message> {
  for await (const text of lines) yield { text, early: false };
}

function createQueue() {
  const waiting: Message[] = [];
  let ended = false;
  let wake = () => {};
  /** Whether somebody waits for the next message. */
  let idle = false;
  async function* read(): AsyncGenerator<Message> {
    while (true) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (ended) return;
      else {
        idle = true;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        idle = false;
      }
    }
  }
  return {
    read,
    /** True when nobody waits for it yet. */
    push: (text: string): boolean => {
      const early = !idle || waiting.length > 0;
      waiting.push({ text, early });
      wake();
      return early;
    },
    end: () => {
      ended = true;
      wake();
    },
  };
}
