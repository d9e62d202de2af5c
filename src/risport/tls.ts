/**
 * How a cluster proves that it is itself. Every setting belongs to one cluster's connections; nothing is switched off for the
 * process. Nothing of HTTP is sent before the proof is there: the connection is handed over only then.
 */
import { type PeerCertificate, type SecureVersion, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { buildConnector } from 'undici';

export interface TlsOptions {
  /** Certificates to trust, PEM; instead of those that Node trusts. */
  readonly ca?: string;
  /** SHA-256 of the one certificate to trust, as hex with colons or without. It stands in for authority, name and dates. */
  readonly fingerprint?: string;
  /** The name to ask for and to find in the certificate, when it is not the one in the URL. */
  readonly servername?: string;
  readonly minVersion?: SecureVersion;
  /** OpenSSL's notation. */
  readonly ciphers?: string;
}

/** A certificate other than the pinned one. */
export class WrongFingerprintError extends Error {
  readonly fingerprint: string;

  constructor(fingerprint: string) {
    super('the certificate is not the pinned one');
    this.name = 'WrongFingerprintError';
    this.fingerprint = fingerprint;
  }
}

/** The connection was there, and the handshake failed on it: nobody has shown a certificate, or agreed on how to encrypt. */
export class HandshakeError extends Error {
  /** Node's or OpenSSL's word for it. */
  readonly code: string;

  constructor(code: string, cause: unknown) {
    super(`the TLS handshake failed (${code})`, { cause });
    this.name = 'HandshakeError';
    this.code = code;
  }
}

/** What undici opens connections with. `timeout` is for TCP and TLS together, in milliseconds. */
export function createConnector(tls: TlsOptions, timeout: number): buildConnector.connector {
  const { fingerprint, ...settings } = tls;
  // Each connection proves itself anew: no session is resumed.
  const options = { ...settings, allowH2: false, maxCachedSessions: 0, timeout };
  // Said in any case: left out, a variable of the environment decides.
  if (fingerprint === undefined)
    return shakingHands(buildConnector({ ...options, rejectUnauthorized: true }));
  // The pin is the proof, also of certificates that nobody signed: the chain is not looked at, the certificate is.
  const connect = shakingHands(buildConnector({ ...options, rejectUnauthorized: false }));
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      const shown = 'getPeerCertificate' in socket ? fingerprintOf(socket.getPeerCertificate()) : '';
      if (sameFingerprint(shown, fingerprint)) return callback(null, socket);
      socket.destroy();
      return callback(new WrongFingerprintError(shown), null);
    });
  };
}

/** Tells a handshake that failed from an address that cannot be reached. */
function shakingHands(connect: buildConnector.connector): buildConnector.connector {
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error === null) callback(null, socket);
      else callback(isBrokenHandshake(error) ? new HandshakeError(codeIn(error), error) : error, null);
    });
  };
}

/** OpenSSL's and Node's words for it; what is merely cut off was connected, unless connecting is what failed. */
function isBrokenHandshake(error: NodeJS.ErrnoException): boolean {
  const code = codeIn(error);
  if (/^(ERR_SSL_|EPROTO$)/.test(code)) return true;
  return /^(ECONNRESET|ECONNABORTED|EPIPE)$/.test(code) && error.syscall !== 'connect';
}

/** Whether OpenSSL says by this code that what came in place of a handshake was none: plain HTTP, say. */
export function speaksNoTls(code: string): boolean {
  return /^ERR_SSL_(?:WRONG_VERSION_NUMBER|HTTP_REQUEST|(?:PACKET|DATA)_LENGTH_TOO_LONG|RECORD_TOO_SMALL)$/.test(
    code,
  );
}

const codeIn = ({ code }: NodeJS.ErrnoException) => code ?? '';

/** Whether two SHA-256 fingerprints are the same, whatever their colons, blanks and letters. */
export function sameFingerprint(one: string, other: string): boolean {
  const bare = (text: string) => text.replace(/[^0-9a-f]/gi, '').toLowerCase();
  return bare(one).length === 64 && bare(one) === bare(other);
}

/**
 * The SHA-256 fingerprint, `AA:BB:…`, of the certificate that a server shows; null when there is no answer before `signal`
 * aborts. Only shakes hands: nothing is sent, and nothing that is received is believed.
 */
export function shownFingerprint(
  address: { host: string; port: number },
  tls: TlsOptions,
  signal: AbortSignal,
): Promise<string | null> {
  const { servername, minVersion, ciphers } = tls;
  return new Promise((resolve) => {
    const socket: TLSSocket = tlsConnect({
      ...address,
      ...(servername === undefined ? {} : { servername }),
      ...(minVersion === undefined ? {} : { minVersion }),
      ...(ciphers === undefined ? {} : { ciphers }),
      rejectUnauthorized: false,
    });
    const finish = (fingerprint: string | null) => {
      signal.removeEventListener('abort', giveUp);
      socket.destroy();
      resolve(fingerprint);
    };
    const giveUp = () => finish(null);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('secureConnect', () => finish(fingerprintOf(socket.getPeerCertificate()) || null));
    socket.once('error', giveUp);
    socket.once('close', giveUp);
    if (signal.aborted) giveUp();
  });
}

function fingerprintOf(certificate: PeerCertificate): string {
  // Without a certificate Node gives an empty object, whatever the type says.
  return certificate.fingerprint256 ?? '';
}
