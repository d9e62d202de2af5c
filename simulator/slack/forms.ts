/** People filling in, submitting and closing modals. https://docs.slack.dev/surfaces/modals */
import { reject } from './api.ts';
import { checkView } from './check/view.ts';
import type { Courier } from './deliver.ts';
import { chosen, findElement } from './elements.ts';
import { isObject, type JsonObject, objectAt, textAt } from './json.ts';
import type { User, View } from './model.ts';
import { userNamed } from './named.ts';
import { viewPayload } from './payloads.ts';
import type { Filled, People, Submitted } from './people.ts';
import { type Offered, offeredKey } from './pressing.ts';
import { closeTop, currentView, pushView, rewriteView } from './windows.ts';
import type { World } from './world.ts';

export function createForms(
  world: World,
  courier: Courier,
  offered: Offered,
): Pick<People, 'submit' | 'closeView'> {
  return {
    async submit(who, view, values) {
      const user = userNamed(world, who);
      const now = openFor(world, user, view);
      for (const [name, value] of Object.entries(values)) fill(world, user, now, name, value, offered);
      const trigger = world.triggers.issue(user.id, now.id);
      const payload = viewPayload(world, user, now, trigger);
      const delivery = await courier.deliver({ kind: 'interactive', id: trigger, payload, answers: true });
      // Slack keeps the modal open with a word of regret when nobody answers.
      if (delivery.outcome !== 'acknowledged') return { delivery, errors: null, view: now };
      return { delivery, ...follow(world, now, delivery.answer ?? {}) };
    },
    async closeView(who, view) {
      const user = userNamed(world, who);
      const now = openFor(world, user, view);
      closeTop(world, user.id, now.sent['clear_on_close'] === true);
      if (now.sent['notify_on_close'] !== true) return null;
      const payload = viewPayload(world, user, now, null);
      return courier.deliver({ kind: 'interactive', id: world.ids.next('Cl'), payload, answers: false });
    },
  };
}

function openFor(world: World, user: User, view: View): View {
  const now = currentView(world, view.id);
  if (now === undefined || now.user !== user.id)
    throw new Error(`${user.name} does not have that modal open`);
  return now;
}

function fill(world: World, user: User, view: View, name: string, value: Filled, offered: Offered): void {
  const { element, blockId, actionId } = findElement(view.blocks, name);
  const type = textAt(element, 'type') ?? '';
  const suggested = offered.get(offeredKey(user, view, actionId)) ?? [];
  world.viewStates.set(view.id, blockId, actionId, { type, ...chosen(element, value, suggested) });
}

/** What the answer to a submission does. https://docs.slack.dev/surfaces/modals#response_actions */
function follow(world: World, view: View, answer: JsonObject): Pick<Submitted, 'errors' | 'view'> {
  const action = textAt(answer, 'response_action');
  switch (action) {
    case undefined:
      closeTop(world, view.user, false);
      return { errors: null, view: top(world, view.user) };
    case 'clear':
      closeTop(world, view.user, true);
      return { errors: null, view: null };
    case 'errors':
      return { errors: errorsOf(world, view, answer), view };
    case 'update':
    case 'push':
      return { errors: null, view: show(world, view, action, answer) };
    default:
      reject(world, 'acknowledgement', 'invalid_response_action', [], answer);
      return { errors: null, view };
  }
}

function show(world: World, view: View, action: 'update' | 'push', answer: JsonObject): View {
  const sent = objectAt(answer, 'view');
  const problems = checkView(sent, 'modal');
  if (sent === undefined || problems.length > 0) {
    reject(world, 'acknowledgement', 'invalid_arguments', problems, answer);
    return view;
  }
  return action === 'update' ? rewriteView(world, view, sent) : pushView(world, view.user, sent);
}

/** Errors belong to input blocks; one for anything else is refused as a whole. */
function errorsOf(world: World, view: View, answer: JsonObject): Readonly<Record<string, string>> {
  const given = answer['errors'];
  const inputs = view.blocks.filter((block) => block['type'] === 'input').map((block) => block['block_id']);
  const entries = isObject(given) ? Object.entries(given) : [];
  const strays = entries.filter(([id, words]) => !inputs.includes(id) || typeof words !== 'string');
  if (strays.length > 0 || entries.length === 0) {
    const problems = strays.map(([id]) => `no input block ${id}`);
    reject(world, 'acknowledgement', 'invalid_errors', problems, answer);
    return {};
  }
  return Object.fromEntries(entries.map(([id, words]) => [id, String(words)]));
}

function top(world: World, user: string): View | null {
  return world.views.get(world.stacks.get(user)?.at(-1) ?? '') ?? null;
}
