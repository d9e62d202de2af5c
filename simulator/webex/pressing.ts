/** People pressing the buttons of cards. */
import { findSubmit } from './card.ts';
import { gather } from './inputs.ts';
import type { JsonObject } from './json.ts';
import type { Action } from './model.ts';
import { messageNow, personNamed, roomNamed } from './named.ts';
import type { People } from './people.ts';
import type { World } from './world.ts';

export function createPressing(world: World): Pick<People, 'press' | 'pressAnything'> {
  function act(personId: string, messageId: string, roomId: string, inputs: JsonObject): Action {
    const id = world.ids.next('ATTACHMENT_ACTION');
    const action: Action = { id, messageId, roomId, personId, inputs, created: world.clock.now() };
    world.actions.set(id, action);
    world.journal.add({ type: 'pressed', action, at: action.created });
    return action;
  }
  return {
    async press(who, on, action, inputs = {}) {
      const person = personNamed(world, who);
      const message = messageNow(world, on);
      const room = world.rooms.get(message.roomId);
      if (!room?.members.includes(person.id)) throw new Error(`${person.name} does not see that message`);
      if (message.card === null) throw new Error('that message has no card');
      const submit = findSubmit(message.card, action);
      return act(person.id, message.id, room.id, { ...submit.data, ...gather(submit.inputs, inputs) });
    },
    async pressAnything(who, messageId, inputs, where) {
      const person = personNamed(world, who);
      const message = world.messages.get(messageId) ?? world.graves.get(messageId);
      const room = message?.roomId ?? roomNamed(world, where ?? `@${person.name}`).id;
      return act(person.id, messageId, room, inputs);
    },
  };
}
