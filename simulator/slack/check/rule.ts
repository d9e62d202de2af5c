/** How a payload is checked: small rules that report what is wrong, and where, in Slack's words. */
import { isList, isObject, type Json, type JsonObject, textAt } from '../json.ts';

export type Surface = 'message' | 'modal' | 'home';

/** What a check gathers on its way. */
export interface Findings {
  readonly surface: Surface;
  /** `must be less than 151 characters [json-pointer:/blocks/0/text/text]` … */
  readonly problems: string[];
  /** Ids seen so far; action ids of the block that is looked at. */
  readonly blockIds: Set<string>;
  actionIds: Set<string>;
  /** Characters of text in it all, and in all markdown blocks. */
  characters: number;
  markdown: number;
  tables: number;
}

export type Rule = (value: Json, at: string, findings: Findings) => void;

export function startFindings(surface: Surface): Findings {
  return {
    surface,
    problems: [],
    blockIds: new Set(),
    actionIds: new Set(),
    characters: 0,
    markdown: 0,
    tables: 0,
  };
}

export function report(findings: Findings, at: string, problem: string): void {
  findings.problems.push(`${problem} [json-pointer:${at === '' ? '/' : at}]`);
}

export const anything: Rule = () => undefined;

export const flag: Rule = (value, at, findings) => {
  if (typeof value !== 'boolean') report(findings, at, 'must be a boolean');
};

export const number: Rule = (value, at, findings) => {
  if (typeof value !== 'number') report(findings, at, 'must be a number');
};

/** Text of `min` (default 1) to `max` characters. */
export function text(max: number, min = 1): Rule {
  return (value, at, findings) => {
    if (typeof value !== 'string') return report(findings, at, 'must be a string');
    if (value.length < min) return report(findings, at, `must be more than ${min - 1} characters`);
    if (value.length > max) return report(findings, at, `must be less than ${max + 1} characters`);
  };
}

export function oneOf(...words: readonly string[]): Rule {
  return (value, at, findings) => {
    if (typeof value !== 'string' || !words.includes(value)) {
      report(findings, at, 'must be a valid enum value');
    }
  };
}

export function listOf(rule: Rule, max: number, min = 1): Rule {
  return (value, at, findings) => {
    if (!isList(value)) return report(findings, at, 'must be an array');
    if (value.length > max) report(findings, at, `no more than ${max} items allowed`);
    if (value.length < min) report(findings, at, `no less than ${min} items allowed`);
    for (const [index, item] of value.entries()) rule(item, `${at}/${index}`, findings);
  };
}

export interface Shape {
  readonly required?: Readonly<Record<string, Rule>>;
  readonly optional?: Readonly<Record<string, Rule>>;
}

/** An object with these keys and no others; `type` is always allowed. */
export function shaped({ required = {}, optional = {} }: Shape): Rule {
  const known = new Map<string, Rule>([
    ['type', anything],
    ...Object.entries(required),
    ...Object.entries(optional),
  ]);
  return (value, at, findings) => {
    if (!isObject(value)) return report(findings, at, 'must provide an object');
    const missing = Object.keys(required).filter((key) => (value[key] ?? null) === null);
    for (const key of missing) report(findings, at, `missing required field: ${key}`);
    for (const [key, part] of Object.entries(value)) {
      if (part === undefined || missing.includes(key)) continue;
      const rule = known.get(key);
      if (rule === undefined) report(findings, at, `invalid additional property: ${key}`);
      else rule(part, `${at}/${key}`, findings);
    }
  };
}

/** The rule by the object's `type`. */
export function byType(rules: Readonly<Record<string, Rule>>): Rule {
  return (value, at, findings) => {
    if (!isObject(value)) return report(findings, at, 'must provide an object');
    const type = textAt(value, 'type');
    if (type === undefined) return report(findings, at, 'missing required field: type');
    const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
    if (rule === undefined) return report(findings, `${at}/type`, `unsupported type: ${type}`);
    rule(value, at, findings);
  };
}

/** The rule, and then something more that needs the object as a whole. */
export function also(rule: Rule, more: (value: JsonObject, at: string, findings: Findings) => void): Rule {
  return (value, at, findings) => {
    rule(value, at, findings);
    if (isObject(value)) more(value, at, findings);
  };
}
