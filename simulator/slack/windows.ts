/** Modals and home tabs as people have them before them. */
import { withIds } from './check/blocks.ts';
import { type JsonObject, objectAt, objectsAt, textAt } from './json.ts';
import type { View } from './model.ts';
import type { World } from './world.ts';

export function openView(world: World, user: string, sent: JsonObject): View {
  const view = made(world, user, sent, null);
  world.stacks.set(user, [view.id]);
  world.journal.add({ type: 'opened', view, at: world.clock.now() });
  return view;
}

export function pushView(world: World, user: string, sent: JsonObject): View {
  const stack = world.stacks.get(user) ?? [];
  const below = world.views.get(stack.at(-1) ?? '') ?? null;
  const view = made(world, user, sent, below);
  world.stacks.set(user, [...stack, view.id]);
  world.journal.add({ type: 'pushed', view, at: world.clock.now() });
  return view;
}

/** The same view with other content; its id and what is filled in stay. */
export function rewriteView(world: World, before: View, sent: JsonObject): View {
  const { id, rootViewId, previousViewId, user } = before;
  const view = { ...content(world, user, sent), id, rootViewId, previousViewId };
  world.views.set(id, view);
  world.journal.add({ type: 'view-updated', view, at: world.clock.now() });
  return view;
}

export function publishHome(world: World, user: string, sent: JsonObject): View {
  const id = world.homes.get(user)?.id ?? world.ids.next('V');
  const view = { ...content(world, user, sent), id, rootViewId: id, previousViewId: null };
  world.homes.set(user, view);
  world.journal.add({ type: 'home', view, at: world.clock.now() });
  return view;
}

/** Takes the top modal away; `all` takes the whole stack. */
export function closeTop(world: World, user: string, all: boolean): void {
  const stack = world.stacks.get(user) ?? [];
  world.stacks.set(user, all ? [] : stack.slice(0, -1));
}

/** An open modal by its id or external_id. */
export function currentView(world: World, id: string | undefined, externalId?: string): View | undefined {
  for (const view of world.views.values()) {
    const isMeant =
      id === undefined ? view.externalId !== '' && view.externalId === externalId : view.id === id;
    if (isMeant && world.stacks.get(view.user)?.includes(view.id)) return view;
  }
  return undefined;
}

function made(world: World, user: string, sent: JsonObject, below: View | null): View {
  const id = world.ids.next('V');
  const view = {
    ...content(world, user, sent),
    id,
    rootViewId: below?.rootViewId ?? id,
    previousViewId: below?.id ?? null,
  };
  world.views.set(id, view);
  return view;
}

function content(
  world: World,
  user: string,
  sent: JsonObject,
): Omit<View, 'id' | 'rootViewId' | 'previousViewId'> {
  return {
    type: textAt(sent, 'type') === 'home' ? 'home' : 'modal',
    user,
    callbackId: textAt(sent, 'callback_id') ?? '',
    externalId: textAt(sent, 'external_id') ?? '',
    privateMetadata: textAt(sent, 'private_metadata') ?? '',
    title: textAt(objectAt(sent, 'title') ?? {}, 'text') ?? '',
    blocks: withIds(objectsAt(sent, 'blocks'), () => world.ids.secret().slice(0, 5)),
    sent,
    hash: world.ids.hash(),
  };
}
