import type { Webex } from '../../../simulator/webex/webex.ts';

export interface Answer {
  readonly status: number;
  /** Empty when there was no JSON. */
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
  readonly raw: string;
}

export interface CallMore {
  readonly body?: unknown;
  readonly token?: string | null;
  /** Fields of a multipart form; files as [name, content]. */
  readonly form?: Readonly<Record<string, string | readonly [string, string]>>;
}

/** A raw call, without an SDK that would hide anything: `GET messages/…?max=3`. */
export async function call(webex: Webex, line: string, more: CallMore = {}): Promise<Answer> {
  const [method = '', path = ''] = line.split(' ');
  const { body, form, token = webex.token } = more;
  const response = await fetch(path.startsWith('http') ? path : `${webex.url}${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(form === undefined ? {} : { body: formOf(form) }),
  });
  const raw = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') && raw !== '';
  return { status: response.status, body: isJson ? JSON.parse(raw) : {}, headers: response.headers, raw };
}

function formOf(fields: NonNullable<CallMore['form']>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.append(name, value);
    else form.append('files', new Blob([value[1]], { type: 'text/csv' }), value[0]);
  }
  return form;
}

/** Ids of the things in a list. */
export const idsIn = ({ body }: Answer): unknown[] =>
  (body['items'] as { id: unknown }[]).map(({ id }) => id);

/** The address of the next page. */
export const nextOf = ({ headers }: Answer): string | undefined =>
  /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** A message's `attachments` of one card. */
export function attached(card: Record<string, unknown>): readonly unknown[] {
  return [{ contentType: CARD_TYPE, content: { type: 'AdaptiveCard', version: '1.3', ...card } }];
}
