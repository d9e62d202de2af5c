/** Variables that stand beside a file, or in place of one: chat platforms, operations, the audit, the database. A variable wins over the file. */
import { resolve } from 'node:path';
import { databaseAt } from './database.ts';
import { isRecord, type Path, type Raw } from './raw.ts';
import type { Environment } from './variables.ts';

/** Variables and the settings they stand for. */
export const OVERLAY_VARIABLES = {
  SLACK_BOT_TOKEN: ['slack', 'botToken'],
  SLACK_BOT_TOKEN_FILE: ['slack', 'botTokenFile'],
  SLACK_APP_TOKEN: ['slack', 'appToken'],
  SLACK_APP_TOKEN_FILE: ['slack', 'appTokenFile'],
  SLACK_SIGNING_SECRET: ['slack', 'signingSecret'],
  SLACK_SIGNING_SECRET_FILE: ['slack', 'signingSecretFile'],
  SLACK_API_URL: ['slack', 'apiUrl'],
  PORT: ['slack', 'port'],
  WEBEX_TOKEN: ['webex', 'token'],
  WEBEX_TOKEN_FILE: ['webex', 'tokenFile'],
  WEBEX_WEBHOOK_URL: ['webex', 'webhookUrl'],
  WEBEX_WEBHOOK_SECRET: ['webex', 'webhookSecret'],
  WEBEX_WEBHOOK_SECRET_FILE: ['webex', 'webhookSecretFile'],
  WEBEX_PORT: ['webex', 'port'],
  WEBEX_API_URL: ['webex', 'apiUrl'],
  WEBEX_DISCOVERY_URL: ['webex', 'discoveryUrl'],
  RISBOT_OPERATIONS_PORT: ['operations', 'port'],
  RISBOT_OPERATIONS_HOST: ['operations', 'host'],
  RISBOT_AUDIT_FILE: ['audit', 'file'],
  RISBOT_DATABASE: ['database', 'url'],
} as const satisfies Readonly<Record<string, readonly [section: string, key: string]>>;

type Variable = keyof typeof OVERLAY_VARIABLES;

/** These say how, not whether: other programs' platforms set PORT for everything they start. */
const NOT_ALONE: readonly Variable[] = [
  'PORT',
  'SLACK_API_URL',
  'WEBEX_PORT',
  'WEBEX_API_URL',
  'WEBEX_DISCOVERY_URL',
  'RISBOT_OPERATIONS_HOST',
];

/** Settings as written with the variables laid over them. Problems name the variable where one was read. */
export function withVariables(raw: Raw, environment: Environment): Raw {
  if (!isRecord(raw.value)) return raw;
  const value: Record<string, unknown> = { ...raw.value };
  const names = new Map<string, Variable>();
  const given = (Object.keys(OVERLAY_VARIABLES) as Variable[]).filter((name) => environment[name]);
  for (const name of given.toSorted(
    (a, b) => Number(NOT_ALONE.includes(a)) - Number(NOT_ALONE.includes(b)),
  )) {
    const [section, key] = OVERLAY_VARIABLES[name];
    const settings = value[section];
    if (settings === undefined ? NOT_ALONE.includes(name) : !isRecord(settings)) continue;
    const text = environment[name] ?? '';
    const others = isRecord(settings) ? without(settings, [section, key], names) : {};
    value[section] = { ...others, [key]: atHere(name, text) };
    names.set(`${section}.${key}`, name);
  }
  return { ...raw, value, locate: (path) => variableAt(path, names, raw) };
}

/** A path starts in the working directory, wherever the file is. */
function atHere(name: Variable, text: string): string {
  if (name === 'RISBOT_DATABASE') return /^sqlite:./.test(text) ? databaseAt(text, '') : text;
  return /_FILE$/.test(name) ? resolve(text) : text;
}

/** A secret from a variable stands in for the file's, whichever way that was given; two variables for one secret stay a problem. */
function without(
  settings: Readonly<Record<string, unknown>>,
  [section, key]: readonly [section: string, key: string],
  names: ReadonlyMap<string, Variable>,
): Readonly<Record<string, unknown>> {
  const twin = key.endsWith('File') ? key.slice(0, -'File'.length) : `${key}File`;
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => name !== twin || names.has(`${section}.${twin}`)),
  );
}

/** Where a setting stands: in its variable, or, when nothing of its section is in a file, in the variable it could be. */
function variableAt(path: Path, names: ReadonlyMap<string, Variable>, raw: Raw) {
  const place = path.slice(0, 2).join('.');
  const variable = names.get(place);
  if (variable !== undefined) return { line: null, setting: variable };
  const inFile = isRecord(raw.value) && raw.value[String(path[0])] !== undefined;
  const could = Object.entries(OVERLAY_VARIABLES).find(([, setting]) => setting.join('.') === place);
  if (!inFile && could !== undefined) return { line: null, setting: could[0] };
  return raw.locate(path);
}
