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

/** What undici opens connections with. `timeout` is for TCP and TLS together, in milliseconds. */
export function createConnector(tls: TlsOptions, timeout: number): buildConnector.connector {
  const { fingerprint, ...settings } = tls;
  // Each connection proves itself anew: no session is resumed.
  const options = { ...settings, allowH2: false, maxCachedSessions: 0, timeout };
  if (fingerprint === undefined) return buildConnector(options);
  // The pin is the proof, also of certificates that nobody signed: the chain is not looked at, the certificate is.
  const connect = buildConnector({ ...options, rejectUnauthorized: false });
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
