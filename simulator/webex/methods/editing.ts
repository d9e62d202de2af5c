/** PUT /messages/{id}. https://developer.webex.com/docs/api/v1/messages/edit-a-message */
import { checkEdit, type Sound } from '../check/message.ts';
import { type JsonObject, textAt } from '../json.ts';
import type { Message } from '../model.ts';
import { botSees, replace } from '../rooms.ts';
import { showMessage } from '../show.ts';
import { sentWords } from '../words.ts';
import type { World } from '../world.ts';
import { type Asked, denial, isRefusal, notFound, ok, type Refusal, type Reply, refusal } from './method.ts';

export function editMessage(world: World, { id, body }: Asked): Reply | Refusal {
  const message = world.messages.get(id);
  if (message === undefined || !botSees(world, message)) return notFound();
  const denied = deny(world, message, body);
  if (denied !== null) return denied;
  const checked = checkEdit(body);
  return isRefusal(checked) ? checked : ok(showMessage(world, change(world, message, checked)));
}

function deny(world: World, message: Message, body: JsonObject): Refusal | null {
  if (message.personId !== world.bot.id) return refusal(403, 'Only whoever wrote a message can edit it');
  if (textAt(body, 'roomId') !== message.roomId) return refusal(400, "'roomId' is not the message's");
  const isRich = message.card !== null || body['attachments'] !== undefined;
  if (message.files.length > 0 || (isRich && !world.cardEdits)) {
    return denial(400, 'Editing messages with files or attachments is not supported');
  }
  if (message.edits < world.edits) return null;
  return denial(400, `The message has reached its limit of ${world.edits} edits`);
}

/** What is not said again is not there any more. */
function change(world: World, message: Message, checked: Sound): Message {
  const { markdown: _markdown, html: _html, ...kept } = message;
  const { text, markdown, html, card, passed } = checked;
  return replace(world, {
    ...kept,
    ...sentWords(world, text, markdown, html),
    card,
    passed,
    edits: message.edits + 1,
    updated: world.clock.now(),
  });
}
