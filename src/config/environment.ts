/** One cluster from environment variables alone → settings as written. */
import type { Problem } from './problem.ts';
import { type Path, pathText, type Raw } from './raw.ts';
import type { Environment } from './variables.ts';

/** Variables and the settings they stand for, below the cluster. */
export const CLUSTER_VARIABLES = {
  CUCM_URL: ['url'],
  CUCM_USERNAME: ['username'],
  CUCM_PASSWORD: ['password'],
  CUCM_PASSWORD_FILE: ['passwordFile'],
  CUCM_CA_FILE: ['tls', 'caFile'],
  CUCM_FINGERPRINT: ['tls', 'fingerprint'],
  CUCM_SERVERNAME: ['tls', 'servername'],
  CUCM_TLS_MIN_VERSION: ['tls', 'minVersion'],
  CUCM_TLS_CIPHERS: ['tls', 'ciphers'],
  CUCM_REQUESTS_PER_MINUTE: ['requestsPerMinute'],
  CUCM_MAX_DEVICES: ['maxDevices'],
  CUCM_AXL_VERSION: ['axl', 'version'],
  CUCM_AXL_URL: ['axl', 'url'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Variables of risbot that are not settings of a cluster. */
export const OTHER_VARIABLES = [
  'RISBOT_CONFIG',
  'RISBOT_LOG_LEVEL',
  'CUCM_NAME',
  'CUCM_AXL',
  'HTTPS_PROXY',
  'NO_PROXY',
] as const;

const DEFAULT_NAME = 'cucm';
const SWITCH: Readonly<Record<string, boolean>> = {
  on: true,
  yes: true,
  true: true,
  '1': true,
  off: false,
  no: false,
  false: false,
  '0': false,
};

/** Reads one cluster, named `CUCM_NAME` or `cucm`. An empty variable counts as not set. */
export function readEnvironment(environment: Environment): Raw {
  const name = environment['CUCM_NAME'] || DEFAULT_NAME;
  const problems: Problem[] = [];
  const axlOn = SWITCH[(environment['CUCM_AXL'] ?? '').toLowerCase()];
  if (environment['CUCM_AXL'] && axlOn === undefined) {
    problems.push({ line: null, setting: 'CUCM_AXL', message: 'must be on or off' });
  }
  const cluster: Record<string, unknown> = axlOn === true ? { axl: {} } : {};
  for (const [variable, path] of Object.entries(CLUSTER_VARIABLES)) {
    const value = environment[variable];
    const [head, tail] = path;
    if (value === undefined || value === '' || (head === 'axl' && axlOn === false)) continue;
    if (tail === undefined) cluster[head] = value;
    else cluster[head] = { ...(cluster[head] as object | undefined), [tail]: value };
  }
  return {
    source: 'environment',
    folder: '',
    value: { clusters: { [name]: cluster } },
    problems,
    locate: (path) => ({ line: null, setting: variableOf(path) }),
  };
}

/** `clusters.cucm.tls.caFile` → `CUCM_CA_FILE`. */
function variableOf(path: Path): string {
  const below = path.slice(2).join('.');
  const found = Object.entries(CLUSTER_VARIABLES).find(([, setting]) => setting.join('.') === below);
  if (found !== undefined) return found[0];
  return path.length === 2 ? 'CUCM_NAME' : pathText(path);
}
