/** What a command is, and what it may reach. */
import type { Role } from '../access/role.ts';
import type { Asker } from '../chat.ts';
import type { Lookup, Progress } from '../device/lookup.ts';
import type { BudgetStatus } from '../lookup/budget.ts';
import type { KnownName } from '../lookup/names.ts';
import type { View } from '../view/view.ts';
import type { Desk } from '../watch/desk.ts';
import type { Command as Parsed } from './parse.ts';

/** What commands need of a cluster's names. */
export interface Names {
  /** Everything known, in no order. */
  all(): readonly KnownName[];
}

/** A configured cluster, as commands see it. */
export interface Cluster {
  readonly name: string;
  readonly lookup: Lookup;
  readonly names: Names;
  budget(): BudgetStatus;
  /** Epoch milliseconds of the last answer, null before the first. */
  lastAnswer(): number | null;
}

export interface Context {
  /** Those that the asker may ask, at least one; the first is asked when nobody says `in:`. */
  readonly clusters: readonly Cluster[];
  /** The cluster that everybody asks who does not say `in:`; null when that depends on the person. Default: the first. */
  readonly assumed?: Cluster | null;
  /** Epoch milliseconds at the moment it is read. */
  readonly now: number;
  readonly version: string;
  /** Null for whoever started risbot. */
  readonly asker: Asker | null;
  /** Null: this risbot keeps no watches. */
  readonly desk: Desk | null;
  /** Whether the asker may do with a cluster what needs that role. */
  may(needed: Role, cluster: string): boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress, cluster: string) => void;
}

/** A verb: its place in the grammar, its help, and what it does. The table of them is `commands.ts`. */
export interface Verb {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line for the list of verbs. */
  readonly summary: string;
  /** `why <subject>`, as help prints it. */
  readonly usage: string;
  /** Verbs of one kind that stand next to each other share a line in the list of verbs. */
  readonly kind?: string;
  /** Texts that work on the demo cluster; a test asks each of them. */
  readonly examples: readonly string[];
  /** Who may use it; default viewer. */
  readonly role?: Role;
  run(command: Parsed, context: Context): Promise<View>;
  /** There for what asks nothing of any cluster: the same answer, also where none is configured. */
  explain?(command: Parsed): Promise<View>;
}
