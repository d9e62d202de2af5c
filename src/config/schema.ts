/** The settings, their limits and their words: one zod schema for the file, the environment and the editor. */
import { z } from 'zod';
import { LOG_LEVELS } from '../log.ts';
import { access } from './access.ts';
import { database } from './database.ts';
import { missingOr, text, whole } from './shapes.ts';
import { slack } from './slack.ts';
import { parseNodeUrl } from './url.ts';
import { watch } from './watch.ts';
import { webex } from './webex.ts';

const nodeUrl = text('must be the address of a CUCM node').transform((typed, context) => {
  const read = parseNodeUrl(typed);
  if ('problem' in read) context.addIssue({ code: 'custom', message: read.problem });
  return 'url' in read ? read.url : z.NEVER;
});

const HEX_256 = /^(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/;
const fingerprint = text(
  'must be the SHA-256 fingerprint: 64 hex digits, with or without colons',
  HEX_256,
).transform((typed) => (typed.replaceAll(':', '').toUpperCase().match(/../g) ?? []).join(':'));

const tls = z.strictObject(
  {
    caFile: text('must be the path of a PEM file').optional(),
    fingerprint: fingerprint.optional(),
    servername: text('must be a host name', /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/).optional(),
    minVersion: z
      .enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'], {
        error: 'must be one of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3',
      })
      .optional(),
    ciphers: text('must be an OpenSSL cipher list', /^[A-Za-z0-9:!+@=_.,-]+$/).optional(),
  },
  { error: 'must hold settings: caFile, fingerprint, servername, minVersion, ciphers' },
);

const limits = z.strictObject(
  {
    connectMs: whole(100, 60_000).default(10_000),
    headersMs: whole(100, 300_000).default(60_000),
    totalMs: whole(1_000, 600_000).default(120_000),
    maxBytes: whole(1_048_576, 536_870_912).default(67_108_864),
  },
  { error: 'must hold settings: connectMs, headersMs, totalMs, maxBytes' },
);

/** `14.0` without quotes is the number 14 in YAML. */
const axlVersion = z.preprocess(
  (value) => (typeof value === 'number' ? value.toFixed(1) : value),
  text('must be a version like 14.0', /^\d{1,2}\.\d$/),
);

const axl = z.strictObject(
  { version: axlVersion.default('14.0'), url: nodeUrl.optional() },
  { error: 'must hold settings: version, url' },
);

const cluster = z.strictObject(
  {
    url: nodeUrl,
    username: text('must be a user name', /^[^\p{Cc}:]+$/u, 128),
    password: text('must be one line of text').optional(),
    passwordFile: text('must be the path of a file').optional(),
    requestsPerMinute: whole(1, 18).default(15),
    maxDevices: whole(1, 2000).default(1000),
    tls: tls.prefault({}),
    limits: limits.prefault({}),
    axl: axl.optional(),
  },
  { error: 'must hold the settings of a cluster: url, username, password …' },
);

/** A host name, or an address of either kind. */
const HOST = /^[A-Za-z0-9.:_-]{1,253}$/;

const clusterName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/);
const clusters = z
  .record(clusterName, cluster, { error: missingOr('must hold clusters by name') })
  .refine((named) => Object.keys(named).length > 0, 'needs at least one cluster');

const operations = z.strictObject(
  { port: whole(0, 65_535), host: text('must be an address of this machine', HOST).default('127.0.0.1') },
  { error: 'must hold settings: port, host' },
);

/** A configuration file, as written. Order and number of clusters are free; the first is the one asked by default. */
export const fileSchema = z.strictObject(
  {
    log: z
      .strictObject(
        { level: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('warn') },
        { error: 'must hold settings: level' },
      )
      .prefault({}),
    clusters,
    access: access.optional(),
    audit: z
      .strictObject({ file: text('must be the path of a file') }, { error: 'must hold settings: file' })
      .optional(),
    operations: operations.optional(),
    slack: slack.optional(),
    webex: webex.optional(),
    database: database.optional(),
    watch: watch.prefault({}),
  },
  { error: 'must hold settings: clusters, log' },
);

export type FileSettings = z.output<typeof fileSchema>;
export type ClusterSettings = FileSettings['clusters'][string];
