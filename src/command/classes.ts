/** A verb for each class of device other than phones. */
import type { DeviceClass } from '../device/device.ts';
import type { Verb } from './command.ts';
import { listDevices } from './find.ts';

const CLASSES: readonly (readonly [verb: string, deviceClass: DeviceClass, words: string])[] = [
  ['gateways', 'Gateway', 'gateways'],
  ['trunks', 'SIPTrunk', 'SIP trunks'],
  ['huntlists', 'HuntList', 'hunt lists'],
  ['media', 'MediaResources', 'conference bridges, transcoders, music on hold'],
  ['voicemail', 'VoiceMail', 'voicemail ports'],
  ['h323', 'H323', 'H.323 gateways and trunks'],
  ['ctiports', 'Cti', 'CTI ports and route points'],
];

export const classVerbs: readonly Verb[] = CLASSES.map(([name, deviceClass, words]) => ({
  name,
  summary: words,
  usage: `${name} [filter] …`,
  kind: 'all devices of that class',
  examples: [name, `${name} status:registered`],
  run: (command, context) => listDevices(command, context, deviceClass),
}));
