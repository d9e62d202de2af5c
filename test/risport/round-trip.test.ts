/** Whatever a device is, and however a writer of XML writes it, decoding gives the device back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { CtiItem } from '../../src/device/cti.ts';
import type { Device } from '../../src/device/device.ts';
import { createDecoder } from '../../src/risport/decode.ts';
import {
  cdata,
  ctiReply,
  ctiRow,
  deviceReply,
  deviceRow,
  escaped,
  PLAIN,
  referenced,
  type Style,
} from './reply-xml.ts';

/** Any characters that XML can hold. */
const text = fc
  .string({ unit: 'binary', maxLength: 24 })
  .map((value) => value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));
/** A word of a closed set, or one that a newer CUCM may send. */
const word = fc.stringMatching(/^[A-Za-z0-9.:_-]{0,12}$/);
const unsigned = fc.option(fc.integer({ min: 0, max: 0xffff_ffff }));
const boolean = fc.option(fc.boolean());

const trunk = fc.option(
  fc.record({
    configName: text.map((value) => `t${value}`),
    techPrefix: text,
    zone: text,
    remoteCmServer1: text,
    remoteCmServer2: text,
    remoteCmServer3: text,
    altGkList: text,
    activeGk: text,
    callSignalAddr: text,
    rasAddr: text,
  }),
);
const device: fc.Arbitrary<Omit<Device, 'node'>> = fc.record({
  name: word.map((value) => `SEP${value}`),
  dirNumber: text,
  deviceClass: word,
  model: unsigned,
  product: unsigned,
  boxProduct: unsigned,
  httpd: word,
  registrationAttempts: unsigned,
  isCtiControllable: boolean,
  loginUserId: text,
  status: word,
  statusReason: unsigned,
  perfMonObject: unsigned,
  dChannel: unsigned,
  description: text,
  h323Trunk: trunk,
  timeStamp: unsigned,
  protocol: word,
  numOfLines: unsigned,
  linesStatus: fc.array(fc.record({ directoryNumber: text.map((value) => `1${value}`), status: word }), {
    maxLength: 4,
  }),
  activeLoadId: text,
  inactiveLoadId: text,
  downloadStatus: word,
  downloadFailureReason: text,
  downloadServer: text,
  ipAddress: fc.array(
    fc.record({ ip: word.map((value) => `1${value}`), ipAddrType: word, attribute: word }),
    { maxLength: 3 },
  ),
});
const ctiItem: fc.Arbitrary<Omit<CtiItem, 'node'>> = fc.record({
  appId: text.map((value) => `a${value}`),
  userId: text,
  appIpAddr: word,
  appIpv6Addr: word,
  appStatus: word,
  appStatusReason: unsigned,
  appTimeStamp: unsigned,
  ctiDevice: fc.option(
    fc.record({
      appControlsMedia: boolean,
      deviceName: word.map((value) => `d${value}`),
      deviceStatus: word,
      deviceStatusReason: unsigned,
      deviceTimeStamp: unsigned,
    }),
  ),
  ctiLine: fc.option(
    fc.record({
      dirNumber: text.map((value) => `1${value}`),
      lineStatus: word,
      lineStatusReason: unsigned,
      lineTimeStamp: unsigned,
    }),
  ),
});
const style: fc.Arbitrary<Style> = fc.record({
  prefix: fc.constantFrom('ns1:', '', 'a.b-c:', 'ä:'),
  text: fc.constantFrom(escaped, referenced, cdata),
  nil: fc.constantFrom<Style['nil']>(
    PLAIN.nil,
    (name) => `<${name} xsi:nil='1' note="a > b" ></${name}>`,
    (name) => `<${name}/>`,
    () => '',
  ),
  gap: fc.constantFrom('', '\n  ', '<!-- <item> ] -->', '<?hint <item> ?>'),
});

// One decoder for all: rows remembered from one reply must not show up in another.
const decoder = createDecoder({ clock: systemClock, rememberRows: 50 });

test('devices come back as they were', async () => {
  const nodes = fc.array(
    fc.tuple(
      word.map((name) => `n${name}`),
      fc.array(device, { maxLength: 3 }),
    ),
    { maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(nodes, text, style, async (clusters, stateInfo, how) => {
      const rows = clusters.map(([name, devices]) => ({
        name,
        rows: devices.map((one) => deviceRow(one, how)),
      }));
      const decoded = await decoder.decode(deviceReply(rows, { stateInfo, style: how }));
      expect(decoded.devices).toEqual(
        clusters.flatMap(([node, devices]) => devices.map((one) => ({ node, ...one }))),
      );
      expect(decoded.nodes.map((node) => node.name)).toEqual(clusters.map(([name]) => name));
      expect(decoded.stateInfo).toBe(stateInfo);
    }),
    { numRuns: 200 },
  );
});

test('CTI items come back as they were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ctiItem, { maxLength: 4 }), style, async (items, how) => {
      const xml = ctiReply([{ name: 'cucm1', rows: items.map((one) => ctiRow(one, how)) }], { style: how });
      const decoded = await decoder.decode(xml);
      expect(decoded.kind).toBe('cti-items');
      expect(decoded.ctiItems).toEqual(items.map((one) => ({ node: 'cucm1', ...one })));
    }),
    { numRuns: 100 },
  );
});

test('no garbage makes the decoder throw anything but its own errors', async () => {
  const reply = deviceReply([
    { name: 'cucm1', rows: [deviceRow({ ...PHONE_LIKE }), deviceRow({ ...PHONE_LIKE })] },
  ]);
  const damage = fc.record({
    at: fc.nat(reply.length),
    cut: fc.nat(40),
    put: fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom('<item>', '</item>', '<', '&', ']]>', '<!--', '<![CDATA[', '"'),
    ),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, cut, put }) => {
      const mangled = reply.slice(0, at) + put + reply.slice(at + cut);
      const outcome = await decoder.decode(mangled).then(
        () => 'RisPortError',
        (error: unknown) => (error instanceof Error ? error.name : 'not an error'),
      );
      expect(outcome).toBe('RisPortError');
    }),
    { numRuns: 500 },
  );
});

const PHONE_LIKE: Omit<Device, 'node'> = {
  ...fc.sample(device, { numRuns: 1, seed: 7 })[0]!,
  linesStatus: [{ directoryNumber: '1002', status: 'Registered' }],
};
