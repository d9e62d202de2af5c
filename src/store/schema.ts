/**
 * The tables. What the database finds or orders by is a column; the rest is one JSON text, in the shape of `src/watch`. Times are epoch
 * milliseconds. Columns named after a word of somebody else's hold it as `key.ts` makes it.
 */
import type { Kysely, Transaction } from 'kysely';

export interface Tables {
  /** The highest number ever used, by what is counted. */
  counters: { name: string; value: number };
  /** Who has, or had, the database: one row. */
  holder: { id: number; pid: number; host: string; since: number; version: string };
  known: { cluster: string; name: string; known: string };
  standing: { cluster: string; key: string; memory: string };
  /** The rows that a standing query saw last: long, and hardly ever another. */
  standing_rows: { cluster: string; key: string; rows: string };
  transitions: { seq: number; cluster: string; name: string; at: number; transition: string };
  blind: { cluster: string; node: string; blind: string };
  looks: { cluster: string; at: number };
  watches: { id: number; watch: string };
  mutes: { id: number; mute: string };
  incidents: {
    id: number;
    cluster: string;
    room: string;
    opened_at: number;
    closed_at: number | null;
    incident: string;
  };
  members: { incident: number; name: string; member: string };
  outgoing: WaitingRow;
  told: { room: string; slot: string; at: number; told: string };
  requests: { cluster: string; at: number; ended_at: number | null };
  audit: { seq: number; at: number; entry: string };
}

/** `place` is the version with which the slot began to wait; `retry_at` is when the platform may be asked again. */
export interface WaitingRow {
  room: string;
  slot: string;
  under: string | null;
  place: number;
  version: number;
  attempts: number;
  not_before: number;
  retry_at: number;
  outgoing: string;
}

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
