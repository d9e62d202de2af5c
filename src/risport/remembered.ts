/** Rows already understood, by the digest of their bytes: of a reply that changed a little, only that little is parsed. */
import { hash } from 'node:crypto';

export interface RememberedRows<T> {
  /** The row that these bytes stood for on that node the last time, or what `parse` makes of them. */
  recall(node: string, bytes: Uint8Array, parse: () => T): T;
}

/** A phone with fifty lines has 10 kB; what is longer is parsed each time, so that memory has an end. */
const LARGEST_REMEMBERED = 16 * 1024;

/**
 * Keeps the `capacity` rows used last. The key is a digest and never a piece of the reply, so that a row remembered does
 * not keep the megabytes it came in. SHA-256, because people choose the text in a row.
 */
export function createRememberedRows<T>(capacity: number): RememberedRows<T> {
  const rows = new Map<string, T>();
  return {
    recall(node, bytes, parse) {
      if (bytes.length > LARGEST_REMEMBERED) return parse();
      const key = hash('sha256', bytes, 'base64') + node;
      const known = rows.get(key);
      const row = known ?? parse();
      // A Map keeps the order of insertion: taken out and put back, the row is the last to be forgotten.
      if (known !== undefined) rows.delete(key);
      rows.set(key, row);
      if (rows.size > capacity) forgetOldest();
      return row;
    },
  };

  function forgetOldest(): void {
    for (const oldest of rows.keys()) {
      rows.delete(oldest);
      return;
    }
  }
}
