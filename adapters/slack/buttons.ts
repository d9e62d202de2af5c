/** What happens when somebody presses a button. The command it carries is asked in the name of whoever pressed it. */

import type { Reply } from '../../src/chat/desk.ts';
import type { Memory } from '../../src/chat/memory.ts';
import { changesCard, createLatest, sendsFiles } from '../../src/chat/press.ts';
import type { Arrival } from './arrival.ts';
import type { Confidant, Ear } from './confide.ts';
import type { Desk } from './desk.ts';
import { isKept, readOwner } from './marks.ts';
import { readAction } from './render-actions.ts';
import type { Replies } from './reply.ts';
import type { Responder } from './respond.ts';
import { WORDS } from './words.ts';

export interface Press {
  readonly arrival: Arrival;
  readonly actionId: string;
  readonly blockId: string;
  readonly value: string | undefined;
  readonly receivedAt: number;
}

export interface ButtonsOptions {
  readonly desk: Desk;
  readonly replies: Replies;
  readonly responder: Responder;
  readonly commands: Memory<string>;
  readonly confidant: Confidant;
  readonly share: (key: string, ear: Ear) => Promise<void>;
}

/** Deals with a press. Rejects with what delivering rejects with. */
export function createButtons(options: ButtonsOptions): (press: Press) => Promise<void> {
  const { desk, replies, confidant, responder, commands, share } = options;
  const lastOnly = createLatest();

  return async (press: Press): Promise<void> => {
    const { arrival } = press;
    const { person } = arrival;
    const spot = { channel: arrival.channel ?? person, thread: arrival.thread };
    const owner = readOwner(press.blockId);
    const shareTo = { channel: spot.channel, thread: owner?.thread ?? spot.thread };
    const ear = { spot, shareTo, person, ticket: responder.ticket(arrival.responseUrl) };
    const note = (text: string) => confidant.note(ear, text);
    if (owner !== null && owner.person !== person) return note(WORDS.notYours);
    const pressed = readAction(press.actionId, press.value);
    if (pressed === null || pressed.type === 'outdated') return note(WORDS.tooOld);
    if (pressed.type === 'share') return share(pressed.value, ear);
    const command = pressed.type === 'command' ? pressed.command : commands.get(pressed.key);
    if (command === null) return note(WORDS.tooOld);
    const reply = replyTo(press, command, ear);
    await desk.ask({ text: command, person, spot, reply, receivedAt: press.receivedAt });
  };

  function replyTo({ arrival, blockId }: Press, command: string, ear: Ear): Reply {
    const { ts, alone, channel } = arrival;
    const { spot, person } = ear;
    // App Home has no room for an answer: it goes to the direct messages.
    if (channel === null || ts === undefined) return replies.open({ channel: person });
    const kept = isKept(blockId);
    if (!kept && changesCard(command)) {
      const card = { ...spot, ts, alone };
      return lastOnly(
        `${channel}:${ts}:${person}`,
        replies.instead({ card, ear, sendsFiles: sendsFiles(command) }),
      );
    }
    if (alone) return replies.aside(ear);
    if (channel.startsWith('D')) return replies.open(spot);
    const inThread = { channel, thread: spot.thread ?? ts };
    // What one of them asks about what was told to all is theirs until they share it.
    return kept ? replies.aside({ ...ear, shareTo: inThread }) : replies.open(inThread);
  }
}
