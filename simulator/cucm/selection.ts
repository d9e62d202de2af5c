/** What a query picks from each node. */
import type { ReturnCode } from '../../src/device/snapshot.ts';

/** One row of a reply; its revision changes whenever the row does. */
export interface Selected {
  readonly revision: number;
  /** The row as an `item` element. */
  xml(): string;
}

export interface NodeSelection {
  readonly name: string;
  /** Null where the query named a node that is not there. */
  readonly startedAt: number | null;
  readonly stateId: number;
  readonly returnCode: ReturnCode;
  readonly rows: readonly Selected[];
}
