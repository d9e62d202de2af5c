/** The log: pino to stderr, with the list of what is never written. */
import { createRequire } from 'node:module';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Facts first, then one line that says what happened. An error goes in as `err`. */
export type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void;

export interface Logger {
  readonly error: Write;
  readonly warn: Write;
  readonly info: Write;
  readonly debug: Write;
}

/** Fields that hold secrets, wherever they stand in what is logged. */
export const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'authorization',
  'cookie',
  'set-cookie',
  'setcookie',
  'apikey',
]);

/** Deeper than this nothing is written, so that no object can hide a secret or fill the disk. */
const MAX_DEPTH = 8;

export interface LogOptions {
  readonly level: LogLevel;
  /** Where lines go; default stderr, written at once so that nothing is lost when the process ends. */
  readonly destination?: { write(line: string): void };
}

/**
 * A log that writes one JSON object a line: level, time, message and the fields given, secrets replaced.
 * pino is loaded with the first line that is really written: most questions write none, and should not wait for it.
 */
export function createLogger(options: LogOptions): Logger {
  const at = LOG_LEVELS.indexOf(options.level);
  let loaded: Logger | undefined;
  const write = (level: Exclude<LogLevel, 'silent'>): Write => {
    if (LOG_LEVELS.indexOf(level) > at) return () => {};
    return (fields, message) => {
      loaded ??= loadPino(options);
      loaded[level](scrub(fields), message);
    };
  };
  return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
}

function loadPino(options: LogOptions): Logger {
  const { pino } = createRequire(import.meta.url)('pino') as typeof import('pino');
  const destination = options.destination ?? pino.destination({ fd: 2, sync: true });
  return pino(
    {
      level: options.level,
      base: null,
      // Errors are plain objects by now: pino's own serialiser would drop their causes.
      serializers: { err: (error: unknown) => error },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}

/** A copy for the log: secret fields replaced at any depth, errors as their name, code, message and cause, with a stack only when nothing above them has a code. */
export function scrub(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, scrubbed(key, value, 0)]));
}

function scrubbed(key: string, value: unknown, depth: number, expected = false): unknown {
  if (SECRET_FIELDS.has(key.toLowerCase().replaceAll('_', ''))) return '[secret]';
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return scrubError(value, depth, expected || 'code' in value);
  if (Array.isArray(value)) return value.map((item) => scrubbed('', item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return value.toJSON();
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, scrubbed(name, inner, depth + 1)]),
  );
}

function scrubError(error: Error, depth: number, expected: boolean): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  // A failure with a code is expected, and so is its cause: where they were thrown says nothing. Without one it is a mistake of ours.
  const where = expected ? {} : { stack };
  const own = Object.entries(error).map(([key, value]) => [key, scrubbed(key, value, depth + 1)]);
  const because = cause === undefined ? {} : { cause: scrubbed('cause', cause, depth + 1, expected) };
  return { name, message, ...where, ...Object.fromEntries(own), ...because };
}
