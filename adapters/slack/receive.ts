/** What Slack delivers, acknowledged first and dealt with after: events, the command, buttons, the form, the shortcut. */
import type { AllMiddlewareArgs, AnyMiddlewareArgs, App } from '@slack/bolt';
import type { ChatMetrics, Log } from '../../src/chat/report.ts';
import type { Seen } from '../../src/chat/seen.ts';
import type { Core } from '../../src/chat.ts';
import type { Clock } from '../../src/clock.ts';
import { type Arrival, readArrival, textAt, valueAt } from './arrival.ts';
import type { Press } from './buttons.ts';
import type { Confidant } from './confide.ts';
import type { Desk } from './desk.ts';
import { asQuestion, extractSubjects } from './extract.ts';
import {
  buildOptions,
  chosenCluster,
  EMPTY_FORM,
  FORM,
  type FormState,
  LOOK_FOR,
  MOST_OPTIONS,
  OPEN_FORM,
  readForm,
} from './form.ts';
import { type Forms, readMetadata } from './forms.ts';
import { commandText, everyText, messageText } from './incoming-text.ts';
import type { Kin, Kinship } from './kinship.ts';
import type { Replies } from './reply.ts';
import type { Responder } from './respond.ts';
import { COMMAND, SHORTCUT } from './scopes.ts';
import type { Spot } from './speak.ts';
import { tooManyFound, WORDS } from './words.ts';

export interface ReceiveOptions {
  readonly core: Core;
  readonly desk: Desk;
  readonly forms: Forms;
  readonly replies: Replies;
  readonly confidant: Confidant;
  readonly responder: Responder;
  readonly press: (press: Press) => Promise<void>;
  readonly publishHome: (person: string) => Promise<void>;
  readonly seen: Seen;
  /** The bot's own user, `U…`. */
  readonly bot: string;
  readonly kin: Kin;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ChatMetrics;
}

/** Subtypes of a message that a person wrote. */
const SPOKEN: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast']);

/** Registers everything with Bolt. */
export function listen(app: App, options: ReceiveOptions): void {
  app.use((args) => admit(args, options));
  listenToWords(app, options);
  listenToPresses(app, options);
  listenToForm(app, options);
}

type AnyArgs = AllMiddlewareArgs & AnyMiddlewareArgs;

/** Acknowledges, drops what was here before, and refuses people of other workspaces. */
async function admit(args: AnyArgs, options: ReceiveOptions): Promise<void> {
  const { seen, kin, metrics, clock } = options;
  const arrival = readArrival(args.body);
  const isNew = arrival.key === null || seen.first(arrival.key);
  const kinship = kin.judge(arrival);
  const isOurs = kinship === 'ours';
  // Selects and forms say something with their acknowledgement; Bolt has acknowledged events by itself.
  const later = isNew && isOurs && ('options' in args || 'view' in args);
  if (!later && 'ack' in args && typeof args.ack === 'function') await (args.ack as () => Promise<void>)();
  metrics.acknowledged(clock.monotonic() - receivedAt(args, clock));
  if (!isNew) return;
  if (isOurs) return args.next();
  if (isAddressed(args.body, options.bot)) refuse(arrival, kinship, options);
}

function refuse(arrival: Arrival, kinship: Kinship, options: ReceiveOptions): void {
  const { desk, confidant, responder, log } = options;
  const { person, channel, thread, teams } = arrival;
  log.warn({ person, teams, kinship }, 'somebody of another Slack workspace was not answered');
  // A button of App Home stands in no channel; a form that was sent off does not either, and nobody of elsewhere has one.
  const isPress = arrival.triggerId !== undefined;
  if (person === '' || (channel === null && !isPress)) return;
  const spot = { channel: channel ?? person, thread };
  const ticket = responder.ticket(arrival.responseUrl);
  const words = kinship === 'unsure' ? WORDS.unsure : WORDS.elsewhere;
  desk.begin(spot, person, () => confidant.note({ spot, person, ticket }, words));
}

/** Whether somebody waits for an answer. */
function isAddressed(body: unknown, bot: string): boolean {
  const event = valueAt(body, 'event');
  return event === undefined || textAt(event, 'type') === 'app_mention' || isSpoken(event, bot);
}

function receivedAt({ context }: Pick<AnyArgs, 'context'>, clock: Clock): number {
  const at: unknown = context['receivedAt'];
  return typeof at === 'number' ? at : clock.monotonic();
}

/** Whether a person said it: no bot, risbot least of all, and no note of Slack's about an edit or a removal. */
function isSpoken(event: unknown, bot: string): boolean {
  const subtype = textAt(event, 'subtype');
  const person = textAt(event, 'user');
  if (person === undefined || person === bot || textAt(event, 'bot_id') !== undefined) return false;
  return subtype === undefined || SPOKEN.has(subtype);
}

