/** The command line as a child process, against nothing but what a test gives it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Cucm } from '../../simulator/cucm/cucm.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** Whom to run it as, where the tests may choose. */
export interface User {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Started {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves when stdout and stderr together hold the text. */
  shows(text: string): Promise<void>;
  stdout(): string;
  stderr(): string;
  type(text: string): void;
  end(): void;
  kill(signal: NodeJS.Signals): void;
  /** Stops reading what it writes, as `head` does. */
  closePipe(): void;
}

/** Starts `risbot` with these arguments and this environment alone. */
export function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  user: User = {},
): Started {
  const since = performance.now();
  // biome-ignore lint/style/noProcessEnv: the child needs a PATH and a home, and nothing else of ours.
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    ...user,
    env: { PATH, HOME, TMPDIR, ...environment },
  });
  // A test that fails half-way leaves no process behind.
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += String(chunk);
    for (const look of waiting) look();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += String(chunk);
    for (const look of waiting) look();
  });
  child.stdin.on('error', () => {});
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr, ms: performance.now() - since }));
  });
  return {
    pid: child.pid ?? 0,
    ended,
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if ((stdout + stderr).includes(text)) resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without ${text}: ${stdout}${stderr}`)));
      }),
    stdout: () => stdout,
    stderr: () => stderr,
    type: (text) => child.stdin.write(text),
    end: () => child.stdin.end(),
    kill: (signal) => child.kill(signal),
    closePipe: () => child.stdout.destroy(),
  };
}

/** Runs `risbot` to its end; what is piped into it is `input`. */
export function risbot(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = '',
  user: User = {},
): Promise<Ended> {
  const started = start(args, environment, user);
  started.type(input);
  started.end();
  return started.ended;
}

/** The variables that point at a simulated cluster. */
export function environmentOf(cucm: Cucm): Record<string, string> {
  return {
    CUCM_URL: cucm.url,
    CUCM_USERNAME: cucm.username,
    CUCM_PASSWORD: cucm.password,
    CUCM_FINGERPRINT: cucm.fingerprint,
  };
}
