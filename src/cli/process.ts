/** What the commands need of the process: its streams, its signals, its exit codes. */
import type { Outcome } from '../view/view.ts';

export const EXIT = {
  answered: 0,
  nothing: 1,
  misread: 2,
  /** Whoever can start risbot has its configuration, so only a chat platform ever sees this. */
  refused: 3,
  /** CUCM could not be asked, or the configuration does not allow it. */
  failed: 3,
  /** A mistake of risbot's own; `EX_SOFTWARE` of sysexits.h. */
  internal: 70,
} as const satisfies Readonly<Record<Outcome | 'internal', number>>;

export type Stream = NodeJS.WriteStream;

/** Writes all of it and waits until it is handed over, so that an exit loses nothing. */
export function write(stream: Stream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Whether this stream is a terminal with colours; NO_COLOR, FORCE_COLOR and TERM are respected. */
export function hasColour(stream: Stream): boolean {
  return stream.isTTY === true && stream.hasColors();
}

export function widthOf(stream: Stream): number {
  return stream.columns ?? 80;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Somebody wants this process to end. */
export class Interrupted extends Error {
  readonly code: number;

  constructor(signal: keyof typeof SIGNALS) {
    super(`stopped by ${signal}`);
    this.name = 'Interrupted';
    this.code = SIGNALS[signal];
  }
}

/** Aborts with Interrupted at the first SIGINT, SIGTERM or SIGHUP; the second one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(SIGNALS[name]);
      controller.abort(new Interrupted(name));
    });
  }
  return controller.signal;
}

/** Does the work, but waits for it no longer than for the signal: for what has nothing to clear away. Throws the signal's reason. */
export async function orInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const interrupted = Promise.withResolvers<never>();
  const interrupt = () => interrupted.reject(signal.reason);
  signal.addEventListener('abort', interrupt, { once: true });
  if (signal.aborted) interrupt();
  try {
    return await Promise.race([work, interrupted.promise]);
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

/**
 * For what runs on without its terminal: a SIGHUP ends nothing any more, and neither does an output that went with the
 * terminal.
 */
export function outliveTerminal(): void {
  process.removeAllListeners('SIGHUP');
  process.on('SIGHUP', () => {
    for (const stream of [process.stdout, process.stderr]) {
      stream.removeAllListeners('error');
      stream.on('error', () => {});
    }
  });
}

/** What a person is told about an error that ended the command, and the code to exit with. No stack, no secret. */
export function farewell(error: unknown): { readonly words: string; readonly code: number } {
  if (error instanceof Interrupted) return { words: '', code: error.code };
  // By its name: the class would load all of the configuration before it is needed.
  if (error instanceof Error && error.name === 'ConfigError')
    return { words: error.message, code: EXIT.failed };
  const told = error instanceof Error ? `${error.name}: ${error.message}`.split('\n', 1)[0] : 'unknown error';
  return { words: `risbot: something went wrong (${told?.slice(0, 300)})`, code: EXIT.internal };
}

/** `risbot … | head` closes the pipe before all is written: that is no error. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) =>
      process.exit(error.code === 'EPIPE' ? 0 : EXIT.internal),
    );
  }
}
