/** Who may ask: HTTP Basic, or the cookies of a session that is not idle for too long. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type HttpReply, pageReply, xmlReply } from './http-reply.ts';
import type { Service } from './service.ts';
import { fault } from './soap.ts';

export interface AccessRules {
  readonly username: string;
  readonly password: string;
  readonly sessionSeconds: number;
  /** What a cookie that is not known (any more) gets when it comes alone. */
  readonly staleSession: 'unauthorized' | 'error7';
  /** Whether cookies are to be sent over TLS only. */
  readonly secure: boolean;
}

export interface Credentials {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
}

export type Access =
  | { readonly granted: true; readonly setCookie: readonly string[] }
  | { readonly granted: false; readonly reply: HttpReply };

const MOST_SESSIONS = 1000;
const SESSION_COOKIE = /\bJSESSIONID(?:SSO)?\s*=\s*"?([0-9A-F]{32})\b/g;

/** A known cookie is enough by itself; otherwise the password decides, and opens a session. */
export function checkAccess(service: Service, rules: AccessRules, sent: Credentials, now: number): Access {
  const opened = knownSession(service, sent.cookie, now);
  if (opened !== null) {
    service.sessions.set(opened, now + rules.sessionSeconds * 1000);
    return permitted(service, []);
  }
  if (sent.authorization === undefined && sent.cookie !== undefined && rules.staleSession === 'error7') {
    return { granted: false, reply: staleSessionReply() };
  }
  if (!service.passwordWorks || !isRightPassword(rules, sent.authorization)) {
    return { granted: false, reply: unauthorizedReply() };
  }
  return permitted(service, openSession(service, rules, now));
}

function permitted(service: Service, setCookie: readonly string[]): Access {
  if (service.roleGranted) return { granted: true, setCookie };
  return { granted: false, reply: forbiddenReply() };
}

/** Some clients send the whole Set-Cookie headers back, joined by commas: the id is found in those as well. */
function knownSession(service: Service, cookie: string | undefined, now: number): string | null {
  for (const [, id = ''] of (cookie ?? '').slice(0, 4000).matchAll(SESSION_COOKIE)) {
    const idleUntil = service.sessions.get(id);
    if (idleUntil !== undefined && idleUntil > now) return id;
    service.sessions.delete(id);
  }
  return null;
}

function openSession(service: Service, rules: AccessRules, now: number): readonly string[] {
  const id = createHash('sha256')
    .update(String(service.random.next()))
    .digest('hex')
    .slice(0, 32)
    .toUpperCase();
  service.sessions.set(id, now + rules.sessionSeconds * 1000);
  for (const oldest of service.sessions.keys()) {
    if (service.sessions.size <= MOST_SESSIONS) break;
    service.sessions.delete(oldest);
  }
  const attributes = `Path=/; ${rules.secure ? 'Secure; ' : ''}HttpOnly`;
  return [`JSESSIONID=${id}; ${attributes}`, `JSESSIONIDSSO=${id}; ${attributes}`];
}

function isRightPassword(rules: AccessRules, authorization: string | undefined): boolean {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]{1,2000})$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return false;
  const digest = (text: string | Buffer) => createHash('sha256').update(text).digest();
  return timingSafeEqual(
    digest(Buffer.from(encoded, 'base64')),
    digest(`${rules.username}:${rules.password}`),
  );
}

export function unauthorizedReply(): HttpReply {
  return pageReply(401, 'Unauthorized', { 'www-authenticate': 'Basic realm="Cisco Unified CM (simulated)"' });
}

export function forbiddenReply(): HttpReply {
  return pageReply(403, 'Forbidden');
}

export function staleSessionReply(): HttpReply {
  const text = 'Error Code = 7: the session is not valid any more. Please start a new session.';
  return xmlReply(500, fault('Server.generalException', text));
}
