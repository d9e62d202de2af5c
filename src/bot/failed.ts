/** An error → what the card about it says. */
import { type Failure, isFailureCode } from '../view/failure.ts';

/** What is known of a failure besides its error. */
export type Circumstances = Pick<Failure, 'cluster' | 'id' | 'command'>;

/** Errors as they come from lookups: a literal `code`, a `detail` and a `waitMs` are all that is looked at. */
export function toFailure(error: unknown, known: Circumstances, signal?: AbortSignal): Failure {
  if (!(error instanceof Error)) return { ...known, code: signal?.aborted ? 'cancelled' : 'unexpected' };
  if (error.name === 'StoreError') return { ...known, code: 'store' };
  if ('code' in error && isFailureCode(error.code)) {
    return { ...known, code: error.code, ...numbersIn(error), ...detailOf(error) };
  }
  if (error.name === 'TimeoutError') return { ...known, code: 'timeout' };
  if (error.name === 'AbortError' || signal?.aborted) return { ...known, code: 'cancelled' };
  return { ...known, code: 'unexpected' };
}

function detailOf(error: Error): Partial<Failure> {
  const detail: unknown = 'detail' in error ? error.detail : undefined;
  if (typeof detail !== 'object' || detail === null) return {};
  const fingerprint =
    'fingerprint' in detail && typeof detail.fingerprint === 'string' ? detail.fingerprint : null;
  const tls = 'tls' in detail && (detail.tls === 'weak' || detail.tls === 'plain') ? detail.tls : null;
  return {
    ...numbersIn(detail),
    ...(fingerprint !== null && { fingerprint }),
    ...(tls !== null && { tls }),
  };
}

function numbersIn(from: object): Partial<Failure> {
  const found: { allowance?: number; status?: number; waitMs?: number } = {};
  if ('allowance' in from && typeof from.allowance === 'number') found.allowance = from.allowance;
  if ('status' in from && typeof from.status === 'number') found.status = from.status;
  if ('waitMs' in from && typeof from.waitMs === 'number') found.waitMs = from.waitMs;
  return found;
}
