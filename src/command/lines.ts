/** `lines`: each line of a device and its state. */
import { linesView } from '../view/lines.ts';
import type { Verb } from './command.ts';
import { askDevices } from './device.ts';

export const lines: Verb = {
  name: 'lines',
  summary: 'each line of a device and its state',
  usage: 'lines <device> …',
  examples: ['lines SEPE8B7480316D6', 'lines 1002'],
  run: async (command, context) => {
    const asked = await askDevices(command, context);
    return asked.type === 'none' ? asked.view : linesView(asked.answer, asked.missing);
  },
};
