/** Somebody may not: which role it takes, and whom to ask. */
import type { RefusalReason } from '../access/access.ts';
import type { Role } from '../access/role.ts';
import { shortened } from './text.ts';
import type { Fact, View } from './view.ts';

export interface Refusal {
  readonly reason: RefusalReason;
  /** The verb, null when it was not even looked at. */
  readonly verb: string | null;
  readonly needed: Role;
  readonly has: Role | null;
  /** The cluster asked for; null when none can be. */
  readonly cluster: string | null;
  /** Whom to ask, in the administrator's words. */
  readonly contact: string | null;
  /** Stands in the log and the audit, too. */
  readonly id: string;
}

/** A card for a refusal. It names no rule, no person and no room. */
export function refusalView(refusal: Refusal): View {
  const title = titleOf(refusal);
  const message = `${reasonWords(refusal)} ${contactWords(refusal)}`;
  return {
    outcome: 'refused',
    title,
    tone: 'warn',
    blocks: [
      { type: 'text', text: message },
      { type: 'facts', facts: facts(refusal) },
    ],
    actions: [],
    data: {
      error: {
        code: 'refused',
        message: title,
        reason: refusal.reason,
        needed: refusal.needed,
        remedy: contactWords(refusal),
        id: refusal.id,
      },
      ...(refusal.cluster === null ? {} : { cluster: refusal.cluster }),
    },
  };
}

function titleOf({ reason, verb, cluster }: Refusal): string {
  switch (reason) {
    case 'guest':
    case 'no-role':
      return 'You may not ask risbot';
    case 'other-room':
      return 'You may not ask risbot in this room';
    case 'other-cluster':
      return cluster === null ? 'You may not ask risbot' : `You may not ask about ${cluster}`;
    case 'role-too-low':
      return verb === null ? 'You may not do that' : `You may not use ${verb}`;
  }
}

function reasonWords({ reason, needed, has }: Refusal): string {
  switch (reason) {
    case 'guest':
      return 'risbot answers people of its own organisation, and guests who are named.';
    case 'no-role':
      return `It takes the role ${needed}, and you have none.`;
    case 'other-room':
      return `It takes the role ${needed}, and yours does not hold in this room. Ask where it does.`;
    case 'other-cluster':
      return `It takes the role ${needed} for this cluster. Yours is for others: status lists them.`;
    case 'role-too-low':
      return `It takes the role ${needed}; yours is ${has ?? 'none'}.`;
  }
}

function contactWords({ contact }: Refusal): string {
  return contact === null ? 'Ask whoever runs risbot here for it.' : `Ask ${shortened(contact)} for it.`;
}

function facts({ needed, has, id }: Refusal): readonly Fact[] {
  return [
    { label: 'Role needed', value: needed },
    { label: 'Your role', value: has ?? 'none' },
    { label: 'Id in the log', value: [{ text: id, style: 'code' }] },
  ];
}
