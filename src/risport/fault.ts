/** Why RisPort70 gave no answer, as a literal code. The words for people are in `src/view/failure.ts`. */

export const RISPORT_ERROR_CODES = [
  'unauthorized',
  'forbidden',
  'throttled',
  'unavailable',
  'timeout',
  'tls',
  'handshake',
  'network',
  'not-soap',
  'malformed',
  'too-large',
  'fault',
] as const;
export type RisPortErrorCode = (typeof RISPORT_ERROR_CODES)[number];

export interface RisPortErrorDetail {
  /** HTTP status, when there was one. */
  readonly status?: number;
  /** Requests a minute, as the throttle fault named it. */
  readonly allowance?: number;
  /**
   * What is known besides, when TLS failed. `weak`: the key or a signature of the certificate is too short or too old for OpenSSL;
   * `plain`: what answers there speaks no TLS.
   */
  readonly tls?: 'weak' | 'plain';
  /** SHA-256 fingerprint of the certificate that was refused, `AA:BB:…`. */
  readonly fingerprint?: string;
  /** The SOAP faultstring, cut to 300 characters. For logs, not for rooms. */
  readonly faultString?: string;
  /** The session cookie was refused and has been dropped: the same question may be asked once more. */
  readonly staleSession?: boolean;
  readonly cause?: unknown;
}

/** A question that RisPort70 did not answer. The message is for logs and names no secret. */
export class RisPortError extends Error {
  readonly code: RisPortErrorCode;
  readonly detail: Omit<RisPortErrorDetail, 'cause'>;

  constructor(code: RisPortErrorCode, message: string, detail: RisPortErrorDetail = {}) {
    const { cause, ...rest } = detail;
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RisPortError';
    this.code = code;
    this.detail = rest;
  }
}
