/** What is wrong with settings: the schema's findings in our words, and what no single setting can show. */
import type { z } from 'zod';
import { accessProblems } from './access.ts';
import { rawClusters } from './material.ts';
import { nearest, type Problem } from './problem.ts';
import { isRecord, pathText, type Raw } from './raw.ts';
import { fileSchema } from './schema.ts';
import { slackProblems } from './slack.ts';
import { parseNodeUrl } from './url.ts';
import { webexProblems } from './webex.ts';

/** Every key the schema knows, by the last fixed part of its path; for "did you mean". */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '': ['clusters', 'log', 'access', 'audit', 'operations', 'slack', 'webex', 'database', 'watch'],
  log: ['level'],
  cluster: [
    'url',
    'username',
    'password',
    'passwordFile',
    'requestsPerMinute',
    'maxDevices',
    'tls',
    'limits',
    'axl',
  ],
  tls: ['caFile', 'fingerprint', 'servername', 'minVersion', 'ciphers'],
  limits: ['connectMs', 'headersMs', 'totalMs', 'maxBytes'],
  axl: ['version', 'url'],
  access: ['contact', 'rules'],
  rule: ['role', 'users', 'groups', 'domains', 'rooms', 'clusters'],
  audit: ['file'],
  operations: ['port', 'host'],
  database: ['url'],
  watch: ['quietHours', 'historyDays'],
  quietHours: ['platform', 'rooms', 'from', 'until', 'timeZone', 'massBreaksThrough'],
  slack: [
    'botToken',
    'botTokenFile',
    'appToken',
    'appTokenFile',
    'signingSecret',
    'signingSecretFile',
    'apiUrl',
    'port',
    'teams',
  ],
  webex: [
    'token',
    'tokenFile',
    'webhookUrl',
    'webhookSecret',
    'webhookSecretFile',
    'port',
    'apiUrl',
    'discoveryUrl',
    'orgs',
  ],
};

/** Checks settings as written against the schema. */
export function checkSettings(raw: Raw): {
  readonly settings: z.output<typeof fileSchema> | undefined;
  readonly problems: readonly Problem[];
} {
  const parsed = fileSchema.safeParse(raw.value);
  const problems = parsed.error?.issues.flatMap((issue) => issueProblems(issue, raw)) ?? [];
  return { settings: parsed.data, problems: [...problems, ...crossProblems(raw)] };
}

function issueProblems(issue: z.core.$ZodIssue, raw: Raw): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...raw.locate([...issue.path, key]),
      message: `is not a setting${meant(key, issue.path)}`,
    }));
  }
  if (issue.code === 'invalid_key') {
    return [
      {
        ...raw.locate(issue.path),
        message: 'a cluster name starts with a letter and holds letters, digits, - and _, 40 at most',
      },
    ];
  }
  return [{ ...raw.locate(issue.path), message: issue.message }];
}

function meant(key: string, path: readonly PropertyKey[]): string {
  const place = placeOf(path);
  const known = KNOWN[place] ?? [];
  const near = nearest(key, known);
  return near === null ? `; known are ${known.join(', ')}` : `; did you mean ${near}?`;
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 2 && path[0] === 'clusters') return 'cluster';
  if (typeof path.at(-1) !== 'number') return String(path.at(-1) ?? '');
  return path.at(-2) === 'quietHours' ? 'quietHours' : 'rule';
}

/** What holds between settings; read from them as written, so that it is told beside everything else. */
function crossProblems(raw: Raw): readonly Problem[] {
  const clusters = rawClusters(raw.value);
  const names = clusters.map(([name]) => name);
  return [
    ...clusterProblems(raw, clusters),
    ...accessProblems(raw, names),
    ...slackProblems(raw),
    ...webexProblems(raw),
  ];
}

function clusterProblems(raw: Raw, clusters: ReturnType<typeof rawClusters>): readonly Problem[] {
  const names = new Map<string, string>();
  const urls = new Map<string, string>();
  return clusters.flatMap(([name, cluster]) => {
    const at = (key: string, message: string) => ({ ...raw.locate(['clusters', name, key]), message });
    const problems: Problem[] = [];
    const [password, file] = [cluster['password'], cluster['passwordFile']];
    if (password === undefined && file === undefined) problems.push(at('password', 'is missing'));
    if (password !== undefined && file !== undefined) {
      problems.push(at('passwordFile', 'a password is given in two ways: keep one'));
    }
    const sameName = names.get(name.toLowerCase());
    if (sameName !== undefined) {
      problems.push({
        ...raw.locate(['clusters', name]),
        message: `differs from ${pathText(['clusters', sameName])} only in case`,
      });
    }
    names.set(name.toLowerCase(), name);
    const url = urlOf(cluster);
    const sameUrl = url === null ? undefined : urls.get(url);
    if (sameUrl !== undefined) {
      problems.push(
        at(
          'url',
          `is the node of ${pathText(['clusters', sameUrl])} too: both would spend its one allowance`,
        ),
      );
    }
    if (url !== null) urls.set(url, name);
    return problems;
  });
}

function urlOf(cluster: Readonly<Record<string, unknown>>): string | null {
  if (!isRecord(cluster) || typeof cluster['url'] !== 'string') return null;
  const read = parseNodeUrl(cluster['url']);
  return 'url' in read ? read.url : null;
}
