/** Which letters the bytes of a reply stand for. */
import { RisPortError } from './fault.ts';

const CHARSET_PARAMETER = /charset\s*=\s*["']?([\w.:-]+)/i;
const XML_ENCODING = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;
const UTF_8 = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);
const LONGEST_DECLARATION = 200;

/**
 * The reply in UTF-8 and without a byte order mark. What the bytes are is taken from a byte order mark, then from
 * `Content-Type`, then from the XML declaration, then UTF-8. Throws RisPortError `malformed` for a charset nobody knows.
 */
export function toUtf8(body: Uint8Array, contentType: string): Buffer {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const mark = byteOrderMark(bytes);
  if (mark === 'utf-8') return bytes.subarray(3);
  const charset = mark ?? (charsetOf(contentType) || declaredEncoding(bytes)).toLowerCase();
  if (charset === '' || UTF_8.has(charset)) return bytes;
  return Buffer.from(decoderOf(charset).decode(bytes));
}

function byteOrderMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

function charsetOf(contentType: string): string {
  return CHARSET_PARAMETER.exec(contentType)?.[1] ?? '';
}

function declaredEncoding(bytes: Buffer): string {
  return XML_ENCODING.exec(bytes.subarray(0, LONGEST_DECLARATION).toString('latin1').trimStart())?.[1] ?? '';
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch (cause) {
    throw unknownCharset(cause);
  }
}

function unknownCharset(cause: unknown): RisPortError {
  return new RisPortError('malformed', 'the reply is in a charset that is not known', { cause });
}
