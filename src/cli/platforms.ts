/** The chat platforms that risbot can be in: a row each. */
import type { ChatMetrics, ChatProxy } from '../chat/report.ts';
import { ChatError } from '../chat.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import type { Platform } from '../operations/supervise.ts';

/** What every platform is built with, besides its own settings. */
export interface Common {
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: ChatMetrics;
  readonly proxy?: ChatProxy;
}

/** Loads and builds it. SDKs take a while to load, and nothing else needs them. */
type Open = (common: Common) => Promise<Platform>;

interface Row {
  readonly name: string;
  /** What to set, for whoever has set nothing. */
  readonly setup: string;
  /** Null when it is not configured. */
  opener(config: Config): Open | null;
}

const PLATFORMS: readonly Row[] = [
  row(
    'slack',
    'Slack: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET), or write slack: into the file; docs/slack.md shows how.',
    async ({ botToken, appToken, signingSecret, apiUrl, port, teams }, common) => {
      const { createSlack } = await import('../../adapters/slack/slack.ts');
      return createSlack({
        botToken: botToken.reveal(),
        ...(appToken && { appToken: appToken.reveal() }),
        ...(signingSecret && { signingSecret: signingSecret.reveal() }),
        ...(apiUrl !== null && { apiUrl }),
        port,
        ...(teams.length > 0 && { teams }),
        ...common,
      });
    },
  ),
  row(
    'webex',
    'Webex: set WEBEX_TOKEN, or write webex: into the file; docs/webex.md shows how.',
    async ({ token, webhook, port, apiUrl, discoveryUrl, orgs }, common) => {
      const { createWebex } = await import('../../adapters/webex/webex.ts');
      return createWebex({
        token: token.reveal(),
        ...(webhook && { webhooks: { url: webhook.url, secret: webhook.secret.reveal(), port } }),
        ...(apiUrl !== null && { apiUrl }),
        ...(discoveryUrl !== null && { discoveryUrl }),
        ...(orgs.length > 0 && { orgs }),
        ...common,
      });
    },
  ),
];

/** A platform by the name of its section in the configuration. */
function row<Name extends 'slack' | 'webex'>(
  name: Name,
  setup: string,
  open: (settings: NonNullable<Config[Name]>, common: Common) => Promise<Platform>,
): Row {
  return {
    name,
    setup,
    opener(config) {
      const settings = config[name];
      return settings === null ? null : (common) => open(settings, common);
    },
  };
}

/** Said when none is configured. */
export const NO_PLATFORM = [
  'risbot: no chat platform is configured, so there is nobody to answer. Any of these is enough:',
  ...PLATFORMS.map(({ setup }) => `  ${setup}`),
  '  In this terminal: risbot chat',
  '',
].join('\n');

/** Those that are configured, in the order of the table. Each call of `open` gives a platform that has not been started. */
export function configuredPlatforms(
  config: Config,
): readonly { readonly name: string; open(common: Common): Platform }[] {
  return PLATFORMS.flatMap(({ name, opener }) => {
    const open = opener(config);
    return open === null ? [] : [{ name, open: (common: Common) => openedLate(name, () => open(common)) }];
  });
}

/**
 * A platform that is loaded and built when it is started: what cannot be loaded or built is then no worse than what cannot be reached, and
 * the other platforms do not wait for it.
 */
export function openedLate(name: string, open: () => Promise<Platform>): Platform {
  let platform: Platform | null = null;
  const stopping = Promise.withResolvers<never>();
  // Where nobody is starting, nobody needs to hear of it.
  stopping.promise.catch(() => undefined);
  const opened = () => {
    if (platform === null) throw new ChatError('unreachable', 'not started');
    return platform;
  };
  return {
    name,
    status: () => platform?.status() ?? { connected: false, reason: null },
    async start(core) {
      // Stopped while it is being loaded: nothing is begun that nobody would end.
      platform = await Promise.race([stopping.promise, open()]);
      const built = platform;
      await built.start(core);
    },
    post: async (...said) => opened().post(...said),
    update: async (...said) => opened().update(...said),
    async stop() {
      stopping.reject(new ChatError('unreachable', 'stopped'));
      await platform?.stop();
    },
  };
}
