/** Why the database cannot do what it is asked. */

/**
 * read-only: the file, its folder or the server takes no writes; full: no room; locked: another program holds it; newer: written by a
 * newer risbot; damaged: cut short, or no database; in-use: another risbot has it; unreachable: no server, or the connection was lost;
 * refused: user, password or database; absent: nothing there yet, to a reader; failed: anything else.
 */
export type StoreErrorCode =
  | 'read-only'
  | 'full'
  | 'locked'
  | 'newer'
  | 'damaged'
  | 'in-use'
  | 'unreachable'
  | 'refused'
  | 'absent'
  | 'failed';

/** Says in plain words what is wrong and what to do. Holds no secret, in its message, its cause or anywhere else. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
