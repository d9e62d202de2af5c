/** The files that settings point to: passwords and certificates. Read once, at start. */
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Credentials, sectionOf } from './credentials.ts';
import type { Problem } from './problem.ts';
import { isRecord, type Path, type Raw } from './raw.ts';

/** Reads a small file as text; throws an error with a `code` as node:fs does. */
export type ReadFile = (path: string, maxBytes: number) => string;

const MAX_PASSWORD_BYTES = 4_096;
const MAX_CA_BYTES = 1_048_576;
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** What a cluster's files hold, by cluster name. */
export interface Material {
  readonly password?: string;
  readonly ca?: string;
}

export const readSmallFile: ReadFile = (path, maxBytes) => {
  const stats = statSync(path);
  if (stats.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
  // A pipe would hold the start up until somebody writes to it.
  if (!stats.isFile()) throw Object.assign(new Error('not a plain file'), { code: 'ENOTFILE' });
  if (stats.size > maxBytes) throw Object.assign(new Error('file too large'), { code: 'EFBIG' });
  return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
};

/** Reads the files that hold a platform's secrets, also when other settings are wrong. */
export function readCredentials<Key extends string>(
  raw: Raw,
  credentials: Credentials<Key>,
  readFile: ReadFile,
): { readonly secrets: ReadonlyMap<Key, string>; readonly problems: readonly Problem[] } {
  const section = sectionOf(raw, credentials.section) ?? {};
  const problems: Problem[] = [];
  const secrets = new Map<Key, string>();
  for (const key of credentials.keys) {
    const path = section[`${key}File`];
    const typed = section[key];
    const at = (setting: string, message: string) => ({
      ...raw.locate([credentials.section, setting]),
      message,
    });
    if (typeof path === 'string' && path !== '') {
      const check = (text: string) =>
        passwordProblem(text) ?? credentials.problem(key, withoutLineEnd(text), section);
      const read = readOrProblem(resolve(raw.folder, path), MAX_PASSWORD_BYTES, readFile, check);
      if ('text' in read) secrets.set(key, withoutLineEnd(read.text));
      else problems.push(at(`${key}File`, read.problem));
    } else if (typeof typed === 'string') {
      const problem = /[\r\n\0]/.test(typed)
        ? 'must hold the secret alone, on one line'
        : credentials.problem(key, typed, section);
      if (problem !== null) problems.push(at(key, problem));
      secrets.set(key, typed);
    }
  }
  return { secrets, problems };
}

/** Reads every cluster's files, also when other settings are wrong, so that all problems come at once. */
export function readMaterial(
  raw: Raw,
  readFile: ReadFile,
): { readonly byCluster: ReadonlyMap<string, Material>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const byCluster = new Map<string, Material>();
  for (const [name, cluster] of rawClusters(raw.value)) {
    const read = (path: Path, maxBytes: number, check: (text: string) => string | null) => {
      const value = path.reduce<unknown>((at, key) => (isRecord(at) ? at[String(key)] : undefined), cluster);
      if (typeof value !== 'string' || value === '') return undefined;
      const text = readOrProblem(resolve(raw.folder, value), maxBytes, readFile, check);
      if ('text' in text) return text.text;
      problems.push({ ...raw.locate(['clusters', name, ...path]), message: text.problem });
      return undefined;
    };
    const line = read(['passwordFile'], MAX_PASSWORD_BYTES, passwordProblem);
    const password = line === undefined ? undefined : withoutLineEnd(line);
    const ca = read(['tls', 'caFile'], MAX_CA_BYTES, certificateProblem);
    byCluster.set(name, { ...(password && { password }), ...(ca && { ca }) });
  }
  return { byCluster, problems };
}

/** The clusters of settings as written, as far as they look like any. */
export function rawClusters(
  value: unknown,
): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  if (!isRecord(value) || !isRecord(value['clusters'])) return [];
  return Object.entries(value['clusters']).flatMap(([name, cluster]) =>
    isRecord(cluster) ? [[name, cluster] as const] : [],
  );
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read by this user',
  EPERM: 'the file may not be read by this user',
  EISDIR: 'is a folder, not a file',
  ENOTFILE: 'is not a plain file',
  EFBIG: 'the file is too large',
};

/** Why a file could not be read, in words; the path is in the settings already. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WHY[code] ?? `the file cannot be read (${code || 'unknown error'})`;
}

function readOrProblem(
  path: string,
  maxBytes: number,
  readFile: ReadFile,
  check: (text: string) => string | null,
): { readonly text: string } | { readonly problem: string } {
  try {
    const text = readFile(path, maxBytes);
    const problem = check(text);
    return problem === null ? { text } : { problem };
  } catch (error) {
    return { problem: fileProblem(error) };
  }
}

/** Editors and `echo` put one there; it is no part of a secret. */
function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

function passwordProblem(text: string): string | null {
  const bare = withoutLineEnd(text);
  if (bare === '') return 'the file is empty';
  return /[\r\n\0]/.test(bare) ? 'the file must hold the password alone, on one line' : null;
}

function certificateProblem(text: string): string | null {
  const certificates = text.match(PEM) ?? [];
  if (certificates.length === 0)
    return 'the file holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)';
  return certificates.every(isCertificate) ? null : 'the file holds a certificate that cannot be read';
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
