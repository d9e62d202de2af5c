/** A room's open incidents as they are once what it is told is committed. Pure. */
import type { Attended } from './attend.ts';
import type { Incident, Member, OpenIncident } from './incident.ts';

/** Closed ones are left out. */
export function applyToRoom(
  incidents: readonly OpenIncident[],
  attended: Pick<Attended, 'incidents' | 'members'>,
): readonly OpenIncident[] {
  const changed = new Map<number, Incident>(
    (attended.incidents ?? []).map((incident) => [incident.id, incident]),
  );
  const members = Map.groupBy(attended.members ?? [], ({ incident }) => incident);
  const known = new Map<number, OpenIncident>(incidents.map((incident) => [incident.id, incident]));
  const ids = new Set([...known.keys(), ...changed.keys()]);
  return [...ids].flatMap((id) => {
    const before = known.get(id);
    const incident = changed.get(id) ?? before;
    if (incident === undefined || incident.closedAt !== null) return [];
    const all = new Map<string, Member>(before?.members);
    for (const { member } of members.get(id) ?? []) all.set(member.name, member);
    return [{ ...incident, members: all }];
  });
}
