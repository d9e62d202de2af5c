/** Puts the parts together that a start needs: who the bot is, the core, and Bolt that hands deliveries on. */
import { App, type Receiver } from '@slack/bolt';
import type { AuthTestResponse } from '@slack/web-api';
import { createMemory } from '../../src/chat/memory.ts';
import { SILENT_METRICS } from '../../src/chat/report.ts';
import { createSeen } from '../../src/chat/seen.ts';
import type { Core } from '../../src/chat.ts';
import { createButtons } from './buttons.ts';
import { createDesk, type Desk } from './desk.ts';
import { createForms } from './forms.ts';
import { createGroups } from './groups.ts';
import { createHome } from './home.ts';
import { createKin } from './kinship.ts';
import type { SlackOptions } from './options.ts';
import type { Parts } from './parts.ts';
import { quietLogger } from './quiet-logger.ts';
import { listen } from './receive.ts';
import type { Ticket } from './respond.ts';
import { createShare } from './share.ts';

const HALF_HOUR_MS = 30 * 60_000;

export interface Attachment {
  readonly options: SlackOptions;
  readonly parts: Parts;
  readonly core: Core;
  readonly receiver: Receiver;
  /** As the token's check told. */
  readonly identity: AuthTestResponse;
  readonly questionsEnd: AbortSignal;
}

/** Registers everything with Bolt. Deliveries come once the receiver is started. */
export function attach({ options, parts, core, receiver, identity, questionsEnd }: Attachment): Desk {
  const { clock, log, metrics = SILENT_METRICS } = options;
  const { client } = parts.web;
  const groups = createGroups(client, parts.run, clock, log);
  const desk = createDesk({ ...parts, core, groups, clock, log, metrics, signal: questionsEnd });
  const shared = { ...parts, core, desk, client, clock, log };
  const tickets = createMemory<Ticket>({ clock, keepMs: HALF_HOUR_MS, capacity: 2_000 });
  const share = createShare({ ...shared, kept: parts.shareables });
  listen(newApp(options, receiver, identity), {
    ...shared,
    forms: createForms({ ...shared, tickets }),
    press: createButtons({ ...shared, share }),
    publishHome: createHome(shared),
    seen: createSeen({ clock, keepMs: HALF_HOUR_MS, most: 50_000 }),
    bot: identity.user_id ?? '',
    kin: createKin({ listed: options.teams ?? [], identity, clock }),
    metrics,
  });
  return desk;
}

/** Bolt takes deliveries apart and hands them on; the token was checked already, and it sends nothing. */
function newApp(options: SlackOptions, receiver: Receiver, { bot_id, user_id }: AuthTestResponse): App {
  const app = new App({
    receiver,
    authorize: async () => ({
      botToken: options.botToken,
      ...(bot_id === undefined ? {} : { botId: bot_id }),
      ...(user_id === undefined ? {} : { botUserId: user_id }),
    }),
    convoStore: false,
    logger: quietLogger(options.log),
  });
  app.error(async (error) => {
    options.log.error({ err: error.original ?? error }, 'a delivery of Slack could not be dealt with');
  });
  return app;
}
