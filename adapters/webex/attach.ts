/** Puts the parts together that a start needs: who the bot is, the core, and what listens. */
import { createDesk, type Desk } from '../../src/chat/desk.ts';
import { SILENT_METRICS } from '../../src/chat/report.ts';
import { createSeen } from '../../src/chat/seen.ts';
import type { Core } from '../../src/chat.ts';
import { isClosedRoom } from './failure.ts';
import { createForms } from './forms.ts';
import { createGap } from './gap.ts';
import type { IntakeOptions } from './intake.ts';
import { createLookback } from './lookback.ts';
import type { WebexOptions } from './options.ts';
import type { Parts } from './parts.ts';
import { createPeople } from './people.ts';
import { createPlaces } from './places.ts';
import type { Person } from './read.ts';
import { createReceive } from './receive.ts';
import { lostAnswers, WORDS } from './words.ts';

/** Longer than the overlap of a look back, and than a delivery that comes again. */
const SEEN_MS = 30 * 60_000;
const MOST_SEEN = 50_000;

export interface Attachment {
  readonly options: WebexOptions;
  readonly parts: Parts;
  readonly core: Core;
  readonly bot: Person;
  readonly questionsEnd: AbortSignal;
}

export function attach(attachment: Attachment): IntakeOptions & { readonly desk: Desk } {
  const { options, parts, core, bot, questionsEnd } = attachment;
  const { clock, log, metrics = SILENT_METRICS, orgs } = options;
  const { call, speaker, replies, fresh, health } = parts;
  if (orgs === undefined && bot.org === '') {
    log.error(
      {},
      'Webex does not say which organisation the bot belongs to: everybody is a guest; set webex.orgs',
    );
  }
  const desk = createDesk({
    core,
    clock,
    log,
    metrics,
    signal: questionsEnd,
    async rescue(error, { asker: { person, place } }, view) {
      if (!isClosedRoom(error)) throw error;
      log.warn({ err: error, room: place.room }, 'answering in direct messages instead');
      await speaker.post({ room: person }, { markdown: WORDS.inDirectMessage, card: null });
      await replies.open({ room: person }).answer(view);
    },
    ownUp: (person, count) => replies.note({ room: person }, lostAnswers(count)),
  });
  const gap = createGap({
    health,
    lookBack: (since) => lookBack(since),
    fresh,
    note: replies.note,
    clock,
    log,
  });
  const notice = createReceive({
    ...parts,
    core,
    desk,
    people: createPeople(call, clock),
    places: createPlaces(call, bot.id),
    forms: createForms({ core, desk, replies, speaker }),
    seen: createSeen({ clock, keepMs: SEEN_MS, most: MOST_SEEN }),
    lost: gap.lost,
    bot,
    orgs: new Set(orgs ?? [bot.org]),
    clock,
    log,
  });
  const startedAt = clock.monotonic();
  const lookBack = (since: number) => {
    const look = createLookback({
      call,
      bot: bot.id,
      // By the clock as it is set now: the times of messages are by one that is right.
      startedAt: clock.now() - (clock.monotonic() - startedAt),
      hear: (id) => notice({ resource: 'messages', id }),
      missed: (spot) => replies.note(spot, WORDS.lateQuestions, { unasked: true }),
      log,
    });
    return look(since);
  };
  return { desk, notice, state: gap.state };
}
