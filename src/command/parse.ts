/** Text as people type it → a command. */

/** What somebody named: a phone, a number, an address… and how it was read. */
export type Subject =
  | { readonly type: 'name'; readonly name: string; readonly typed: string; readonly readAs: string }
  | { readonly type: 'pattern'; readonly pattern: string; readonly typed: string; readonly readAs: string }
  | {
      readonly type: 'ip';
      readonly ip: string;
      readonly version: 4 | 6;
      readonly typed: string;
      readonly readAs: string;
    }
  | { readonly type: 'subnet'; readonly cidr: string; readonly typed: string; readonly readAs: string }
  | { readonly type: 'number'; readonly number: string; readonly typed: string; readonly readAs: string }
  | { readonly type: 'user'; readonly user: string; readonly typed: string; readonly readAs: string }
  | { readonly type: 'description'; readonly text: string; readonly typed: string; readonly readAs: string };

/** `status:unreg,rejected` or `node:!cucm2`: values joined by "or", `!` for "none of these". */
export interface Filter {
  readonly field: string;
  readonly values: readonly string[];
  readonly not: boolean;
}

export interface Command {
  readonly verb: string;
  readonly subjects: readonly Subject[];
  readonly filters: readonly Filter[];
  /** From `in:`; null asks the first cluster. */
  readonly cluster: string | null;
  /** From `page:`, 1-based. */
  readonly page: number;
  /** From `fresh:yes`, what a Refresh button carries: no remembered answer. */
  readonly fresh: boolean;
  /** The text as typed, cleaned. */
  readonly text: string;
}
