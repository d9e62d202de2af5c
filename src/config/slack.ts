/** The `slack:` section. */
import { z } from 'zod';
import type { Problem } from './problem.ts';
import { isRecord, type Raw } from './raw.ts';
import { text, whole } from './shapes.ts';
import { isLoopback } from './url.ts';

/** Secrets of Slack, each given as one variable or as a file. */
export const SLACK_SECRETS = ['botToken', 'appToken', 'signingSecret'] as const;
export type SlackSecret = (typeof SLACK_SECRETS)[number];

const LINE = 'must be one line of text';
const FILE = 'must be the path of a file';

/** The problem names no part of what was typed: it may hold a secret. */
const apiUrl = text('must be the address of the Web API, https://slack.com/api/').transform(
  (typed, context) => {
    const url = URL.canParse(typed) ? new URL(typed) : null;
    const problem = apiUrlProblem(url);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    if (url === null || problem !== null) return z.NEVER;
    return url.href.endsWith('/') ? url.href : `${url.href}/`;
  },
);

function apiUrlProblem(url: URL | null): string | null {
  if (url === null) return 'must be the address of the Web API, https://slack.com/api/';
  if (url.username !== '' || url.password !== '') return 'must not hold a user or password';
  if (url.search !== '' || url.hash !== '') return 'must end after its path';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return null;
  return 'must start with https:// (http would send the token readable; it is allowed on loopback only)';
}

/** risbot in Slack. */
export const slack = z.strictObject(
  {
    botToken: text(LINE).optional(),
    botTokenFile: text(FILE).optional(),
    appToken: text(LINE).optional(),
    appTokenFile: text(FILE).optional(),
    signingSecret: text(LINE).optional(),
    signingSecretFile: text(FILE).optional(),
    apiUrl: apiUrl.optional(),
    port: whole(0, 65_535).default(3000),
    teams: z
      .array(
        text('must be the id of a workspace (T012AB3CD) or organisation (E012AB3CD)', /^[TE][A-Z0-9]{1,30}$/),
        {
          error: 'must be a list of workspaces, at least one',
        },
      )
      .min(1, 'must be a list of workspaces, at least one')
      .optional(),
  },
  { error: 'must hold settings: botToken, appToken or signingSecret …' },
);

/** What holds between the settings of Slack. */
export function slackProblems(raw: Raw): readonly Problem[] {
  const section = isRecord(raw.value) ? raw.value['slack'] : undefined;
  if (!isRecord(section)) return [];
  const at = (key: string, message: string) => ({ ...raw.locate(['slack', key]), message });
  const given = (key: SlackSecret) => section[key] !== undefined || section[`${key}File`] !== undefined;
  const problems: Problem[] = SLACK_SECRETS.filter(
    (key) => section[key] !== undefined && section[`${key}File`] !== undefined,
  ).map((key) => at(`${key}File`, 'the secret is given in two ways: keep one'));
  if (!given('botToken')) problems.push(at('botToken', 'is missing'));
  if (!given('appToken') && !given('signingSecret')) {
    problems.push(at('appToken', 'is missing: it, or signingSecret to be called over HTTP'));
  }
  return problems;
}

/** A token in another's place: the first thing that goes wrong when they are pasted. Null when it is none of those. */
export function tokenProblem(key: SlackSecret, token: string): string | null {
  if (/[\r\n\0]/.test(token)) return 'must hold the secret alone, on one line';
  if (key === 'botToken' && token.startsWith('xapp-'))
    return 'is an app-level token (xapp-…): it belongs in appToken';
  if (key === 'botToken' && token.startsWith('xoxp-'))
    return 'is a user token (xoxp-…): take the bot token (xoxb-…)';
  if (key === 'appToken' && token.startsWith('xox')) return 'is not an app-level token (xapp-…)';
  if (key === 'signingSecret' && /^xox|^xapp-/.test(token)) return 'is a token, not the signing secret';
  return null;
}
