/** The columns of tables of devices. */
import type { Device } from '../device/device.ts';
import { MODELS } from '../device/models.ts';
import { addressText, sinceMs } from './card.ts';
import { addressesOf, duration, numbersOf, shortened, statusSpan } from './text.ts';
import type { Column, Text } from './view.ts';

/** A column of a table of devices. */
export interface DeviceColumn extends Column {
  readonly cell: (device: Device, now: number) => Text;
}

export const NAME: DeviceColumn = { label: 'Name', cell: (device) => shortened(device.name) };
export const STATE: DeviceColumn = {
  label: 'State',
  cell: ({ status }) => [
    // The longest of the words would take the room of a column from all rows.
    { ...statusSpan(status), ...(status === 'PartiallyRegistered' ? { text: 'Partly' } : {}) },
  ],
};
export const SINCE: DeviceColumn = {
  label: 'For',
  align: 'right',
  cell: (device, now) => {
    const since = sinceMs(device);
    return since === null ? '' : duration(now - since);
  },
};
export const NODE: DeviceColumn = { label: 'Node', cell: (device) => device.node };
/** What helps to recognise a device, as far as there is room for it. */
export const DETAILS: readonly DeviceColumn[] = [
  {
    label: 'Numbers',
    yields: 2,
    whole: true,
    cell: (device) =>
      firstOf(
        numbersOf(device).map((number) => shortened(number, 60)),
        2,
      ),
  },
  { label: 'Description', yields: 3, cell: (device) => shortened(device.description, 60) },
  { label: 'Model', yields: 4, cell: modelName },
  { label: 'Address', yields: 5, whole: true, cell: firstAddress },
];

/** Of any table of devices, unless it is about something special. */
export const COLUMNS: readonly DeviceColumn[] = [NAME, STATE, SINCE, NODE, ...DETAILS];

/** `2000, 2001 +3` */
function firstOf(words: readonly string[], most: number): string {
  const more = words.length > most ? ` +${words.length - most}` : '';
  return `${words.slice(0, most).join(', ')}${more}`;
}

/** The card has all of them. */
function firstAddress(device: Device): Text {
  const [first, ...others] = addressesOf(device);
  if (first === undefined) return '';
  const [span] = addressText(device);
  return [span ?? { text: first }, ...(others.length > 0 ? [{ text: ` +${others.length}` }] : [])];
}

/** `8845`, without the Cisco that nearly all have; blank when CUCM does not say. */
export function modelName(device: Device): string {
  return device.model === null
    ? ''
    : (MODELS.get(device.model) ?? `model ${device.model}`).replace(/^Cisco /, '');
}
