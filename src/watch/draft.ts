/** An incident while a room is attended: what was stored of it, and what becomes of it. */
import type { Incident, Member, OpenIncident } from './incident.ts';
import { isNotUp } from './member.ts';

export type Milestone = 'back' | 'grew' | 'reminder' | 'closed' | 'moved-home' | 'fell-again';

export interface Draft {
  /** As it was stored; null: opened just now. */
  readonly stored: Incident | null;
  readonly before: ReadonlyMap<string, Member>;
  incident: Incident;
  readonly members: Map<string, Member>;
  /** Members that are not as they were stored. */
  readonly changed: Map<string, Member>;
  /** What is said in the thread. */
  readonly says: Set<Milestone>;
}

export function draftOf(open: OpenIncident): Draft {
  const { members, ...incident } = open;
  return {
    stored: incident,
    before: members,
    incident,
    members: new Map(members),
    changed: new Map(),
    says: new Set(),
  };
}

export function newDraft(incident: Incident, members: readonly Member[]): Draft {
  const draft: Draft = {
    stored: null,
    before: new Map(),
    incident,
    members: new Map(),
    changed: new Map(),
    says: new Set(),
  };
  for (const member of members) setMember(draft, member);
  return draft;
}

export function setMember(draft: Draft, member: Member): void {
  draft.members.set(member.name, member);
  draft.changed.set(member.name, member);
}

/** Members that the incident itself speaks of. */
export function ownMembers({ members }: Pick<Draft, 'members'>): readonly Member[] {
  return [...members.values()].filter(({ elsewhere }) => elsewhere !== true);
}

export function change(draft: Draft, fields: Partial<Incident>): void {
  draft.incident = { ...draft.incident, ...fields };
}

export function isOpen({ incident }: Draft): boolean {
  return incident.closedAt === null;
}

export function close(draft: Draft, closedBy: NonNullable<Incident['closedBy']>, now: number): void {
  change(draft, { closedAt: now, closedBy });
}

export function notUp(draft: Draft): readonly Member[] {
  return ownMembers(draft).filter(isNotUp);
}

/** Epoch milliseconds of the last loss in it. */
export function lastGrowth({ members, incident }: Draft): number {
  return [...members.values()].reduce((last, { since }) => Math.max(last, since), incident.startedAt);
}
