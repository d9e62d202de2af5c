/** Requests and replies on disk, without what names people, phones and places. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exchange } from '../risport/client.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { redact } from './redact.ts';

/** Headers that say something about the form of a reply and nothing about the place. */
const HEADERS = new Set([
  'content-type',
  'content-encoding',
  'content-length',
  'transfer-encoding',
  'date',
  'retry-after',
  'connection',
]);

export interface Recording {
  readonly name: string;
  readonly content: string;
}

/** The files for one cluster's exchanges: request and reply of each, and one that lists them. Pure. */
export function recordingsOf(
  cluster: number,
  exchanges: readonly Exchange[],
  pseudonyms: Pseudonyms,
): readonly Recording[] {
  const files = exchanges.flatMap((exchange, at): Recording[] => {
    const base = `cluster${cluster}-${at + 1}-${exchange.operation}`;
    return [
      { name: `${base}-request.xml`, content: redact(exchange.requestBody, pseudonyms) },
      { name: `${base}-reply.xml`, content: redact(exchange.body ?? '', pseudonyms) },
    ];
  });
  const list = exchanges.map(({ operation, status, headers, ms, bytes }) => ({
    operation,
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => HEADERS.has(name))),
    ms: Math.round(ms),
    bytes,
  }));
  return [...files, { name: `cluster${cluster}.json`, content: `${JSON.stringify(list, null, 2)}\n` }];
}

/** Writes the files, readable by their owner alone. Throws as node:fs does. */
export async function writeRecordings(folder: string, recordings: readonly Recording[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, content } of recordings) await writeFile(join(folder, name), content, { mode: 0o600 });
}
