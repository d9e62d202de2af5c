/** What a method of the REST API is. https://developer.webex.com/docs/basics */
import type { JsonObject } from '../json.ts';
import type { Given } from '../request.ts';
import type { World } from '../world.ts';

export interface Asked extends Given {
  readonly body: JsonObject;
  /** What stands for `{id}` in the path. */
  readonly id: string;
}

export interface Reply {
  readonly status: number;
  readonly body: JsonObject | Buffer | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why not. The first problem is the error's message. */
export interface Refusal {
  readonly refused: number;
  readonly problems: readonly string[];
  /** Whether a bot that does everything right is never told so: then it is remembered as a rejection. */
  readonly isMistake: boolean;
}

export interface Method {
  /** Names that the query may have; any other is refused. */
  readonly query?: readonly string[];
  run(world: World, asked: Asked): Reply | Refusal;
}

/** By `GET messages/{id}`. */
export type Methods = Readonly<Record<string, Method>>;

export function refusal(status: number, ...problems: readonly string[]): Refusal {
  return { refused: status, problems, isMistake: true };
}

/** What may happen to anybody: things are gone, or Webex does not do that. */
export function denial(status: number, problem: string): Refusal {
  return { refused: status, problems: [problem], isMistake: false };
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}

export function ok(body: JsonObject): Reply {
  return { status: 200, body };
}

export const gone: Reply = { status: 204, body: null };

export const notFound = (): Refusal => denial(404, 'The requested resource could not be found.');

interface Pages<T> {
  readonly items: readonly T[];
  readonly limits: { readonly usual: number; readonly most: number };
  readonly path: string;
  readonly show: (item: T) => JsonObject;
}

/** A page of a list: `max` in, items out, and a Link to the next page when there is one. */
export function page<T>(world: World, query: Asked['query'], pages: Pages<T>): Reply | Refusal {
  const { items, limits, path, show } = pages;
  const max = Number(query['max'] ?? limits.usual);
  if (!Number.isInteger(max) || max < 1 || max > limits.most) {
    return refusal(400, `'max' must be an integer between 1 and ${limits.most}`);
  }
  const from = Number(Buffer.from(query['cursor'] ?? '', 'base64url').toString()) || 0;
  const body = { items: items.slice(from, from + max).map(show) };
  if (from + max >= items.length) return ok(body);
  const cursor = Buffer.from(String(from + max)).toString('base64url');
  const next = new URLSearchParams({ ...query, max: String(max), cursor });
  return { status: 200, body, headers: { link: `<${world.origin}/v1/${path}?${next}>; rel="next"` } };
}
