/** A YAML file → settings as written, with their lines. The only place that reads YAML. */
import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type Scalar,
  visit,
  type YAMLError,
} from 'yaml';
import { expandDatabaseUrl, holdsPassword } from './database.ts';
import type { Problem } from './problem.ts';
import { isRecord, type Path, type Place, pathText, type Raw } from './raw.ts';
import { type Environment, expandVariables, isOneVariable } from './variables.ts';

/** Aliases that may be followed: enough for defaults shared by clusters, too few for a bomb. */
const MAX_ALIASES = 200;

export interface FileOptions {
  /** The path, as problems name it. */
  readonly source: string;
  readonly folder: string;
  readonly environment: Environment;
}

/**
 * Reads YAML text. `${NAME}` is replaced in scalars after parsing. Problems name lines and settings and never the text
 * that stands there, since that may be a password.
 */
export function readYaml(text: string, options: FileOptions): Raw {
  const lines = new LineCounter();
  const bare = { source: options.source, folder: options.folder, value: undefined };
  const nowhere = () => ({ line: null, setting: '' });
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
    const broken = [...document.errors, ...document.warnings].map((error) => syntaxProblem(error, lines));
    if (broken.length > 0) return { ...bare, problems: broken, locate: nowhere };
    const lineAt = (offset: number) => lines.linePos(offset).line;
    const problems = expandDocument(document, options.environment, lineAt);
    const written: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    // There a key with nothing behind it would open what somebody meant to close.
    const kept = isRecord(written) && 'access' in written ? { access: written['access'] } : {};
    const bareValue = withoutNulls(written);
    const value = isRecord(bareValue) ? { ...bareValue, ...kept } : bareValue;
    return { ...bare, value, problems, locate: (path) => locate(document, path, lineAt) };
  } catch (error) {
    // Nesting too deep for the parser is a RangeError, too many aliases a ReferenceError.
    if (!(error instanceof RangeError || error instanceof ReferenceError)) throw error;
    const message = 'is nested too deep or uses too many aliases';
    return { ...bare, problems: [{ line: null, setting: '', message }], locate: nowhere };
  }
}

const SYNTAX: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  ALIAS_PROPS: 'an alias (*name) can have no tag or anchor',
  BAD_INDENT: 'the indentation does not fit the lines around it',
  BLOCK_AS_IMPLICIT_KEY: 'a key must stand on its own line',
  DUPLICATE_KEY: 'the same key stands twice',
  IMPOSSIBLE: 'is not YAML',
  MISSING_CHAR: 'a character is missing: a quote, a colon, a bracket or a space',
  MULTIPLE_DOCS: 'holds a second document (---): only one is read',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line; is a colon missing?',
  RESOURCE_EXHAUSTION: 'is nested too deep',
  TAB_AS_INDENT: 'a tab cannot indent: use spaces',
  TAG_RESOLVE_FAILED: 'tags (!…) are not understood here',
  UNEXPECTED_TOKEN: 'something stands where YAML expects none; quote the value',
};

/** Our words for the parser's codes: its own messages can quote the line. */
function syntaxProblem(error: YAMLError, lines: LineCounter): Problem {
  const message = SYNTAX[error.code] ?? 'is not YAML';
  return { line: lines.linePos(error.pos[0]).line, setting: '', message };
}

function expandDocument(
  document: Document.Parsed,
  environment: Environment,
  lineAt: (offset: number) => number,
): readonly Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Scalar: (key, node, ancestors) => {
      if (key === 'key' || typeof node.value !== 'string') return;
      const line = node.range ? lineAt(node.range[0]) : null;
      const place = { line, setting: settingOf(ancestors) };
      const isDatabase = place.setting === 'database.url';
      const secret = isDatabase ? databaseProblem(node.value) : secretProblem(keysOf(ancestors), node.value);
      if (secret !== null) problems.push({ ...place, message: secret });
      const expand = isDatabase ? expandDatabaseUrl : expandVariables;
      const expanded = expand(node.value, environment);
      problems.push(...expanded.problems.map((message) => ({ ...place, message })));
      (node as Scalar).value = expanded.text;
    },
  });
  return problems;
}

function secretProblem(keys: readonly string[], written: string): string | null {
  const secret = SECRETS[keys.slice(-2).join('.')] ?? SECRETS[keys.at(-1) ?? ''];
  if (secret === undefined || isOneVariable(written)) return null;
  return `must not stand in the file: write \${${secret.variable}} and set that variable, or use ${secret.file}`;
}

function databaseProblem(written: string): string | null {
  if (!holdsPassword(written)) return null;
  return `must not hold its password: write postgres://<user>:\${DATABASE_PASSWORD}@<host>/<database> and set that variable`;
}

function keysOf(ancestors: readonly unknown[]): readonly string[] {
  return ancestors.flatMap((node) => (isPair(node) && isScalar(node.key) ? [String(node.key.value)] : []));
}

function settingOf(ancestors: readonly unknown[]): string {
  return pathText(keysOf(ancestors));
}

/** Settings that hold a secret, by key, or section and key: a variable to take instead, and the setting that names a file. */
const SECRETS: Readonly<Record<string, { readonly variable: string; readonly file: string }>> = {
  password: { variable: 'CUCM_PASSWORD', file: 'passwordFile' },
  'slack.botToken': { variable: 'SLACK_BOT_TOKEN', file: 'botTokenFile' },
  'slack.appToken': { variable: 'SLACK_APP_TOKEN', file: 'appTokenFile' },
  'slack.signingSecret': { variable: 'SLACK_SIGNING_SECRET', file: 'signingSecretFile' },
  'webex.token': { variable: 'WEBEX_TOKEN', file: 'tokenFile' },
  'webex.webhookSecret': { variable: 'WEBEX_WEBHOOK_SECRET', file: 'webhookSecretFile' },
};

/** Follows the path as far as the document goes and names the line of the last key that stands there. */
function locate(document: Document.Parsed, path: Path, lineAt: (offset: number) => number): Place {
  let node: ParsedNode | null = document.contents;
  let line: number | null = null;
  for (const key of path) {
    if (isSeq(node)) {
      node = (node.items[Number(key)] as ParsedNode | undefined) ?? null;
      if (node !== null) line = lineAt(node.range[0]);
      continue;
    }
    if (!isMap(node)) break;
    const pair: (typeof node.items)[number] | undefined = node.items.find(
      (item) => isScalar(item.key) && String(item.key.value) === String(key),
    );
    if (pair === undefined) break;
    line = lineAt((pair.key as ParsedNode).range[0]);
    node = pair.value as ParsedNode | null;
  }
  return { line, setting: pathText(path) };
}

/** A key with nothing behind it counts as not written. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  );
}
