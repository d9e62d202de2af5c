/** Something that happened in a space, as webhooks and the websocket tell it. */
import type { JsonObject } from './json.ts';

export interface Occurrence {
  readonly resource: 'messages' | 'memberships' | 'rooms' | 'attachmentActions';
  readonly event: 'created' | 'updated' | 'deleted';
  /** Who did it, as the REST API names people. */
  readonly actorId: string;
  /** The thing as a webhook shows it: ids, people and times; never text, markdown or inputs. */
  readonly data: JsonObject;
  /** Epoch milliseconds. */
  readonly at: number;
}
