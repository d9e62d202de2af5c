/** Lives of the watcher, one after the other: the next one is loaded while the last one lives, so that it is there at once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Orders } from './watcher.ts';

export interface Life {
  /** Resolves with true when it has said so, and with false when it ended before. */
  said(word: 'up' | 'watching'): Promise<boolean>;
  /** Every line that it has said. */
  readonly lines: readonly string[];
  /** SIGKILL; resolves when it is gone, with how it went: `SIGKILL`, or what it died of before. */
  kill(): Promise<string>;
}

export interface Mortal {
  begin(orders: Orders): Promise<Life>;
  /** What all lives have written to stderr. */
  errors(): string;
  /** Nothing of it lives on. */
  end(): Promise<void>;
}

const WATCHER = join(import.meta.dirname, 'watcher.ts');

interface Body extends Life {
  readonly child: ChildProcess;
  hears(word: string): Promise<boolean>;
}

/** `cache` is a folder for compiled modules. */
export function createMortal(cache: string): Mortal {
  const living = new Set<Body>();
  let stderr = '';

  function born(): Body {
    const env = { NODE_COMPILE_CACHE: cache };
    const child = spawn(process.execPath, [WATCHER], { stdio: ['pipe', 'pipe', 'pipe'], env });
    const lines: string[] = [];
    const waiting = new Set<() => void>();
    const { promise: gone, resolve: go } = Promise.withResolvers<string>();
    let isGone = false;
    let text = '';
    const call = () => {
      for (const look of waiting) look();
    };
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const complete = text.split('\n');
      text = complete.pop() ?? '';
      lines.push(...complete);
      call();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    // It may be dead before it hears.
    child.stdin.on('error', () => {});
    child.on('close', (code, signal) => {
      isGone = true;
      living.delete(body);
      go(signal ?? `exit ${code}`);
      call();
    });
    const hears = (word: string) =>
      new Promise<boolean>((resolve) => {
        const look = () => {
          if (!lines.includes(word) && !isGone) return;
          waiting.delete(look);
          resolve(lines.includes(word));
        };
        waiting.add(look);
        look();
      });
    const body: Body = {
      child,
      lines,
      hears,
      said: hears,
      kill() {
        if (!isGone) child.kill('SIGKILL');
        return gone;
      },
    };
    living.add(body);
    return body;
  }

  let next: Body | null = null;
  return {
    async begin(orders) {
      const body = next ?? born();
      next = null;
      await body.hears('ready');
      body.child.stdin?.write(`${JSON.stringify(orders)}\n`);
      next = born();
      return body;
    },
    errors: () => stderr,
    async end() {
      await Promise.all([...living].map((body) => body.kill()));
    },
  };
}
