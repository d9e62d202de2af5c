/**
 * What is used of webex-node-bot-framework and of the SDK below it, neither of which comes with types. Loading this file loads them: a
 * second of work, and a hundred megabytes.
 */
import { createRequire } from 'node:module';

/** The websocket of the SDK, which it calls Mercury. */
export interface Mercury {
  readonly connected: boolean;
  /** The one that is open or being opened. */
  readonly socket: object | undefined;
  /**
   * online, offline: as they say; offline.permanent, offline.replaced: and the SDK will not connect again;
   * change:socket: another one is being opened.
   */
  on(
    event: 'online' | 'offline.permanent' | 'offline.replaced' | 'change:socket' | 'offline',
    listener: () => void,
  ): void;
  /** The server refused, for the second time and more, and said why; not when there was no answer. */
  on(event: 'connection_failed', listener: (reason: { readonly code?: unknown }) => void): void;
  /** Somebody did something in a space. */
  on(event: 'event:conversation.activity', listener: (envelope: unknown) => void): void;
  connect(): Promise<void>;
}

/** A part of the SDK that listens to the websocket. */
export interface Plugin {
  stopListening(): void;
}

export interface Webex {
  readonly config: { readonly payloadTransformer: { predicates: unknown[] } };
  readonly internal: {
    readonly mercury: Mercury;
    readonly device: { readonly registered: boolean; unregister(): Promise<void> };
    readonly services: {
      /** `urn:TEAM:us-east-2_a:conversation`; undefined when the catalog does not know the address. */
      getClusterId(url: string): string | undefined;
    };
  };
  readonly messages: Plugin;
  readonly memberships: Plugin;
  readonly rooms: Plugin;
  readonly attachmentActions: Plugin;
  request(options: CallOptions): Promise<unknown>;
}

export interface CallOptions {
  readonly method?: string;
  readonly service?: string;
  readonly resource?: string;
  readonly uri?: string;
  timeout?: number;
  agent?: unknown;
}

/** Stands between the SDK and its HTTP client. */
export interface Interceptor {
  logOptions(): void;
  onRequest(options: CallOptions): Promise<CallOptions>;
  onResponseError(options: CallOptions, reason: unknown): Promise<unknown>;
}

export interface Framework {
  /** Who the token belongs to; known before the websocket opens. */
  readonly person: { readonly id?: string };
  start(): PromiseLike<boolean>;
}

interface Attributes {
  readonly config?: object;
}

interface Core {
  readonly WebexPlugin: { extend(definition: object): object };
  registerInternalPlugin(
    name: string,
    plugin: object,
    options: { readonly interceptors: Readonly<Record<string, (this: Webex) => Interceptor>> },
  ): void;
}

const require = createRequire(import.meta.url);
const frameworkPath = require.resolve('webex-node-bot-framework');
const besideFramework = createRequire(frameworkPath);
const besideSdk = createRequire(besideFramework.resolve('webex'));

export const FrameworkConstructor: new (options: {
  readonly token: string;
  readonly maxStartupSpaces: number;
}) => Framework = require(frameworkPath);
export const sdk: { init(attributes: Attributes): Webex } = besideFramework('webex');
export const core: Core = besideSdk('@webex/webex-core');
