/** The `slack:` section. */
import { z } from 'zod';
import type { SlackConfig } from './config.ts';
import { type Credentials, givenTwice, isGiven, secretOf, sectionOf } from './credentials.ts';
import type { Problem } from './problem.ts';
import type { Raw } from './raw.ts';
import { createSecret } from './secret.ts';
import { address, FILE, LINE, listOf, text, whole, withSlash } from './shapes.ts';

export type SlackSecret = 'botToken' | 'appToken' | 'signingSecret';

export const SLACK: Credentials<SlackSecret> = {
  section: 'slack',
  keys: ['botToken', 'appToken', 'signingSecret'],
  problem: tokenProblem,
};

/** risbot in Slack. */
export const slack = z.strictObject(
  {
    botToken: text(LINE).optional(),
    botTokenFile: text(FILE).optional(),
    appToken: text(LINE).optional(),
    appTokenFile: text(FILE).optional(),
    signingSecret: text(LINE).optional(),
    signingSecretFile: text(FILE).optional(),
    apiUrl: address('must be the address of the Web API, https://slack.com/api/', 'the token')
      .transform(withSlash)
      .optional(),
    port: whole(0, 65_535).default(3000),
    teams: listOf(
      'workspaces',
      text('must be the id of a workspace (T012AB3CD) or organisation (E012AB3CD)', /^[TE][A-Z0-9]{1,30}$/),
    ).optional(),
  },
  { error: 'must hold settings: botToken, appToken or signingSecret …' },
);

/** What holds between the settings of Slack. */
export function slackProblems(raw: Raw): readonly Problem[] {
  const section = sectionOf(raw, 'slack');
  if (section === null) return [];
  const at = (key: string, message: string) => ({ ...raw.locate(['slack', key]), message });
  const problems = [...givenTwice(raw, SLACK)];
  if (!isGiven(section, 'botToken')) problems.push(at('botToken', 'is missing'));
  if (!isGiven(section, 'appToken') && !isGiven(section, 'signingSecret')) {
    problems.push(at('appToken', 'is missing: it, or signingSecret to be called over HTTP'));
  }
  return problems;
}

/** A token in another's place: the first thing that goes wrong when they are pasted. Null when it is none of those. */
function tokenProblem(key: SlackSecret, token: string): string | null {
  if (key === 'botToken' && token.startsWith('xapp-'))
    return 'is an app-level token (xapp-…): it belongs in appToken';
  if (key === 'botToken' && token.startsWith('xoxp-'))
    return 'is a user token (xoxp-…): take the bot token (xoxb-…)';
  if (key === 'appToken' && token.startsWith('xox')) return 'is not an app-level token (xapp-…)';
  if (key === 'signingSecret' && /^xox|^xapp-/.test(token)) return 'is a token, not the signing secret';
  return null;
}

export function slackConfig(
  { apiUrl, port, teams = [] }: z.output<typeof slack>,
  secrets: ReadonlyMap<SlackSecret, string>,
): SlackConfig {
  return {
    botToken: secretOf(secrets, 'botToken') ?? createSecret(''),
    appToken: secretOf(secrets, 'appToken'),
    signingSecret: secretOf(secrets, 'signingSecret'),
    apiUrl: apiUrl ?? null,
    port,
    teams,
  };
}
