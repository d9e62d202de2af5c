/** What a valid configuration is, once loaded. */
import type { AccessRules } from '../access/access.ts';
import type { LogLevel } from '../log.ts';
import type { QuietHours } from '../watch/watch.ts';
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

export interface SlackConfig {
  readonly botToken: Secret;
  /** Given: Socket Mode. */
  readonly appToken: Secret | null;
  /** Given without an app token: HTTP. */
  readonly signingSecret: Secret | null;
  /** Of the Web API, with the slash at its end, when it is not Slack's own. */
  readonly apiUrl: string | null;
  /** Where requests come in over HTTP. */
  readonly port: number;
  /** Workspaces and organisations that may ask; empty for any that installed it. */
  readonly teams: readonly string[];
}

export interface WebexConfig {
  readonly token: Secret;
  /** Given: Webex calls this address. Null: the websocket. */
  readonly webhook: { readonly url: string; readonly secret: Secret } | null;
  /** Where webhooks come in. */
  readonly port: number;
  /** Of the REST API, with the slash at its end, when it is not Webex's own. */
  readonly apiUrl: string | null;
  /** Of the service catalog that the websocket is found by, without a slash at its end, when it is not Webex's own. */
  readonly discoveryUrl: string | null;
  /** Organisations whose people may ask, `*` for all; empty for the bot's own. */
  readonly orgs: readonly string[];
}

/** The way out to a chat platform. CUCM is never asked through it. */
export interface ProxyConfig {
  /** `http://user:password@host:port`. */
  readonly url: Secret;
  /** As in NO_PROXY: hosts and domains, joined by commas. */
  readonly noProxy: string;
}

export interface WatchConfig {
  readonly quietHours: readonly QuietHours[];
  /** Days that transitions, closed incidents and the audit are kept in the database. */
  readonly historyDays: number;
}

export interface Config {
  /** At least one; the first is asked when nobody says which. */
  readonly clusters: readonly ClusterConfig[];
  readonly log: { readonly level: LogLevel };
  /** Null: everybody may ask everything. */
  readonly access: AccessRules | null;
  /** The file that the audit goes to; null for the log. */
  readonly audit: { readonly file: string } | null;
  /** Where health and metrics are served; null for nowhere. Port 0 is any free one. */
  readonly operations: { readonly port: number; readonly host: string } | null;
  /** Null when risbot is not to be in Slack. */
  readonly slack: SlackConfig | null;
  /** Null when risbot is not to be in Webex. */
  readonly webex: WebexConfig | null;
  readonly proxy: ProxyConfig | null;
  /** Where risbot remembers: `sqlite:<absolute path>`, `sqlite::memory:` or `postgres://user:password@host/database`. */
  readonly database: { readonly url: Secret };
  readonly watch: WatchConfig;
  /** The file's path, or `environment`. */
  readonly source: string;
}
