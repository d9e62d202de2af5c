/** What somebody may do. Each role may do what those before it may. */

/** viewer: ask; operator: also watch and mute; admin: also what changes risbot for everybody. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export function isEnough(has: Role, needed: Role): boolean {
  return ROLES.indexOf(has) >= ROLES.indexOf(needed);
}

/** The higher of two roles; null is none. */
export function higher(one: Role | null, other: Role | null): Role | null {
  if (one === null || other === null) return one ?? other;
  return isEnough(one, other) ? one : other;
}
