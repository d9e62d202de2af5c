/** What people do in Slack, and what the bot gets to hear of it. */
import type { JsonObject } from './json.ts';
import type { Delivery, Message, View } from './model.ts';

/** What a slash command came to. */
export interface Slashed {
  /** Slack tells the person `operation_timeout` or `dispatch_failed` when it was not acknowledged. */
  readonly delivery: Delivery;
  /** The message that the acknowledgement carried. */
  readonly message: Message | null;
}

export interface Submitted {
  readonly delivery: Delivery;
  /** Block id → what is wrong, when the bot answered with errors. */
  readonly errors: Readonly<Record<string, string>> | null;
  /** The view that is on top now: the same one after errors, an updated or pushed one, or null: closed. */
  readonly view: View | null;
}

/** A choice that a select offers. */
export interface Choice {
  readonly text: string;
  readonly value: string;
}

/** Something filled in: text for inputs, the value of an option for selects, several for multi-selects and checkboxes. */
export type Filled = string | readonly string[] | null;

/** `who` is a name or id of a person, `where` `#voice`, an id, or `@anna` for her direct messages with the bot. */
export interface People {
  /**
   * Types a message: `@risbot` becomes a mention, `&<>` are encoded, addresses become links, `*bold*`, `_italic_`, `~strike~`, code,
   * lists (`- `, `1. `) and quotes (`> `) become formatting. Resolves once it stands there; the events (message, app_mention) are on
   * their way then.
   */
  say(where: string, who: string, text: string, more?: SayMore): Promise<Message>;
  /** Edits a message; the event is message_changed, and app_mention does not come again. */
  edit(message: Message, text: string): Promise<Message>;
  /** Deletes a message; the event is message_deleted. */
  remove(message: Message): Promise<void>;
  /** Resolves when it was acknowledged, or was not in time. */
  slash(who: string, where: string, command: string, text?: string): Promise<Slashed>;
  /**
   * Presses a button, or chooses in a select or from an overflow menu, by action_id or label. Throws when the message or view does
   * not have it, or the person cannot see the message.
   */
  press(who: string, on: Message | View, action: string, choice?: Filled): Promise<Delivery>;
  /** Sends an action that stands nowhere: an old card's, or a forged one. */
  pressAnything(
    who: string,
    on: Message,
    action: { actionId: string; value: string; blockId?: string },
  ): Promise<Delivery>;
  /** Fills in by action_id, block_id or label, and submits. Throws on a name that the view does not have. */
  submit(who: string, view: View, values: Readonly<Record<string, Filled>>): Promise<Submitted>;
  /** Closes a modal; the bot hears of it when the view has notify_on_close. */
  closeView(who: string, view: View): Promise<Delivery | null>;
  /** Types into an external select; the choices offered, or none when the bot was late. */
  suggest(who: string, on: Message | View, action: string, typed: string): Promise<readonly Choice[]>;
  /** A shortcut from a message's menu. */
  shortcut(who: string, message: Message, callbackId: string): Promise<Delivery>;
  /** A shortcut from the search or the composer. */
  globalShortcut(who: string, callbackId: string): Promise<Delivery>;
  openHome(who: string): Promise<Delivery>;
}

export interface SayMore {
  /** The message whose thread it is said in. */
  readonly thread?: Message;
  /** Name and content of files shared with it. */
  readonly files?: readonly { readonly name: string; readonly content: string }[];
  /** Instead of the block that the composer makes: what another client or an app sends; none for a message that is text alone. */
  readonly blocks?: readonly JsonObject[];
}
