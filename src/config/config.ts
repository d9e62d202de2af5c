/** What a valid configuration is, once loaded. */
import type { LogLevel } from '../log.ts';
import type { Secret } from './secret.ts';

export interface TlsConfig {
  /** Certificates in PEM form, the text itself. */
  readonly ca?: string;
  /** SHA-256 of the node's certificate, `AA:BB:…`. */
  readonly fingerprint?: string;
  readonly servername?: string;
  readonly minVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  readonly ciphers?: string;
}

export interface ClusterConfig {
  readonly name: string;
  /** Origin of the node that is asked, `https://cucm1.example.com:8443`. */
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
  /** Requests in any 60 seconds, 1 to 18. */
  readonly requestsPerMinute: number;
  /** Rows that CUCM gives in one reply, 1 to 2000. */
  readonly maxDevices: number;
  readonly tls: TlsConfig;
  /** Milliseconds, and bytes of a reply after decompression. */
  readonly limits: {
    readonly connectMs: number;
    readonly headersMs: number;
    readonly totalMs: number;
    readonly maxBytes: number;
  };
  /** Null when AXL is not to be asked. `url` is an origin, given when it is not the one above. */
  readonly axl: { readonly version: string; readonly url?: string } | null;
}

export interface Config {
  /** At least one; the first is asked when nobody says which. */
  readonly clusters: readonly ClusterConfig[];
  readonly log: { readonly level: LogLevel };
  /** The file's path, or `environment`. */
  readonly source: string;
}
