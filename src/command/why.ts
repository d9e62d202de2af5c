/** `why`: the reason in plain words, and what to do about it. */
import { whyCard, whyTable } from '../view/why.ts';
import type { Verb } from './command.ts';
import { askDevices } from './device.ts';

export const why: Verb = {
  name: 'why',
  summary: 'why a device is not registered, and what to do',
  usage: 'why <device> …',
  examples: ['why SEPE8B7480316D6', 'why is 1002 down?'],
  run: async (command, context) => {
    const asked = await askDevices(command, context);
    if (asked.type === 'none') return asked.view;
    const only = asked.single ? asked.answer.found[0] : undefined;
    return only === undefined ? whyTable(asked.answer, asked.missing) : whyCard(asked.answer, only);
  },
};
