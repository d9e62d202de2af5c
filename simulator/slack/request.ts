/** What a request says: forms, JSON and uploads, as the SDKs send them. */
import type { IncomingMessage } from 'node:http';
import { isObject, type Json, type JsonObject, readJson } from './json.ts';

const BIGGEST_REQUEST = 32 * 1024 * 1024;
/** Arguments that are JSON inside a form. */
const STRUCTURED: readonly string[] = ['attachments', 'files', 'metadata', 'view'];

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

/** A method's arguments from query, form or JSON; undefined for JSON that is none. */
export function readArguments(request: IncomingMessage, body: Buffer): JsonObject | undefined {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://127.0.0.1').searchParams);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    const given = body.length === 0 ? {} : readJson(body.toString());
    return isObject(given) ? { ...query, ...given } : undefined;
  }
  const form: Record<string, Json> = {
    ...query,
    ...Object.fromEntries(new URLSearchParams(body.toString())),
  };
  for (const key of STRUCTURED) {
    const value = form[key];
    if (typeof value === 'string') form[key] = readJson(value) ?? value;
  }
  return form;
}

/** The token from the header, or from the arguments. */
export function readToken(request: IncomingMessage, args: JsonObject): string | null {
  const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return header ?? (typeof args['token'] === 'string' ? args['token'] : null);
}

/** The bytes of an upload: the body itself, or the one file in a multipart form. */
export async function readUpload(request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  for (const value of form.values()) {
    return typeof value === 'string' ? Buffer.from(value) : Buffer.from(await value.arrayBuffer());
  }
  return Buffer.alloc(0);
}
