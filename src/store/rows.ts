/** Many rows at once. */

/** Rows in a statement: SQLite takes 32 766 values, PostgreSQL 65 535. */
const CHUNK = 1_000;

/** Lets waiting input and output go first. */
export type Breathe = () => Promise<void>;

/** The rows a statement at a time; SQLite works in this very thread, so the others get their turn in between. */
export async function* inChunks<T>(rows: readonly T[], breathe: Breathe): AsyncGenerator<readonly T[]> {
  for (let at = 0; at < rows.length; at += CHUNK) {
    if (at > 0) await breathe();
    yield rows.slice(at, at + CHUNK);
  }
}

/** Each key once, as it was last: no statement may write a row twice. */
export function lastOfEach<T>(rows: readonly T[], key: (row: T) => string | number): readonly T[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}
