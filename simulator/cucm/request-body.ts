/** The body of a request, up to a limit. */
import type { IncomingMessage } from 'node:http';

/** The body as text; null when it is longer than `most` bytes. Rejects when the connection breaks. */
export async function readBody(request: IncomingMessage, most: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
