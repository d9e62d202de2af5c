/** Incidents and their members. */
import type { Incident, Member, OpenIncident } from '../watch/incident.ts';
import type { Delta, Past } from '../watch/ports.ts';
import { raise } from './counters.ts';
import { keyOf, roomKeyOf } from './key.ts';
import { type Breathe, inChunks, lastOfEach } from './rows.ts';
import type { Db, Tx } from './schema.ts';

export async function writeIncidents(tx: Tx, incidents: readonly Incident[]): Promise<void> {
  for (const one of incidents) {
    const { id, cluster, openedAt: opened_at, closedAt: closed_at } = one;
    const row = { cluster, room: roomKeyOf(one.room), opened_at, closed_at, incident: incidentText(one) };
    await tx
      .insertInto('incidents')
      .values({ id, ...row })
      .onConflict((is) => is.column('id').doUpdateSet(row))
      .execute();
  }
  await raise(
    tx,
    'incident',
    incidents.map(({ id }) => id),
  );
}

/** Members have rows of their own, also when an open incident with all of them is handed in. */
function incidentText(incident: Incident & Partial<OpenIncident>): string {
  const { members: _members, ...rest } = incident;
  return JSON.stringify(rest);
}

export async function writeMembers(
  tx: Tx,
  members: NonNullable<Delta['members']>,
  breathe: Breathe,
): Promise<void> {
  const rows = members.map(({ incident, member }) => ({
    incident,
    name: keyOf(member.name),
    member: JSON.stringify(member),
  }));
  const each = lastOfEach(rows, ({ incident, name }) => `${incident} ${name}`);
  for await (const chunk of inChunks(each, breathe)) {
    await tx
      .insertInto('members')
      .values(chunk)
      .onConflict((is) =>
        is.columns(['incident', 'name']).doUpdateSet((row) => ({ member: row.ref('excluded.member') })),
      )
      .execute();
  }
}

export async function readOpenIncidents(db: Db): Promise<readonly OpenIncident[]> {
  const rows = await db
    .selectFrom('incidents')
    .select(['id', 'incident'])
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute();
  const members = await db
    .selectFrom('members as m')
    .innerJoin('incidents as i', 'i.id', 'm.incident')
    .where('i.closed_at', 'is', null)
    .select(['m.incident', 'm.member'])
    .orderBy('m.name')
    .execute();
  const byIncident = Map.groupBy(members, ({ incident }) => incident);
  return rows.map(({ id, incident }) => withMembers(incident, byIncident.get(id) ?? []));
}

export async function readIncident(db: Db, id: number): Promise<OpenIncident | null> {
  const row = await db.selectFrom('incidents').select('incident').where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const members = await db
    .selectFrom('members')
    .select('member')
    .where('incident', '=', id)
    .orderBy('name')
    .execute();
  return withMembers(row.incident, members);
}

function withMembers(incident: string, rows: readonly { readonly member: string }[]): OpenIncident {
  const members = rows.map(({ member }) => JSON.parse(member) as Member);
  return { ...(JSON.parse(incident) as Incident), members: new Map(members.map((one) => [one.name, one])) };
}

/** Open ones first, then the latest. */
export async function readIncidents(
  db: Db,
  { room, cluster, limit }: Parameters<Past['incidents']>[0],
): Promise<readonly Incident[]> {
  let asked = db.selectFrom('incidents').select('incident');
  if (room !== null) asked = asked.where('room', '=', roomKeyOf(room));
  if (cluster !== null) asked = asked.where('cluster', '=', cluster);
  const rows = await asked
    .orderBy((row) => row.case().when('closed_at', 'is', null).then(0).else(1).end())
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ incident }) => JSON.parse(incident) as Incident);
}
