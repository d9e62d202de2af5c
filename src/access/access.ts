/** Who may ask what: rules in, a decision with its reason out. Pure. */
import type { Asker } from '../chat.ts';
import { higher, isEnough, type Role } from './role.ts';

/** Grants a role. What is left out does not narrow; a rule names people, groups, domains or rooms, or several of them. */
export interface Rule {
  readonly role: Role;
  /**
   * People as the platform names them, e-mail addresses in any case; `*` is everybody. Whoever is named here, by `groups` or by `domains` is
   * meant.
   */
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  /** Everybody whom the platform names by an e-mail address of exactly these domains, in any case. */
  readonly domains?: readonly string[];
  /** Only there. A rule with neither users, groups nor domains means everybody in these rooms. */
  readonly rooms?: readonly string[];
  /** Only about these. */
  readonly clusters?: readonly string[];
}

export interface AccessRules {
  readonly rules: readonly Rule[];
  /** Whom a refused person should ask, in the administrator's words. */
  readonly contact: string | null;
}

/**
 * Why somebody may not: nobody gave them a role at all, or not in this room, not for this cluster, or not a high enough one; or they are of
 * another organisation and no rule names them.
 */
export type RefusalReason = 'guest' | 'no-role' | 'other-room' | 'other-cluster' | 'role-too-low';

export type Decision =
  /** open: no rules are configured, so everybody is an operator. */
  | { readonly allowed: true; readonly reason: 'open' | 'granted'; readonly role: Role }
  | {
      readonly allowed: false;
      readonly reason: RefusalReason;
      readonly needed: Role;
      /** What they have for this cluster in this room. */
      readonly has: Role | null;
    };

/** What anybody has when no rules are configured. */
export const OPEN_ROLE: Role = 'operator';

/** Whether `asker` may do what needs `needed` with `cluster`. `rules` null: none are configured. */
export function decide(rules: AccessRules | null, asker: Asker, cluster: string, needed: Role): Decision {
  const has = roleOf(rules, asker, cluster);
  if (has !== null && isEnough(has, needed)) {
    return { allowed: true, reason: rules === null ? 'open' : 'granted', role: has };
  }
  return { allowed: false, reason: reasonOf(rules, asker, has), needed, has };
}

/** The highest role that the rules grant to this person, in this room, for this cluster; null for none. */
export function roleOf(rules: AccessRules | null, asker: Asker, cluster: string): Role | null {
  if (rules === null) return asker.guest ? null : OPEN_ROLE;
  return best(rules.rules.filter((rule) => fits(rule, asker) && isAbout(rule, cluster)));
}

function reasonOf(rules: AccessRules | null, asker: Asker, has: Role | null): RefusalReason {
  if (has !== null) return 'role-too-low';
  const given = rules?.rules ?? [];
  if (given.some((rule) => fits(rule, asker))) return 'other-cluster';
  // A rule for a room alone is about whoever is there; it says nothing of this person.
  if (given.some((rule) => names(rule) && isMeant(rule, asker))) return 'other-room';
  return asker.guest ? 'guest' : 'no-role';
}

function best(rules: readonly Rule[]): Role | null {
  return rules.reduce<Role | null>((role, rule) => higher(role, rule.role), null);
}

function fits(rule: Rule, asker: Asker): boolean {
  return isMeant(rule, asker) && (rule.rooms === undefined || rule.rooms.includes(asker.place.room));
}

/** Whether the rule is about certain people; one that names nothing at all is about nobody. */
function names(rule: Rule): boolean {
  return rule.users !== undefined || rule.groups !== undefined || rule.domains !== undefined;
}

/** Everybody, and whoever is in a room, are people of the organisation that is answered: guests have to be named. */
function isMeant(rule: Rule, asker: Asker): boolean {
  if (!names(rule)) return rule.rooms !== undefined && !asker.guest;
  const { users = [], groups = [], domains = [] } = rule;
  if ((users.includes('*') && !asker.guest) || users.some((user) => isSamePerson(user, asker.person)))
    return true;
  const domain = domainOf(asker.person);
  if (domain !== null && domains.some((one) => isSame(one, domain))) return true;
  return (asker.groups ?? []).some((group) => groups.includes(group));
}

/** Other ids differ when their case differs. */
function isSamePerson(one: string, other: string): boolean {
  return one === other || (one.includes('@') && isSame(one, other));
}

/** What stands after the last @ of an e-mail address; null when it is none. */
function domainOf(person: string): string | null {
  const at = person.lastIndexOf('@');
  return at > 0 && at < person.length - 1 ? person.slice(at + 1) : null;
}

function isAbout({ clusters }: Rule, cluster: string): boolean {
  return clusters === undefined || clusters.some((name) => isSame(name, cluster));
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && one.toLowerCase() === other.toLowerCase();
}
