/** What an engine throws → StoreError: codes in, words out. The engines' own words go into the cause, without the password. */
import { StoreError, type StoreErrorCode } from './error.ts';
import type { StorePlace } from './place.ts';

/** The others are told by those who find them. */
type Told = Exclude<StoreErrorCode, 'in-use' | 'newer' | 'absent'>;

/** SQLite's primary result codes: https://www.sqlite.org/rescode.html. */
const SQLITE: Readonly<Record<number, Told>> = {
  3: 'read-only',
  5: 'locked',
  6: 'locked',
  8: 'read-only',
  11: 'damaged',
  13: 'full',
  26: 'damaged',
};

/** SQLSTATEs, whole or by class: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const SQLSTATE: Readonly<Record<string, Told>> = {
  '25006': 'read-only',
  '42501': 'read-only',
  '53100': 'full',
  '55P03': 'locked',
  '57014': 'locked',
  '28': 'refused',
  '3D000': 'refused',
  '08': 'unreachable',
  '57P': 'unreachable',
  '53300': 'unreachable',
  XX001: 'damaged',
  XX002: 'damaged',
};

/** What Node says of files. Of sockets, names and certificates it says much, and all of it is one to us. */
const FILES: Readonly<Record<string, Told>> = {
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  ENOSPC: 'full',
  EDQUOT: 'full',
};

/** pg has no code for these, only words. */
const LOST = /connection (?:terminated|error|ended)|timeout|not queryable|client was closed/i;
const NO_PASSWORD = /^SASL/;

const REMEDY: Readonly<Record<Told, string>> = {
  'read-only': 'cannot be written: give risbot the right to write to it, and to the folder of its file',
  full: 'has no room left: free some on its disk',
  locked: 'is locked by another program (a database browser, a backup): close that',
  damaged:
    'is damaged, or no database of risbot. Nothing in it was changed: restore a backup, or move it away and start with a new one',
  unreachable: 'cannot be reached: check that the server runs, its address, and what is in between',
  refused:
    'refuses risbot: check user, password and the name of the database, and that the user may connect to it',
  failed: 'does not work',
};

/** The error as it is when it is one of ours already. */
export function asStoreError(error: unknown, place: StorePlace): StoreError {
  if (error instanceof StoreError) return error;
  const code = place.engine === 'sqlite' ? sqliteCode(error) : postgresCode(error);
  const cause = harmless(error, place);
  return new StoreError(code, `${place.shown} ${REMEDY[code]} (${cause.message.slice(0, 300)})`, { cause });
}

function sqliteCode(error: unknown): Told {
  if (error instanceof SyntaxError) return 'damaged';
  const { errcode, code } = error as Readonly<Record<string, unknown>>;
  // The low byte is the primary code, what is above it says more.
  if (typeof errcode === 'number') return SQLITE[errcode & 0xff] ?? 'failed';
  return FILES[String(code)] ?? 'failed';
}

function postgresCode(error: unknown): Told {
  if (error instanceof SyntaxError) return 'damaged';
  const { code, message } = error as Readonly<Record<string, unknown>>;
  const state = String(code);
  if (/^[0-9A-Z]{5}$/.test(state)) {
    return [5, 3, 2].map((length) => SQLSTATE[state.slice(0, length)]).find(Boolean) ?? 'failed';
  }
  if (NO_PASSWORD.test(String(message))) return 'refused';
  // Node's own codes are longer than those of SQL.
  return /^[A-Z_]{6,}$/.test(state) || LOST.test(String(message)) ? 'unreachable' : 'failed';
}

/** A copy that holds nothing but name, code and message: pg hangs its whole client on some errors. */
function harmless(error: unknown, place: StorePlace): Error {
  const { message = String(error), code, errcode } = error as Readonly<Record<string, unknown>>;
  const password = place.engine === 'postgres' ? place.password : '';
  const secrets = [password, decoded(password)].filter((text) => text !== '');
  const words = secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), String(message));
  return Object.assign(new Error(words), { code: errcode ?? code });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
