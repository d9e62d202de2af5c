/** All that people do, in one. */
import { createCalling } from './calling.ts';
import type { Courier } from './deliver.ts';
import type { Events } from './events.ts';
import { createForms } from './forms.ts';
import type { People } from './people.ts';
import { createPressing, type Offered } from './pressing.ts';
import { createSaying } from './saying.ts';
import type { World } from './world.ts';

export function createPeople(world: World, courier: Courier, events: Events): People {
  const offered: Offered = new Map();
  return {
    ...createSaying(world),
    ...createPressing(world, courier, offered),
    ...createForms(world, courier, offered),
    ...createCalling(world, courier, events),
  };
}
