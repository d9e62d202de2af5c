/** What every payload of Slack's says about where it comes from, wherever it says it. Pure: nothing is taken on trust. */

export interface Arrival {
  /** `U…`; empty when nobody is named. */
  readonly person: string;
  /** Every workspace (`T…`) that the payload names: the app's, and the person's own in a shared channel. */
  readonly teams: readonly string[];
  readonly origin: Origin;
  /** Null when it does not come from a channel: App Home, a form. */
  readonly channel: string | null;
  /** Of the thread it stands in. */
  readonly thread: string | undefined;
  /** Of the message it is about. */
  readonly ts: string | undefined;
  /** True when that message is shown to one person alone. */
  readonly alone: boolean;
  readonly responseUrl: string | undefined;
  readonly triggerId: string | undefined;
  /** The same for every delivery of the same thing; null for what may be answered any number of times. */
  readonly key: string | null;
}

/** What a payload says of workspaces (`T…`) and organisations (`E…`). */
export interface Origin {
  /** Where it happened, as the app sees it. */
  readonly places: readonly string[];
  /** The person's own. */
  readonly homes: readonly string[];
  /** The organisation of each workspace that has its own beside it. */
  readonly stated: ReadonlyMap<string, string>;
  /** Every organisation that it names for where it happened. */
  readonly enterprises: readonly string[];
  /** Whether people of other organisations are in the channel; null where only events say so. */
  readonly isShared: boolean | null;
  /** It comes from a form, or from a message for one person alone: somebody had been answered before. */
  readonly isAlone: boolean;
  readonly isCommand: boolean;
}

/** Reads the body of an event, a command, an action, a shortcut or a form. */
export function readArrival(body: unknown): Arrival {
  const first = (...paths: readonly string[]) => firstOf(body, paths);
  const event = first('event_id');
  const trigger = first('trigger_id');
  const teams = TEAM_PATHS.map((path) => textAt(body, path)).filter((team) => team !== undefined);
  return {
    person: first('event.user', 'user_id', 'user.id') ?? '',
    teams: [...new Set(teams)],
    origin: readOrigin(body),
    channel: first('event.channel', 'channel_id', 'channel.id', 'container.channel_id') ?? null,
    thread: first('event.thread_ts', 'container.thread_ts', 'message.thread_ts'),
    ts: first('event.ts', 'container.message_ts', 'message.ts', 'message_ts'),
    alone: valueAt(body, 'container.is_ephemeral') === true,
    responseUrl: first('response_url'),
    triggerId: trigger,
    key: event === undefined ? (trigger === undefined ? null : `trigger:${trigger}`) : `event:${event}`,
  };
}

const TEAM_PATHS = ['team_id', 'team.id', 'user.team_id', 'event.team', 'event.user_team'] as const;

function readOrigin(body: unknown): Origin {
  const all = (...paths: readonly string[]) => [
    ...new Set(paths.map((path) => textAt(body, path)).filter((found) => found !== undefined)),
  ];
  const pairs = [
    [textAt(body, 'team.id'), textAt(body, 'team.enterprise_id')],
    [textAt(body, 'team_id'), textAt(body, 'enterprise_id')],
  ] as const;
  const isEvent = valueAt(body, 'event') !== undefined;
  return {
    places: all('team_id', 'team.id'),
    homes: all('user.team_id', 'event.team', 'event.user_team'),
    stated: new Map(
      pairs.flatMap(([team, organisation]) => (team && organisation ? [[team, organisation]] : [])),
    ),
    enterprises: all('enterprise_id', 'enterprise.id', 'team.enterprise_id'),
    isShared: isEvent ? valueAt(body, 'is_ext_shared_channel') === true : null,
    isAlone: textAt(body, 'view.type') === 'modal' || valueAt(body, 'container.is_ephemeral') === true,
    isCommand: textAt(body, 'command') !== undefined,
  };
}

function firstOf(body: unknown, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const found = textAt(body, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The string at `a.b.c`; undefined when there is none, or an empty one. */
export function textAt(body: unknown, path: string): string | undefined {
  const value = valueAt(body, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function valueAt(body: unknown, path: string): unknown {
  let value = body;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, name)?.value;
  }
  return value;
}

const READABLE: ReadonlySet<string> = new Set(['text', 'fallback', 'pretext', 'title', 'value', 'footer']);
const DEEPEST = 10;

/** Everything a message says to its readers, in blocks and attachments too, as Slack encodes it; at most `most` characters. */
export function allText(message: unknown, most: number): string {
  const parts: string[] = [];
  let left = most;
  const read = (text: string, name: string) => {
    if (!READABLE.has(name)) return;
    parts.push(text.slice(0, left));
    left -= text.length + 1;
  };
  const walk = (value: unknown, name: string, depth: number): void => {
    if (left <= 0 || depth > DEEPEST) return;
    if (typeof value === 'string') read(value, name);
    if (typeof value !== 'object' || value === null) return;
    const isList = Array.isArray(value);
    for (const [key, inner] of Object.entries(value)) walk(inner, isList ? name : key, depth + 1);
  };
  walk(valueAt(message, 'text'), 'text', 0);
  walk(valueAt(message, 'blocks'), 'blocks', 0);
  walk(valueAt(message, 'attachments'), 'attachments', 0);
  return parts.join('\n');
}
