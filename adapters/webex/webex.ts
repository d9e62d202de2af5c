/** Webex as a chat: the framework's websocket or webhooks in, the REST API out. */
import { type Desk, finish } from '../../src/chat/desk.ts';
import type { Core } from '../../src/chat.ts';
import { attach } from './attach.ts';
import { WebexRefusal } from './failure.ts';
import type { Intake, IntakeOptions } from './intake.ts';
import { createLink } from './link.ts';
import type { Webex, WebexOptions } from './options.ts';
import { buildParts, type Parts } from './parts.ts';
import { type Person, readPerson } from './read.ts';
import { createWebhooks } from './webhooks.ts';

/** The token's check. */
const START_MS = 30_000;

/**
 * A Webex bot as a chat. Nothing is opened before `start`, which rejects with an error whose `reason` says why: Webex does not accept the
 * token, or cannot be reached, or news does not come in, within half a minute or one.
 */
export function createWebex(options: WebexOptions): Webex {
  const parts = buildParts(options);
  const questionsEnd = new AbortController();
  let intake: OurIntake | null = null;
  let desk: Desk | null = null;
  let starting: Promise<void> | null = null;
  let stopping: Promise<void> | null = null;

  async function begin(core: Core): Promise<void> {
    const bot = await whoAmI(parts, options);
    // Stopped meanwhile: nothing is opened that nobody would close.
    parts.ended.signal.throwIfAborted();
    const attached = attach({ options, parts, core, bot, questionsEnd: questionsEnd.signal });
    desk = attached.desk;
    intake = createIntake(options, parts, { ...attached, bot: bot.id });
    await intake.start();
  }

  async function end(): Promise<void> {
    await intake?.stop();
    if (desk !== null) await finish(desk, questionsEnd, options.clock);
    await parts.close();
    await starting?.catch(() => undefined);
    await intake?.stop();
  }

  return {
    name: 'webex',
    async start(core) {
      if (starting !== null) throw new Error('Webex is started already');
      starting = begin(core);
      await starting;
    },
    stop: () => {
      stopping ??= end();
      return stopping;
    },
    ...parts.unasked,
    status: parts.health.status,
    port: () => intake?.port?.() ?? null,
  };
}

type OurIntake = Intake & { port?(): number | null };

function createIntake(
  options: WebexOptions,
  { call }: Parts,
  hears: IntakeOptions & { readonly bot: string },
): OurIntake {
  const { webhooks } = options;
  return webhooks === undefined
    ? createLink({ ...options, ...hears })
    : createWebhooks({ ...options, ...hears, webhooks, call });
}

async function whoAmI({ call }: Parts, { clock }: WebexOptions): Promise<Person> {
  const giveUpAt = clock.monotonic() + START_MS;
  const bot = readPerson(await call('GET', 'people/{id}', { id: 'me', giveUpAt }));
  if (bot === null) throw new WebexRefusal('people.get', 'no bot stands behind the token');
  return bot;
}
