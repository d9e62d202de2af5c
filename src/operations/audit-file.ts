/** The audit as a file: JSON lines, appended in order. */
import { appendFile } from 'node:fs/promises';
import { type AuditSink, auditLine } from '../audit.ts';

export interface AuditFileOptions {
  readonly path: string;
  /** Hears of lines that could not be written, once until writing works again. */
  readonly onTrouble: (error: unknown, lost: number) => void;
  /** Lines that may wait for the disk; more are lost, and said to be. */
  readonly mostWaiting?: number;
}

export interface AuditFile {
  readonly sink: AuditSink;
  /** Resolves when what was noted is written or lost. */
  stop(): Promise<void>;
}

/**
 * Appends to `path`, readable for its owner alone when it is made here. The file is opened for each write, so it may be moved away or
 * truncated by whoever rotates logs. Nobody waits for the disk, and a disk that fails stops no answer.
 */
export function createAuditFile({ path, onTrouble, mostWaiting = 10_000 }: AuditFileOptions): AuditFile {
  let waiting: string[] = [];
  let lost = 0;
  let troubled = false;
  let writing: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      try {
        await appendFile(path, lines.join(''), { mode: 0o600 });
        troubled = false;
      } catch (error) {
        lost += lines.length;
        if (!troubled) onTrouble(error, lost);
        troubled = true;
      }
    }
  }

  function sink(entry: Parameters<AuditSink>[0]): void {
    if (waiting.length >= mostWaiting) lost += 1;
    else waiting.push(`${auditLine(entry)}\n`);
    writing ??= drain().finally(() => {
      writing = null;
    });
  }

  return {
    sink,
    async stop() {
      await writing;
      if (lost > 0) onTrouble(new Error('audit lines were lost'), lost);
    },
  };
}
