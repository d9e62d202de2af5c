import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AuditEntry } from '../../src/audit.ts';
import { createAuditFile } from '../../src/operations/audit-file.ts';

function entry(id: string): AuditEntry {
  const who = { person: 'U1', platform: 'slack', room: 'C1', thread: null };
  return {
    at: 0,
    id,
    ...who,
    text: 'down\nnow',
    verb: 'down',
    cluster: 'prod',
    outcome: 'answered',
    reason: null,
    ms: 1,
  };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'risbot-audit-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

function open(path: string, mostWaiting?: number) {
  const troubles: number[] = [];
  const onTrouble = (_error: unknown, lost: number) => troubles.push(lost);
  const file = createAuditFile({ path, onTrouble, ...(mostWaiting !== undefined && { mostWaiting }) });
  return { ...file, troubles };
}

const idsIn = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as AuditEntry).id);

test('a thousand entries at once are a thousand lines in their order, for the owner’s eyes', async () => {
  const path = join(folder(), 'audit.jsonl');
  const { sink, stop, troubles } = open(path);
  const ids = Array.from({ length: 1_000 }, (_, i) => String(i));
  for (const id of ids) sink(entry(id));
  await stop();
  expect(idsIn(path)).toEqual(ids);
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(troubles).toEqual([]);
});

test('what was there stays, and a file that was moved away is made anew', async () => {
  const path = join(folder(), 'audit.jsonl');
  for (const id of ['1', '2']) {
    const { sink, stop } = open(path);
    sink(entry(id));
    await stop();
  }
  expect(idsIn(path)).toEqual(['1', '2']);
  const { sink, stop } = open(path);
  sink(entry('3'));
  await stop();
  renameSync(path, `${path}.1`);
  sink(entry('4'));
  await stop();
  expect([idsIn(`${path}.1`), idsIn(path)]).toEqual([['1', '2', '3'], ['4']]);
});

test('a disk that fails costs lines, is told once, and how many were lost at the end', async () => {
  const { sink, stop, troubles } = open(join(folder(), 'none', 'audit.jsonl'));
  for (const id of ['1', '2', '3']) sink(entry(id));
  await stop();
  expect(troubles).toEqual([1, 3]);
});

test('more than may wait is lost and said to be', async () => {
  const path = join(folder(), 'audit.jsonl');
  const { sink, stop, troubles } = open(path, 2);
  for (const id of ['1', '2', '3', '4', '5', '6']) sink(entry(id));
  await stop();
  expect(idsIn(path)).toEqual(['1', '2', '3']);
  expect(troubles).toEqual([3]);
});
