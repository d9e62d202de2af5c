/** What people do in Webex, and what the bot gets to hear of it. */
import type { JsonObject } from './json.ts';
import type { Action, Message } from './model.ts';

/** `who` is a name, address or id of a person, `where` the title or id of a space, or `@anna` for her direct space with the bot. */
export interface People {
  /**
   * Writes a message: `@risbot` becomes a mention, everything else stays what it is. Resolves once it stands there; the webhooks are
   * on their way then. Throws when the person is not in the space, or deleted.
   */
  say(where: string, who: string, text: string, more?: SayMore): Promise<Message>;
  /** Edits a message of a person. */
  edit(message: Message, text: string, more?: Pick<SayMore, 'as'>): Promise<Message>;
  /** Deletes a message, by whoever wrote it or `who`, as a moderator can. */
  remove(message: Message, who?: string): Promise<void>;
  /**
   * Presses an Action.Submit of the card on the message as it stands now: by its title, or by (a part of) its data. `inputs` by the ids of
   * the inputs; the others keep what the card gives them. Throws when the person cannot see the message, the card does not have the
   * button, or an input would not pass in a client (then with its errorMessage).
   */
  press(
    who: string,
    on: Message,
    action: string | JsonObject,
    inputs?: Readonly<Record<string, string>>,
  ): Promise<Action>;
  /** A press on something that is not there: an old card's, a deleted message's, or a forged one. `where` only for ids that never were. */
  pressAnything(who: string, messageId: string, inputs: JsonObject, where?: string): Promise<Action>;
}

export interface SayMore {
  /** The message whose thread it is said in. */
  readonly parent?: Message;
  /** Name and content of files shared with it. */
  readonly files?: readonly { readonly name: string; readonly content: string | Buffer }[];
  /** What the text is: typed as it stands (default), markdown or HTML of Webex. */
  readonly as?: 'text' | 'markdown' | 'html';
}
