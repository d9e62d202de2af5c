/** The body of a reply, unpacked, and never larger than was agreed. */
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { RisPortError } from './fault.ts';

export interface ReadBody {
  readonly body: Buffer;
  /** As sent, before it was unpacked. */
  readonly bytes: number;
}

/** What may be asked for in `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate';

const UNPACKERS: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * Reads to the end, holding `maxBytes` at most, packed and unpacked. Throws RisPortError `too-large` as soon as that is
 * passed and `malformed` for an encoding that is not known; errors of the stream and of zlib as they are.
 */
export async function readBody(
  stream: Readable,
  encoding: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<ReadBody> {
  let bytes = 0;
  const chunks: Buffer[] = [];
  const count = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  };
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  };
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') {
    await pipeline(stream, count, collect, { signal });
  } else {
    const unpack = UNPACKERS.get(name);
    if (unpack === undefined) {
      discard(stream);
      throw new RisPortError('malformed', 'the reply is packed in a way that is not known');
    }
    await pipeline(stream, count, unpack(), collect, { signal });
  }
  return { body: Buffer.concat(chunks), bytes };
}

/** Gives up a body that nobody reads. */
export function discard(stream: Readable): void {
  // A stream that is given up says so once more, as an error that nobody waits for.
  stream.on('error', () => {}).destroy();
}

/** The error for a reply beyond `maxBytes`. */
export function tooLarge(maxBytes: number): RisPortError {
  return new RisPortError('too-large', `the reply is larger than ${maxBytes} bytes`);
}
