/** Slack as a chat: Socket Mode or HTTP in, the Web API and response_url out. */
import type { Receiver } from '@slack/bolt';
import { finish } from '../../src/chat/desk.ts';
import type { Core } from '../../src/chat.ts';
import { attach } from './attach.ts';
import type { Desk } from './desk.ts';
import { SlackLost } from './failure.ts';
import { createHttp } from './http.ts';
import type { Slack, SlackOptions } from './options.ts';
import { buildParts, type Parts } from './parts.ts';
import { createSockets } from './sockets.ts';

/** The token's check and the first socket. */
const START_MS = 30_000;
/**
 * A Slack workspace as a chat. Nothing is opened before `start`, which rejects with `SlackRefusal` when Slack does not accept a token
 * and with `SlackLost` when it cannot be reached within half a minute. Throws when there is neither an app token nor a signing secret.
 */
export function createSlack(options: SlackOptions): Slack {
  if (!options.appToken && !options.signingSecret) {
    throw new Error('Slack needs an app token, or a signing secret for HTTP');
  }
  const parts = buildParts(options);
  const questionsEnd = new AbortController();
  let receiver: OurReceiver | null = null;
  let desk: Desk | null = null;
  return {
    name: 'slack',
    async start(core: Core) {
      if (receiver !== null) throw new Error('Slack is started already');
      const opened = createReceiver(options, parts);
      receiver = opened;
      try {
        const { run, web } = parts;
        const giveUpAt = options.clock.monotonic() + START_MS;
        const identity = await run('auth.test', () => web.client.auth.test(), giveUpAt);
        const attachment = { options, parts, core, receiver: opened, identity };
        desk = attach({ ...attachment, questionsEnd: questionsEnd.signal });
        await withinTime(opened.start(), options.clock.timeout(START_MS));
      } catch (error) {
        // It may be started again: with Slack back, or another token behind the same name.
        receiver = null;
        await opened.stop().catch(() => undefined);
        throw error;
      }
    },
    async stop() {
      if (parts.ended.signal.aborted) return;
      await receiver?.stop().catch(() => undefined);
      if (desk !== null) await finish(desk, questionsEnd, options.clock);
      await parts.close();
    },
    ...parts.unasked,
    status: () => parts.health.status(),
    port: () => receiver?.port?.() ?? null,
  };
}

type OurReceiver = Receiver & { port?(): number | null };

/** Socket Mode when there is an app token, HTTP when there is only a signing secret. */
function createReceiver(options: SlackOptions, { web, health }: Parts): OurReceiver {
  const { appToken, signingSecret = '' } = options;
  return appToken
    ? createSockets({ ...options, appToken, web, health })
    : createHttp({ ...options, signingSecret, health });
}

/** The start of Socket Mode takes as long as Slack is away. */
async function withinTime(started: Promise<unknown>, over: AbortSignal): Promise<void> {
  const late = new Promise<never>((_resolve, reject) => {
    const giveUp = () => reject(new SlackLost('apps.connections.open', 'no socket within 30 s'));
    over.addEventListener('abort', giveUp, { once: true });
  });
  await Promise.race([started, late]);
}
