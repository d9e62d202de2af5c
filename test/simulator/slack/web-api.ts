import type { Slack } from '../../../simulator/slack/slack.ts';

export interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  readonly [key: string]: unknown;
}

/** A raw call, as JSON or as a form, without an SDK that would hide anything. */
export async function call(
  slack: Slack,
  method: string,
  args: Record<string, unknown> = {},
  { token = slack.botToken, form = false }: { token?: string | null; form?: boolean } = {},
): Promise<Answer & { status: number; retryAfter: string | null }> {
  const fields = Object.entries(args).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const response = await fetch(`${slack.url}${method}`, {
    method: 'POST',
    headers: {
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: form ? new URLSearchParams(fields).toString() : JSON.stringify(args),
  });
  const text = await response.text();
  const body: Answer = text.startsWith('{') ? JSON.parse(text) : { ok: false, error: text };
  return { ...body, status: response.status, retryAfter: response.headers.get('retry-after') };
}
