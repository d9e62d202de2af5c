/** What an HTTP reply amounts to: an answer, or which RisPortError. */
import type { ReplyContext } from './decode.ts';
import { RisPortError, type RisPortErrorCode } from './fault.ts';
import { saysStaleSession, saysTooFast, throttled } from './soap-fault.ts';
import type { HttpReply } from './transport.ts';

const BY_STATUS: ReadonlyMap<number, RisPortErrorCode> = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  // Nobody serves that path: the service is not activated, or not up yet.
  [404, 'unavailable'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
]);
const TOO_MANY_REQUESTS = 429;
const EXCERPT_BYTES = 4_096;

/**
 * The answer in a reply, as `decode` reads it. Throws RisPortError by status (`unauthorized`, `forbidden`, `unavailable`), by
 * content (`throttled`, `fault`, `malformed`, `not-soap`), or the signal's reason. Text in place of SOAP is `unavailable`
 * with a status of 500 and above, where the server says itself that it failed, and `not-soap` with any other.
 */
export async function judge<T>(
  { status, body, headers }: HttpReply,
  decode: (body: Uint8Array, context: ReplyContext) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  if (status !== 200) throwForStatus(status, excerptOf(body));
  try {
    const decoded = await decode(body, { contentType: headers['content-type'] ?? '', status, signal });
    if (status === 200) return decoded;
  } catch (error) {
    throw error instanceof RisPortError ? withStatus(error, status, body) : error;
  }
  throw new RisPortError('malformed', `an answer came with HTTP status ${status}`, { status });
}

/** Whether the reply to a question with a cookie only says that the session is over. */
export function isStaleSession({ detail }: RisPortError): boolean {
  return detail.status === 401 || detail.status === 404 || saysStaleSession(detail.faultString ?? '');
}

/** The same error, saying that the question may be asked once more. */
export function asStaleSession(error: RisPortError): RisPortError {
  return new RisPortError(error.code, `the session is over: ${error.message}`, {
    ...error.detail,
    staleSession: true,
    cause: error.cause,
  });
}

/** The throttle may come with any status: only the sibling PerfMon service is known to use 500. */
function throwForStatus(status: number, excerpt: string): void {
  if (status === TOO_MANY_REQUESTS || saysTooFast(excerpt)) throw throttled(excerpt, { status });
  const code = BY_STATUS.get(status);
  if (code !== undefined)
    throw new RisPortError(code, `CUCM answered with HTTP status ${status}`, { status });
}

function withStatus(error: RisPortError, status: number, body: Buffer): RisPortError {
  if (error.code !== 'not-soap') return error;
  const excerpt = excerptOf(body);
  if (saysTooFast(excerpt)) return throttled(excerpt, { status });
  const code = status >= 500 ? 'unavailable' : 'not-soap';
  return new RisPortError(code, `${error.message}, HTTP status ${status}`, { status, cause: error });
}

function excerptOf(body: Buffer): string {
  return body.toString('latin1', 0, EXCERPT_BYTES);
}
