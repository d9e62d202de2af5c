/** What an error of Node or undici means for the question. Goes by their codes, never by their words. */
import { RisPortError } from './fault.ts';
import { HandshakeError, speaksNoTls, WrongFingerprintError } from './tls.ts';

/** `reading` once the headers are there. */
export type Stage = 'asking' | 'reading';

export interface Circumstances {
  readonly stage: Stage;
  /** The time for the whole exchange is over. */
  readonly overdue: boolean;
  /** Looks at the certificate that the server shows; nothing is sent for it. */
  readonly shownFingerprint: () => Promise<string | null>;
}

const TIMEOUT_CODES = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);
/** Of the reasons that Node does not spell: a key or a signature that OpenSSL takes for too weak. */
const WEAK = 'UNSPECIFIED';
/** OpenSSL's reasons not to trust a certificate, as Node spells them, and Node's own for a name that does not match. */
const UNTRUSTED =
  /^(UNSPECIFIED$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|CRL_|ERROR_IN_CERT_)/;
const TLS_BROKEN = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/;
const ZLIB = /^Z_|^ERR_BROTLI|^ERR__ERROR/;

/** The RisPortError for an error of the transport; one that is a RisPortError already stays what it is. */
export async function failureOf(error: unknown, circumstances: Circumstances): Promise<RisPortError> {
  if (error instanceof RisPortError) return error;
  if (error instanceof WrongFingerprintError) {
    return new RisPortError('tls', error.message, { fingerprint: error.fingerprint, cause: error });
  }
  const code = codeOf(error);
  if (error instanceof HandshakeError) return brokenHandshake(code, error);
  if (circumstances.overdue || TIMEOUT_CODES.has(code)) {
    return new RisPortError('timeout', 'CUCM did not answer in time', { cause: error });
  }
  if (UNTRUSTED.test(code)) return await refusedCertificate(code, error, circumstances);
  if (TLS_BROKEN.test(code)) return brokenHandshake(code, error);
  if (circumstances.stage === 'asking') {
    return new RisPortError('network', `CUCM cannot be reached (${code || 'no code'})`, { cause: error });
  }
  const what = ZLIB.test(code) ? 'cannot be unpacked' : 'ends before its end';
  return new RisPortError('malformed', `the reply ${what} (${code || 'no code'})`, { cause: error });
}

function brokenHandshake(code: string, cause: unknown): RisPortError {
  const detail = speaksNoTls(code) ? ({ tls: 'plain' } as const) : {};
  return new RisPortError('handshake', `the TLS handshake failed (${code})`, { ...detail, cause });
}

async function refusedCertificate(
  code: string,
  cause: unknown,
  { shownFingerprint }: Circumstances,
): Promise<RisPortError> {
  const fingerprint = await shownFingerprint();
  const detail = {
    ...(fingerprint !== null && { fingerprint }),
    ...(code === WEAK && ({ tls: 'weak' } as const)),
  };
  return new RisPortError('tls', `the certificate is not trusted (${code})`, { ...detail, cause });
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : '';
}
