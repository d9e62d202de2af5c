/** views.*: modals and home tabs. https://docs.slack.dev/reference/methods/views.open */
import { isRefusal, type Refusal, refusal } from '../check/message.ts';
import { checkView } from '../check/view.ts';
import { isObject, type Json, type JsonObject, readJson, textAt } from '../json.ts';
import type { View } from '../model.ts';
import { showView } from '../show.ts';
import type { Trigger } from '../triggers.ts';
import { currentView, openView, publishHome, rewriteView } from '../windows.ts';
import type { World } from '../world.ts';
import type { Methods } from './method.ts';

export const viewMethods: Methods = {
  'views.open': {
    tier: 4,
    scopes: [],
    run: (world, args) => triggered(world, args, (user, sent) => openView(world, user, sent)),
  },
  'views.update': {
    tier: 4,
    scopes: [],
    run(world, args) {
      const view = currentView(world, textAt(args, 'view_id'), textAt(args, 'external_id'));
      if (view === undefined) return refusal('not_found');
      const hash = textAt(args, 'hash');
      if (hash !== undefined && hash !== view.hash) return refusal('hash_conflict');
      const sent = goodView(args, 'modal');
      return isRefusal(sent) ? sent : { view: showView(world, rewriteView(world, view, sent)) };
    },
  },
  'views.publish': {
    tier: 4,
    scopes: [],
    run(world, args) {
      const user = textAt(args, 'user_id') ?? '';
      if (!world.users.has(user)) return refusal('user_not_found');
      const hash = textAt(args, 'hash');
      const before = world.homes.get(user);
      if (hash !== undefined && before !== undefined && hash !== before.hash) return refusal('hash_conflict');
      const sent = goodView(args, 'home');
      return isRefusal(sent) ? sent : { view: showView(world, publishHome(world, user, sent)) };
    },
  },
};

/** With a trigger_id that is good, and a view that is too; only then the trigger counts as used. */
function triggered(
  world: World,
  args: JsonObject,
  show: (user: string, sent: JsonObject) => View | Refusal,
): JsonObject | Refusal {
  const trigger: Trigger | string = world.triggers.check(textAt(args, 'trigger_id') ?? '');
  if (typeof trigger === 'string') return refusal(trigger);
  const sent = goodView(args, 'modal');
  if (isRefusal(sent)) return sent;
  const view = show(trigger.user, sent);
  if (isRefusal(view)) return view;
  trigger.used = true;
  return { view: showView(world, view) };
}

/** The view in the arguments, as an object or as JSON of one. */
function goodView(args: JsonObject, surface: 'modal' | 'home'): JsonObject | Refusal {
  const given = args['view'];
  const view: Json | undefined = typeof given === 'string' ? readJson(given) : given;
  if (!isObject(view)) return refusal('invalid_arguments', ['missing required field: view [json-pointer:/]']);
  const problems = checkView(view, surface);
  return problems.length === 0 ? view : refusal('invalid_arguments', problems);
}
