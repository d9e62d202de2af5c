/** The `access:` section: who may ask what. */
import { z } from 'zod';
import { ROLES } from '../access/role.ts';
import { nearest, type Problem } from './problem.ts';
import { isRecord, type Raw } from './raw.ts';
import { listOf, missingOr, text } from './shapes.ts';

const MOST_RULES = 1_000;
const MOST_NAMES = 10_000;

/** Names change, ids do not: a rule by name would be a rule for whoever takes it next. */
const ID = /^[^@#<\s\p{Cc}][^\s\p{Cc}]{0,199}$/u;

/** A list that names at least one. A key with nothing behind it would grant more than anybody meant, so it is a mistake here. */
export function ids(what: string, shape = ID) {
  const words = `must be ${what} as the platform names them, not @name or #name`;
  return listOf(what, text(words, shape, 200)).max(MOST_NAMES, `must be a list of ${MOST_NAMES} at most`);
}

/** Letters of any language, since domains may hold them. */
const DOMAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*\.[\p{L}\p{N}\p{M}-]+)+$/u;

const domains = listOf('domains', text('must be a domain such as example.com, without @', DOMAIN, 253)).max(
  MOST_NAMES,
  `must be a list of ${MOST_NAMES} at most`,
);

const rule = z
  .strictObject(
    {
      role: z.enum(ROLES, { error: missingOr(`must be one of ${ROLES.join(', ')}`) }),
      users: ids('ids of people').optional(),
      groups: ids('ids of user groups').optional(),
      domains: domains.optional(),
      rooms: ids('ids of channels and rooms').optional(),
      clusters: listOf('clusters', text('must be the name of a cluster')).optional(),
    },
    { error: 'must be a rule: role, and users, groups, domains or rooms' },
  )
  .refine(
    ({ users, groups, domains: named, rooms }) => [users, groups, named, rooms].some((list) => list),
    'names nobody: give users, groups, domains or rooms; users: ["*"] is everybody',
  );

/** Who may ask what. Left out, everybody may; with it, nobody but those whom a rule names. */
export const access = z.strictObject(
  {
    contact: text('must be words, such as #voice-help', /^[^\p{Cc}]+$/u, 200).optional(),
    rules: z
      .array(rule, { error: missingOr('must be a list of rules') })
      .min(1, 'needs a rule: without one nobody may ask')
      .max(MOST_RULES, `must be ${MOST_RULES} rules at most`),
  },
  { error: 'must hold settings: contact, rules' },
);

/** Rules about clusters that there are not. */
export function accessProblems(raw: Raw, clusters: readonly string[]): readonly Problem[] {
  const section = isRecord(raw.value) ? raw.value['access'] : undefined;
  const rules = isRecord(section) && Array.isArray(section['rules']) ? section['rules'] : [];
  const known = new Set(clusters.map((name) => name.toLowerCase()));
  return rules.flatMap((rule: unknown, at) => {
    const named = isRecord(rule) && Array.isArray(rule['clusters']) ? rule['clusters'] : [];
    return named.flatMap((name: unknown, i): readonly Problem[] => {
      if (typeof name !== 'string' || name === '' || known.has(name.toLowerCase())) return [];
      const near = nearest(name, clusters);
      const message = `is not a cluster${near === null ? '' : `; did you mean ${near}?`}`;
      return [{ ...raw.locate(['access', 'rules', at, 'clusters', i]), message }];
    });
  });
}
