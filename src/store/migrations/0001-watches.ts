/** The first tables: what is watched, known, told and spent. The same SQL on both engines. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const STATEMENTS = [
  'create table counters (name text not null primary key, value bigint not null)',
  `create table holder (id integer not null primary key, pid integer not null, host text not null, since bigint not null,
     version text not null)`,
  'create table known (cluster text not null, name text not null, known text not null, primary key (cluster, name))',
  'create table standing (cluster text not null, key text not null, memory text not null, primary key (cluster, key))',
  'create table standing_rows (cluster text not null, key text not null, rows text not null, primary key (cluster, key))',
  `create table transitions (seq bigint not null primary key, cluster text not null, name text not null, at bigint not null,
     transition text not null)`,
  'create index transitions_at on transitions (at)',
  'create index transitions_of on transitions (cluster, name, at)',
  'create table blind (cluster text not null, node text not null, blind text not null, primary key (cluster, node))',
  'create table looks (cluster text not null primary key, at bigint not null)',
  'create table watches (id bigint not null primary key, watch text not null)',
  'create table mutes (id bigint not null primary key, mute text not null)',
  `create table incidents (id bigint not null primary key, cluster text not null, room text not null, opened_at bigint not null,
     closed_at bigint, incident text not null)`,
  'create index incidents_of on incidents (room, opened_at)',
  'create index incidents_closed on incidents (closed_at)',
  `create table members (incident bigint not null references incidents (id) on delete cascade, name text not null,
     member text not null, primary key (incident, name))`,
  `create table outgoing (room text not null, slot text not null, under text, place bigint not null, version bigint not null,
     attempts integer not null, not_before bigint not null, retry_at bigint not null, outgoing text not null,
     primary key (room, slot))`,
  'create table told (room text not null, slot text not null, at bigint not null, told text not null, primary key (room, slot))',
  'create index told_at on told (at)',
  'create table requests (cluster text not null, at bigint not null, ended_at bigint, primary key (cluster, at))',
  'create table audit (seq bigint not null primary key, at bigint not null, entry text not null)',
  'create index audit_at on audit (at)',
];

export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
