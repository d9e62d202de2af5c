/** The way out through a proxy, as the ecosystem's variables name it. */
import type { ProxyConfig } from './config.ts';
import type { Problem } from './problem.ts';
import { createSecret } from './secret.ts';
import type { Environment } from './variables.ts';

/** HTTPS_PROXY and NO_PROXY, small letters first, as curl reads them; null when there is none. */
export function readProxy(environment: Environment): {
  readonly proxy: ProxyConfig | null;
  readonly problems: readonly Problem[];
} {
  const setting = environment['https_proxy'] ? 'https_proxy' : 'HTTPS_PROXY';
  const typed = environment[setting] ?? '';
  if (typed === '') return { proxy: null, problems: [] };
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`;
  const url = URL.canParse(whole) ? new URL(whole) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    // Nothing of it is repeated: it may hold a password.
    return { proxy: null, problems: [{ line: null, setting, message: 'must be http://<host>:<port>' }] };
  }
  const noProxy = environment['no_proxy'] || environment['NO_PROXY'] || '';
  return { proxy: { url: createSecret(url.href), noProxy: noProxy.slice(0, 10_000) }, problems: [] };
}
