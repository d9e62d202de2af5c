/** Can the node be reached at all: its name, its port, and the certificate that it shows. Sends nothing of HTTP. */
import { lookup } from 'node:dns/promises';
import { isIP, type Socket, connect as tcpConnect } from 'node:net';
import { type PeerCertificate, connect as tlsConnect } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { ClusterConfig } from '../config/config.ts';
import { type Check, fail, ok } from './check.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What a TLS handshake showed; nothing of it is believed here. */
export interface TlsSight {
  /** Trusted by the CA file or by the machine, and for this name. */
  readonly trusted: boolean;
  /** OpenSSL's or Node's code, when not trusted. */
  readonly code: string;
  readonly subject: string;
  readonly names: readonly string[];
  readonly issuer: string;
  /** Epoch milliseconds. */
  readonly expires: number;
  /** `AA:BB:…`, SHA-256. */
  readonly fingerprint: string;
  /** `TLSv1.3`. */
  readonly protocol: string;
}

const WAIT_MS = 5_000;

export function addressOf(url: string): Address {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  return { host, port: Number(port || (protocol === 'http:' ? 80 : 443)) };
}

/** Name and TCP. */
export async function checkReach({ host, port }: Address, clock: Clock, signal: AbortSignal): Promise<Check> {
  const name = 'connection';
  const since = clock.monotonic();
  const found = isIP(host) ? host : await resolved(host);
  if (found === null) {
    return fail(
      name,
      `the name ${host} is not known here`,
      'Check the spelling of url, and the DNS of this machine',
    );
  }
  const failure = await tcpFailure({ host: found, port }, AbortSignal.any([signal, clock.timeout(WAIT_MS)]));
  signal.throwIfAborted();
  const ms = Math.round(clock.monotonic() - since);
  const at = found === host ? `${host} port ${port}` : `${host} (${found}) port ${port}`;
  if (failure === null) return ok(name, `${at} answers in ${ms} ms`);
  return fail(
    name,
    `${at}: ${failure}`,
    'Is it the right node and port (8443)? Does a firewall stand between this machine and CUCM?',
  );
}

async function resolved(host: string): Promise<string | null> {
  try {
    return (await lookup(host)).address;
  } catch {
    return null;
  }
}

const TCP_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'there is no way to that address',
  ENETUNREACH: 'there is no way to that network',
  ECONNRESET: 'the connection was cut',
};

function tcpFailure(address: Address, signal: AbortSignal): Promise<string | null> {
  const socket = tcpConnect(address);
  return settled(
    socket,
    'connect',
    signal,
    () => null,
    (code) => TCP_WORDS[code] ?? `no answer (${code})`,
  );
}

/** Shakes hands and looks at the certificate; a string is the code of what went wrong before there was one. */
export function lookAtTls(
  address: Address,
  tls: ClusterConfig['tls'],
  clock: Clock,
  signal: AbortSignal,
): Promise<TlsSight | string> {
  const { ca, servername, minVersion, ciphers } = tls;
  const socket = tlsConnect({
    ...address,
    ...(ca !== undefined && { ca }),
    ...(servername !== undefined && { servername }),
    ...(minVersion !== undefined && { minVersion }),
    ...(ciphers !== undefined && { ciphers }),
    // Only looks: the connection is closed before a byte of HTTP, and nothing that it shows is trusted.
    rejectUnauthorized: false,
  });
  const sight = (): TlsSight => ({
    trusted: socket.authorized,
    code: String(socket.authorizationError ?? ''),
    protocol: socket.getProtocol() ?? '',
    ...certificateSight(socket.getPeerCertificate()),
  });
  const ended = AbortSignal.any([signal, clock.timeout(WAIT_MS)]);
  return settled<TlsSight | string>(socket, 'secureConnect', ended, sight, (code) => code);
}

function certificateSight(certificate: PeerCertificate) {
  const text = (value: string | string[] | undefined) => [value ?? ''].flat().join(', ').slice(0, 200);
  return {
    subject: text(certificate.subject?.CN),
    issuer: text(certificate.issuer?.CN ?? certificate.issuer?.O),
    names: (certificate.subjectaltname ?? '').split(', ').map((name) => name.replace(/^\w[\w ]*:/, '')),
    expires: Date.parse(certificate.valid_to ?? ''),
    fingerprint: certificate.fingerprint256 ?? '',
  };
}

function settled<T>(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  success: () => T,
  failure: (code: string) => T,
): Promise<T> {
  return new Promise((resolve) => {
    const finish = (result: T) => {
      signal.removeEventListener('abort', late);
      socket.destroy();
      resolve(result);
    };
    const late = () => finish(failure('timeout'));
    socket.once(event, () => finish(success()));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(failure(error.code ?? 'unknown error')));
    socket.once('close', () => finish(failure('closed')));
    signal.addEventListener('abort', late, { once: true });
    if (signal.aborted) late();
  });
}
