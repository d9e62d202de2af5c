/** File and environment → Config, or every problem at once. The only place that reads process.env. */
import { dirname, resolve } from 'node:path';
import type { AccessRules } from '../access/access.ts';
import { LOG_LEVELS, type LogLevel } from '../log.ts';
import { checkSettings } from './check.ts';
import type { ClusterConfig, Config } from './config.ts';
import { databaseAt } from './database.ts';
import { readEnvironment } from './environment.ts';
import { readYaml } from './file.ts';
import {
  fileProblem,
  type Material,
  type ReadFile,
  readCredentials,
  readMaterial,
  readSmallFile,
} from './material.ts';
import { misspelt } from './misspelt.ts';
import { withVariables } from './overlay.ts';
import { ConfigError, type Problem } from './problem.ts';
import { readProxy } from './proxy.ts';
import type { Raw } from './raw.ts';
import type { ClusterSettings, FileSettings } from './schema.ts';
import { createSecret } from './secret.ts';
import { SLACK, slackConfig } from './slack.ts';
import type { Environment } from './variables.ts';
import { WEBEX, webexConfig } from './webex.ts';

const MAX_FILE_BYTES = 262_144;

/** The process's own environment. */
export function processEnvironment(): Environment {
  // biome-ignore lint/style/noProcessEnv: this is the one place that hands the environment in.
  return process.env;
}

/**
 * The configuration: the YAML file that RISBOT_CONFIG names, or one cluster from CUCM_… variables.
 * Throws a ConfigError that lists every problem, with line and setting, and holds no secret.
 */
export function loadConfig(
  environment: Environment = processEnvironment(),
  readFile: ReadFile = readSmallFile,
): Config {
  const raw = withVariables(readRaw(environment, readFile), environment);
  const level = environment['RISBOT_LOG_LEVEL'] || undefined;
  const besideFile = Boolean(environment['RISBOT_CONFIG']);
  const problems: Problem[] = [...raw.problems, ...misspelt(environment, besideFile)];
  if (level !== undefined && !isLevel(level)) {
    const message = `must be one of ${LOG_LEVELS.join(', ')}`;
    problems.push({ line: null, setting: 'RISBOT_LOG_LEVEL', message });
  }
  if (raw.value === undefined) throw new ConfigError(raw.source, problems);
  const checked = checkSettings(raw);
  const material = readMaterial(raw, readFile);
  // What the reading found says more than what the schema makes of the rest: a variable that is not set is not a bad URL.
  const known = new Set(raw.problems.map(({ setting }) => setting));
  const ofSlack = readCredentials(raw, SLACK, readFile);
  const ofWebex = readCredentials(raw, WEBEX, readFile);
  const { proxy, problems: proxyProblems } = readProxy(environment);
  problems.push(...checked.problems.filter(({ setting }) => !known.has(setting)), ...material.problems);
  problems.push(...[...ofSlack.problems, ...ofWebex.problems].filter(({ setting }) => !known.has(setting)));
  // Nothing but a chat platform is asked through it.
  if (checked.settings?.slack ?? checked.settings?.webex) problems.push(...proxyProblems);
  if (problems.length > 0 || checked.settings === undefined) throw new ConfigError(raw.source, problems);
  const { log, clusters, access, audit, operations, slack, webex, database, watch } = checked.settings;
  return {
    source: raw.source,
    log: { level: level !== undefined && isLevel(level) ? level : log.level },
    clusters: Object.entries(clusters).map(([name, settings]) =>
      clusterConfig(name, settings, material.byCluster.get(name) ?? {}),
    ),
    access: access === undefined ? null : accessRules(access),
    audit: audit === undefined ? null : { file: resolve(raw.folder, audit.file) },
    operations: operations ?? null,
    slack: slack === undefined ? null : slackConfig(slack, ofSlack.secrets),
    webex: webex === undefined ? null : webexConfig(webex, ofWebex.secrets),
    proxy,
    database: { url: createSecret(databaseAt(database?.url, raw.folder)) },
    watch,
  };
}

/** Whether anything says where a cluster is, rightly or not. */
export function isConfigured(environment: Environment): boolean {
  return Object.entries(environment).some(
    ([key, value]) => Boolean(value) && (key === 'RISBOT_CONFIG' || key.startsWith('CUCM_')),
  );
}

function isLevel(text: string): text is LogLevel {
  return (LOG_LEVELS as readonly string[]).includes(text);
}

function readRaw(environment: Environment, readFile: ReadFile): Raw {
  const path = environment['RISBOT_CONFIG'];
  if (path) return readConfigFile(path, environment, readFile);
  if (isConfigured(environment)) return readEnvironment(environment);
  const remedy =
    'set RISBOT_CONFIG to a YAML file, or CUCM_URL, CUCM_USERNAME and CUCM_PASSWORD; risbot demo needs neither';
  return unreadable('environment', '', `no cluster is configured: ${remedy}`);
}

function readConfigFile(path: string, environment: Environment, readFile: ReadFile): Raw {
  let text: string;
  try {
    text = readFile(path, MAX_FILE_BYTES);
  } catch (error) {
    return unreadable(path, 'RISBOT_CONFIG', fileProblem(error));
  }
  return readYaml(text, { source: path, folder: dirname(path), environment });
}

function unreadable(source: string, setting: string, message: string): Raw {
  const problem = { line: null, setting, message };
  return {
    source,
    value: undefined,
    problems: [problem],
    folder: '',
    locate: () => ({ line: null, setting: '' }),
  };
}

function clusterConfig(name: string, settings: ClusterSettings, material: Material): ClusterConfig {
  const { url, username, requestsPerMinute, maxDevices, limits } = settings;
  const { caFile: _path, ...tls } = settings.tls;
  return {
    name,
    url,
    username,
    password: createSecret(material.password ?? settings.password ?? ''),
    requestsPerMinute,
    maxDevices,
    tls: withoutUndefined({ ...tls, ca: material.ca }),
    limits,
    axl: settings.axl === undefined ? null : withoutUndefined(settings.axl),
  };
}

function accessRules({ contact, rules }: NonNullable<FileSettings['access']>): AccessRules {
  return { contact: contact ?? null, rules: rules.map(withoutUndefined) };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Under exactOptionalPropertyTypes a setting that is not there is a key that is not there. */
function withoutUndefined<T extends object>(settings: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
