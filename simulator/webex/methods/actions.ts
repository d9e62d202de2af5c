/** What people pressed, and the files that they and the bot shared. https://developer.webex.com/docs/api/v1/attachment-actions */
import { botRoom, botSees } from '../rooms.ts';
import { showAction } from '../show.ts';
import type { World } from '../world.ts';
import { type Methods, notFound, ok, type Refusal, type Reply } from './method.ts';

export const actionMethods: Methods = {
  'GET attachment/actions/{id}': {
    run(world, { id }) {
      const action = world.actions.get(id);
      const room = action === undefined ? undefined : botRoom(world, action.roomId);
      return action === undefined || room === undefined ? notFound() : ok(showAction(action));
    },
  },
  'GET contents/{id}': { run: (world, { id }) => content(world, id, true) },
  'HEAD contents/{id}': { run: (world, { id }) => content(world, id, false) },
};

function content(world: World, id: string, isWhole: boolean): Reply | Refusal {
  const file = world.files.get(id);
  const message = file === undefined ? undefined : world.messages.get(file.messageId);
  if (file === undefined || message === undefined || !botSees(world, message)) return notFound();
  const headers = {
    'content-type': file.type || 'application/octet-stream',
    'content-length': String(file.content.length),
    'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"`,
  };
  return { status: 200, body: isWhole ? file.content : null, headers };
}
