/**
 * Who asks: user and password once, then the session cookie that CUCM gave, which spares it the login. Basic and cookie are
 * never sent together. Source: Cisco Unified Serviceability API reference, Session IDs.
 */
import type { Clock } from '../clock.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface Session {
  /** What to send, and the cookie in it when there is one. */
  authorize(): { readonly headers: Readonly<Record<string, string>>; readonly cookie: string | null };
  /** Keeps the session cookies of a reply that was an answer. */
  keep(setCookies: readonly string[]): void;
  /** Forgets the session, unless another one than `cookie` has begun meanwhile. */
  drop(cookie: string): void;
}

const SESSION_COOKIES = new Set(['JSESSIONID', 'JSESSIONIDSSO']);
/** CUCM ends a session after 30 idle minutes; a question over an ended one would cost two requests. */
const IDLE_MS = 25 * 60_000;
const LONGEST_COOKIE = 4_096;
const COOKIE = /^\s*([^=;\s]+)=([^;\s]*)/;
const EXPIRED = /;\s*max-age\s*=\s*(0|-\d+)\s*(;|$)/i;

/** A session that has not begun yet. */
export function createSession(credentials: Credentials, clock: Clock): Session {
  const cookies = new Map<string, string>();
  let usedAt = 0;
  const current = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    authorize() {
      if (clock.monotonic() - usedAt > IDLE_MS) cookies.clear();
      usedAt = clock.monotonic();
      const cookie = current();
      if (cookie !== '') return { headers: { cookie }, cookie };
      return { headers: { authorization: basic(credentials) }, cookie: null };
    },
    keep(setCookies) {
      for (const header of setCookies.filter((text) => text.length <= LONGEST_COOKIE)) {
        const [, name = '', value = ''] = COOKIE.exec(header) ?? [];
        if (!SESSION_COOKIES.has(name)) continue;
        if (value === '' || EXPIRED.test(header)) cookies.delete(name);
        else cookies.set(name, value);
      }
    },
    drop(cookie) {
      if (current() === cookie) cookies.clear();
    },
  };
}

/** The value of an Authorization header. */
export function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
