/** The `webex:` section. */
import { z } from 'zod';
import type { WebexConfig } from './config.ts';
import { type Credentials, givenTwice, isGiven, type Section, secretOf, sectionOf } from './credentials.ts';
import type { Problem } from './problem.ts';
import type { Raw } from './raw.ts';
import { createSecret } from './secret.ts';
import { address, FILE, LINE, listOf, text, whole, withSlash } from './shapes.ts';

export type WebexSecret = 'token' | 'webhookSecret';

export const WEBEX: Credentials<WebexSecret> = {
  section: 'webex',
  keys: ['token', 'webhookSecret'],
  problem: secretProblem,
};

/** Control Hub shows organisations so; the API names them otherwise, and never by this. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const organisation = text(
  'must be the id of an organisation as Webex’s API names it (Y2lz…), or * for all',
  /^(?:\*|[\w=-]+)$/,
  200,
).refine(
  (id) => !UUID.test(id),
  'is the id that Control Hub shows: take the one that Webex’s API gives (orgId of a person, Y2lz…)',
);

/** risbot in Webex. */
export const webex = z.strictObject(
  {
    token: text(LINE).optional(),
    tokenFile: text(FILE).optional(),
    webhookUrl: address('must be the address that Webex calls, https://<host>/<path>', 'what Webex tells')
      .transform(({ href }) => href)
      .optional(),
    webhookSecret: text(LINE).optional(),
    webhookSecretFile: text(FILE).optional(),
    port: whole(0, 65_535).default(3001),
    apiUrl: address('must be the address of the REST API, https://webexapis.com/v1/', 'the token')
      .transform(withSlash)
      .optional(),
    // What is asked of it begins with a slash.
    discoveryUrl: address('must be the address of the service catalog, https://<host>/<path>', 'the token')
      .transform(({ href }) => href.replace(/\/$/, ''))
      .optional(),
    orgs: listOf('ids of organisations', organisation).optional(),
  },
  { error: 'must hold settings: token or tokenFile …' },
);

/** What holds between the settings of Webex. */
export function webexProblems(raw: Raw): readonly Problem[] {
  const section = sectionOf(raw, 'webex');
  if (section === null) return [];
  const at = (key: string, message: string) => ({ ...raw.locate(['webex', key]), message });
  const [url, secret] = [section['webhookUrl'] !== undefined, isGiven(section, 'webhookSecret')];
  const problems = [...givenTwice(raw, WEBEX)];
  if (!isGiven(section, 'token')) problems.push(at('token', 'is missing'));
  if (url && !secret) {
    problems.push(at('webhookSecret', 'both or neither: without a secret anybody could call webhookUrl'));
  }
  if (secret && !url) {
    problems.push(at('webhookUrl', 'both or neither: webhookSecret is for webhooks, which need an address'));
  }
  return problems;
}

/** What people paste instead of a bot's token. */
const NOT_A_TOKEN: readonly (readonly [shape: RegExp, words: string])[] = [
  [/^bearer\s/i, 'starts with the word Bearer: give what stands after it'],
  [/^["']/, 'stands in quotes: leave them out'],
  [/@/, 'is an e-mail address: take the access token that Webex showed when the bot was made'],
  [/^Y2lzY29zcGFyazov/, 'is an id: take the access token that Webex showed when the bot was made'],
  [/\s/, 'holds white space: give the token alone'],
];

/** A token in another's place. Only what is sure: what Webex itself would say is left to Webex. */
function secretProblem(key: WebexSecret, secret: string, section: Section): string | null {
  if (/^xox[a-z]-|^xapp-/.test(secret)) return 'is a token of Slack, not of Webex';
  if (key === 'webhookSecret') return null;
  const other = NOT_A_TOKEN.find(([shape]) => shape.test(secret));
  if (other !== undefined) return other[1];
  const hasWebhooks = section['webhookUrl'] !== undefined || isGiven(section, 'webhookSecret');
  // The SDK's socket takes the last part for the organisation, and no token without it.
  return hasWebhooks || secret.split('_').length === 3 ? null : 'a bot’s token has three parts joined by _';
}

export function webexConfig(
  { webhookUrl, port, apiUrl, discoveryUrl, orgs = [] }: z.output<typeof webex>,
  secrets: ReadonlyMap<WebexSecret, string>,
): WebexConfig {
  const secret = secretOf(secrets, 'webhookSecret');
  return {
    token: secretOf(secrets, 'token') ?? createSecret(''),
    webhook: webhookUrl === undefined || secret === null ? null : { url: webhookUrl, secret },
    port,
    apiUrl: apiUrl ?? null,
    discoveryUrl: discoveryUrl ?? null,
    orgs,
  };
}
