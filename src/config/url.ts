/** The address of a CUCM node as people write it. */

/** CUCM's services listen here and nowhere else. */
const CUCM_PORT = '8443';

/**
 * `cucm1.example.com`, `cucm1.example.com:8443` or a whole `https://…` → the origin, without a path or trailing
 * slash. Plain http only on loopback. The problem names no part of what was typed: it may hold a password.
 */
export function parseNodeUrl(typed: string): { readonly url: string } | { readonly problem: string } {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(whole)) return { problem: 'must be a host name or https://<node>:8443' };
  const url = new URL(whole);
  const problem = nodeUrlProblem(url);
  if (problem !== null) return { problem };
  // URL drops a port that is the scheme's own, so 443 counts as given only when it stands in the text.
  if (url.protocol === 'https:' && url.port === '' && !/:443\/?$/.test(whole)) url.port = CUCM_PORT;
  return { url: url.origin };
}

function nodeUrlProblem(url: URL): string | null {
  if (url.username !== '' || url.password !== '') {
    return 'must not hold a user or password: use username and password';
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'must start with https:// (http would send the password readable; it is allowed on loopback only)';
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must start with https://';
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return 'must end after host and port: risbot adds the path itself';
  }
  return null;
}

/** Whether nobody but this machine is meant. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
