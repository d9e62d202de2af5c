/** What the child process writes: lines for the log, without what must not stand in one, and never more than is bearable. */
import type { Readable } from 'node:stream';
import type { Log } from '../../../src/chat/report.ts';

/** Of a line, in characters; what is longer is cut after secrets were taken out. */
const LONGEST_LINE = 8_192;
const SHOWN_LINE = 500;

export interface Output {
  /** Lines may be logged again. */
  refill(): void;
}

export interface OutputOptions {
  readonly log: Log;
  readonly secrets: readonly string[];
  /** Lines between two refills. */
  readonly most: number;
}

export function logOutput(streams: readonly Readable[], { log, secrets, most }: OutputOptions): Output {
  let left = most;
  const write = (line: string) => {
    left -= 1;
    if (left < 0 || line.trim() === '') return;
    log.debug({ line: redacted(line, secrets).slice(0, SHOWN_LINE) }, 'the Webex SDK wrote');
  };
  for (const stream of streams) {
    const lines = createLines(write);
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => lines.take(text));
    stream.on('end', () => lines.end());
  }
  return {
    refill() {
      left = most;
    },
  };
}

export interface Lines {
  take(text: string): void;
  end(): void;
}

/** Cuts a text that comes in pieces into lines. Of a line that is too long, only the beginning is ever seen. */
export function createLines(write: (line: string) => void): Lines {
  let rest = '';
  return {
    take(text) {
      const [first = '', ...others] = text.split('\n');
      rest = (rest + first).slice(0, LONGEST_LINE);
      for (const other of others) {
        write(rest);
        rest = other.slice(0, LONGEST_LINE);
      }
    },
    end() {
      if (rest !== '') write(rest);
      rest = '';
    },
  };
}

export function redacted(line: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => (secret === '' ? text : text.replaceAll(secret, '[secret]')), line);
}
