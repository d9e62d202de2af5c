/** What a request says: query, JSON and multipart forms, as clients send them. */
import type { IncomingMessage } from 'node:http';
import { isObject, type JsonObject, readJson } from './json.ts';

const BIGGEST_REQUEST = 33 * 1024 * 1024;

/** A file in a multipart form. */
export interface Upload {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** What was asked, as far as it could be read. */
export interface Given {
  readonly query: Readonly<Record<string, string>>;
  /** Undefined for JSON that is none. */
  readonly body: JsonObject | undefined;
  readonly uploads: readonly Upload[];
}

/** The whole body; null when it is too big. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const piece = Buffer.from(chunk as Uint8Array);
    size += piece.length;
    if (size > BIGGEST_REQUEST) return null;
    chunks.push(piece);
  }
  return Buffer.concat(chunks);
}

export async function readGiven(request: IncomingMessage, body: Buffer): Promise<Given> {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://127.0.0.1').searchParams);
  if (body.length === 0) return { query, body: {}, uploads: [] };
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return { query, ...(await readForm(type, body)) };
  const said = readJson(body.toString());
  return { query, body: isObject(said) ? said : undefined, uploads: [] };
}

async function readForm(type: string, body: Buffer): Promise<Omit<Given, 'query'>> {
  const response = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
  const form = await response.formData().catch(() => null);
  if (form === null) return { body: undefined, uploads: [] };
  const fields: [string, unknown][] = [];
  const uploads: Upload[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') {
      // The only field that is not plain text.
      fields.push([field, field === 'attachments' ? (readJson(value) ?? value) : value]);
    } else {
      const content = Buffer.from(await value.arrayBuffer());
      uploads.push({ field, name: value.name, type: value.type, content });
    }
  }
  return { body: Object.fromEntries(fields), uploads };
}

/** The bearer token of the header. */
export function readToken(request: IncomingMessage): string | null {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
}
