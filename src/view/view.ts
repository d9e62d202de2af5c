/**
 * What an answer looks like, as plain data that names no platform. Commands make views, adapters render them.
 * All text is plain: an adapter escapes it, so that nothing typed into CUCM becomes markup, a mention or a link.
 */

/** How a state feels: registered, lost, in between, worth knowing, beside the point. */
export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'muted';

/** A run of text. `href` is only ever made by risbot itself (a phone's own page), never taken from CUCM's text. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly style?: 'strong' | 'code';
  readonly href?: string;
  /** The run stands for a person, as the platform names them: it may show their name instead of `text`. Never taken from CUCM's text. */
  readonly person?: string;
}
/** Plain text, or runs of it. */
export type Text = string | readonly Span[];

export interface Fact {
  readonly label: string;
  readonly value: Text;
}

export interface Column {
  readonly label: string;
  readonly align?: 'right';
  /** Where there is little width, a column that yields is shortened and then left out, the highest number first. */
  readonly yields?: number;
  /** Left out rather than shortened: half an address or number is none. */
  readonly whole?: boolean;
}

export interface Page {
  /** 1-based. */
  readonly number: number;
  readonly size: number;
  /** The true count of rows over all pages. */
  readonly total: number;
  /** True when there may be more than `total`: the reply was cut. */
  readonly atLeast: boolean;
}

export type Block =
  | { readonly type: 'text'; readonly text: Text }
  /** Something the reader must not miss: a cut reply, a node that did not answer, the age of an answer. */
  | { readonly type: 'notice'; readonly tone: Tone; readonly text: Text }
  | { readonly type: 'facts'; readonly facts: readonly Fact[] }
  | { readonly type: 'list'; readonly items: readonly Text[] }
  | {
      readonly type: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Text[])[];
      readonly page?: Page;
    }
  /** A file that the platform offers for download; in a terminal `risbot ask --csv` prints it. */
  | { readonly type: 'file'; readonly name: string; readonly mediaType: string; readonly content: string };

/** A button. It carries a command as if typed: a card can do nothing that text cannot. */
export interface Action {
  readonly label: string;
  readonly command: string;
  readonly style?: 'primary' | 'danger';
}

/**
 * answered: something was found or shown; nothing: CUCM knows no such thing; misread: not understood; refused: the asker may not;
 * failed: CUCM could not be asked.
 */
export type Outcome = 'answered' | 'nothing' | 'misread' | 'refused' | 'failed';

export interface View {
  readonly outcome: Outcome;
  /** One line that stands alone in a notification: "SEP001122334455 is Registered on cucm2". */
  readonly title: string;
  readonly tone?: Tone;
  readonly blocks: readonly Block[];
  readonly actions: readonly Action[];
  /** The answer as data, for `--json`; for failures `{ error: { code, message } }`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The answer's rows as data, for `--csv` and exports: column names and cells. */
  readonly rows?: { readonly columns: readonly string[]; readonly cells: readonly (readonly string[])[] };
}

/** A view still on its way: one line that says what is being done. */
export interface Interim {
  readonly text: string;
}