function listenToWords(app: App, options: ReceiveOptions): void {
  const { clock, desk, forms, replies, responder, seen, bot } = options;

  /** A message to risbot, once: an edit, or the same message as another event, is not a second question. */
  const hear = (body: unknown, said: unknown, spot: Spot, at: number) => {
    const { person, channel, ts } = readArrival(body);
    if (!isSpoken(said, bot) || channel === null || !seen.first(`said:${channel}:${ts}`)) return;
    const text = messageText(said, bot);
    desk.begin(spot, person, () =>
      text === ''
        ? forms.offer(spot)
        : desk.ask({ text, person, spot, reply: replies.open(spot), receivedAt: at }),
    );
  };

  app.event('app_mention', async ({ body, event, context }) => {
    const spot = { channel: event.channel, thread: event.thread_ts ?? event.ts };
    hear(body, event, spot, receivedAt({ context }, clock));
  });

  app.event('message', async ({ body, event, context }) => {
    if (event.channel_type !== 'im') return;
    const spot = { channel: event.channel, thread: textAt(event, 'thread_ts') };
    hear(body, event, spot, receivedAt({ context }, clock));
  });

  app.command(COMMAND, async ({ command, body, context }) => {
    const arrival = readArrival(body);
    const { person } = arrival;
    const spot = { channel: command.channel_id };
    const text = commandText(command.text, bot);
    const at = receivedAt({ context }, clock);
    desk.begin(spot, person, () => {
      if (text === '') return forms.open(arrival, { spot, open: false });
      const reply = replies.aside({ spot, person, ticket: responder.ticket(arrival.responseUrl) });
      return desk.ask({ text, person, spot, reply, receivedAt: at });
    });
  });

  app.event('app_home_opened', async ({ event }) => {
    if (event.tab !== 'home') return;
    desk.begin({ channel: event.user }, event.user, () => options.publishHome(event.user));
  });
}

function listenToPresses(app: App, options: ReceiveOptions): void {
  const { clock, desk, forms, press, replies, confidant, responder, bot } = options;

  app.action(/^/, async ({ body, action, context }) => {
    const arrival = readArrival(body);
    const actionId = textAt(action, 'action_id') ?? '';
    const spot = { channel: arrival.channel ?? arrival.person, thread: arrival.thread };
    // A link was followed, or a field of the form was filled in: nothing to do.
    if (textAt(action, 'url') !== undefined) return;
    if (actionId.startsWith('form:') && actionId !== OPEN_FORM) return;
    desk.begin(spot, arrival.person, () =>
      actionId === OPEN_FORM
        ? forms.open(arrival, { spot, open: true })
        : press({
            arrival,
            actionId,
            blockId: textAt(action, 'block_id') ?? '',
            value: textAt(action, 'value'),
            receivedAt: receivedAt({ context }, clock),
          }),
    );
  });

  app.shortcut({ type: 'message_action', callback_id: SHORTCUT }, async ({ body, context }) => {
    const arrival = readArrival(body);
    const { person, channel, ts } = arrival;
    if (channel === null) return;
    const spot = { channel, thread: arrival.thread ?? ts };
    const ticket = responder.ticket(arrival.responseUrl);
    // Shown to one person alone in a thread that nobody has begun, it would be seen by nobody.
    const ear = { spot: { channel, thread: arrival.thread }, shareTo: spot, person, ticket };
    const { subjects, left } = extractSubjects(everyText(valueAt(body, 'message'), bot));
    const at = receivedAt({ context }, clock);
    desk.begin(spot, person, async () => {
      if (subjects.length === 0) return confidant.note(ear, WORDS.nothingFound);
      const reply = replies.aside(ear);
      await desk.ask({ text: asQuestion(subjects), person, spot, reply, receivedAt: at });
      if (left > 0) await confidant.note(ear, tooManyFound(subjects.length, left));
    });
  });
}

function listenToForm(app: App, options: ReceiveOptions): void {
  const { clock, core, desk, forms } = options;

  const askerOf = (body: unknown) => {
    const { person } = readArrival(body);
    return desk.asker(person, readMetadata(textAt(body, 'view.private_metadata') ?? '', person).spot);
  };

  app.options(LOOK_FOR, async ({ body, ack }) => {
    const typed = textAt(body, 'value') ?? '';
    const known = core.suggest(typed, chosenCluster(stateOf(body)), MOST_OPTIONS, await askerOf(body));
    await ack({ options: buildOptions(typed, known) });
  });

  app.view(FORM, async ({ body, view, ack, context }) => {
    const [first] = core.formFor(await askerOf(body)).clusters;
    const text = readForm(stateOf(body), first);
    if (text === null) return ack({ response_action: 'errors', errors: EMPTY_FORM });
    await ack();
    const { person } = readArrival(body);
    const { spot, reply } = forms.replyTo(view.private_metadata, person);
    const at = receivedAt({ context }, clock);
    desk.begin(spot, person, () => desk.ask({ text, person, spot, reply, receivedAt: at }));
  });
}

function stateOf(body: unknown): FormState {
  const state = valueAt(body, 'view.state.values');
  return typeof state === 'object' && state !== null ? (state as FormState) : {};
}
