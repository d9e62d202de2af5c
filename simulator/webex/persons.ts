/** All that people do, in one. */
import type { People } from './people.ts';
import { createPressing } from './pressing.ts';
import { createSaying } from './saying.ts';
import type { World } from './world.ts';

export function createPeople(world: World): People {
  return { ...createSaying(world), ...createPressing(world) };
}
