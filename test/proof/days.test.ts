/** Days in the life of a cluster, and the exact words that its watchers hear: nothing lost that should be told, no false outage. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { SimDevice } from '../../simulator/cucm/model.ts';
import { standingRow } from '../../simulator/cucm/registration.ts';
import { type Day, type DayOptions, openDay } from './day.ts';

const FOLDER = new URL('../golden/days/', import.meta.url);

/** Compares what was told with its golden file. Only UPDATE_GOLDEN=1 writes one; a missing file fails. */
function expectDay(claim: string, told: string): void {
  const file = new URL(`${claim.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.txt`, FOLDER);
  const text = `${told}\n`;
  // biome-ignore lint/style/noProcessEnv: how a person asks for new golden files, and nothing of the program
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(existsSync(file), `${file.pathname} is missing: run with UPDATE_GOLDEN=1 and read it`).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const PHONE = 'SEP001122334455';
const OTHER = 'SEPE8B7480316D6';
/** Registered somewhere. */
const isUp = ({ rows }: SimDevice) => rows.some((row) => row?.status === 'Registered');
/** A first look, and the walk through all devices. */
const SETTLE = '3 min';

interface Scenario {
  readonly claim: string;
  readonly options?: DayOptions;
  readonly play: (day: Day) => Promise<void>;
}

const DAYS: readonly Scenario[] = [
  {
    claim: 'failover of 400 phones and their return home',
    options: { cucm: { devices: 1700 } },
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play('node down cucm2');
      await day.pass('20 min');
      day.play('node up cucm2');
      await day.pass('20 min');
    },
  },
  {
    claim: 'the WAN of a site is cut for half an hour',
    options: { cucm: { devices: 600 } },
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play('wan cut 10.16.2.0/24');
      await day.pass('30 min');
      day.play('wan restore');
      await day.pass('10 min');
    },
  },
  {
    claim: 'one phone unplugged for two minutes is not worth a word',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE}`);
      await day.pass('2 min');
      day.play(`plug ${PHONE}`);
      await day.pass('20 min');
    },
  },
  {
    claim: 'one phone unplugged for twenty minutes',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE}`);
      await day.pass('20 min');
      day.play(`plug ${PHONE}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'a switch reboots and its phones are back within three minutes',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play('unplug 10.24.2.0/24');
      await day.pass('2 min');
      day.play('plug 10.24.2.0/24');
      await day.pass('20 min');
    },
  },
  {
    claim: 'a rolling upgrade takes node after node down',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      for (const node of ['cucm1', 'cucm2', 'cucm3']) {
        day.play(`node off ${node}`);
        await day.pass('15 min');
        day.play(`node up ${node}`);
        await day.pass('15 min');
      }
    },
  },
  {
    claim: 'the RIS Data Collector restarts and nothing else happens',
    async play(day) {
      await day.watch('all phones');
      await day.watch(`${PHONE} ${OTHER}`);
      await day.pass(SETTLE);
      day.play('ris restart');
      await day.pass('20 min');
    },
  },
  {
    claim: 'a node does not respond for ten minutes while its phones are fine',
    async play(day) {
      await day.watch('all phones');
      await day.watch(`${PHONE} ${OTHER}`);
      await day.pass(SETTLE);
      day.play('node not-responding cucm1');
      await day.pass('10 min');
      day.play('node responding cucm1');
      await day.pass('20 min');
    },
  },
  {
    claim: 'another client uses up all requests for an hour',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      for (let second = 0; second < 3600; second += 20) {
        day.play('throttle');
        if (second === 1200) day.play(`unplug ${PHONE}`);
        await day.pass('20 s');
      }
      await day.pass('15 min');
    },
  },
  {
    claim: 'the password is wrong for a while',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play('auth fail');
      await day.pass('15 min');
      day.play('auth ok');
      await day.pass('15 min');
    },
  },
  {
    claim: 'replies are cut at the cap',
    options: { cucm: { devices: 3000, maxDevices: 200 }, maxDevices: 200 },
    async play(day) {
      await day.watch('all phones');
      await day.pass('15 min');
      day.play(`unplug ${PHONE}`);
      await day.pass('15 min');
      day.play(`plug ${PHONE}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'a morning of Extension Mobility logins is nobody’s outage',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      const phones = day.cucm.cluster.devices.filter(({ kind }) => kind.id === '8851').slice(0, 30);
      for (const [index, { name }] of phones.entries()) {
        day.play(`em login ${name} user${index}`);
        await day.pass('20 s');
      }
      await day.pass('20 min');
    },
  },
  {
    claim: 'a night of firmware upgrades leaves three phones behind',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      const phones = day.cucm.cluster.devices.filter(
        (device) => device.kind.id === '7841' && device.site === 'PAR' && isUp(device),
      );
      const names = phones.map(({ name }) => name);
      day.play(`upgrade ${names.join(' ')} sip78xx.14-3-1-0001-9`);
      await day.pass('65 s');
      // Three lose their power in the middle of it.
      day.play(`unplug ${names.slice(0, 3).join(' ')}`);
      await day.pass('30 min');
    },
  },
  {
    claim: 'a phone flaps until somebody mends its cable',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play(`flap ${PHONE}`);
      await day.pass('15 min');
      day.play(`plug ${PHONE}`);
      await day.pass('45 min');
    },
  },
  {
    claim: 'a battery handset runs down at six in the evening',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play(`low battery ${PHONE}`);
      await day.pass('10 min');
      day.play(`plug ${PHONE}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'a phone is deleted',
    async play(day) {
      await day.watch(PHONE);
      await day.pass(SETTLE);
      day.play(`delete ${PHONE}`);
      await day.pass('10 min');
      day.play('rows expire');
      await day.pass('20 min');
    },
  },
  {
    claim: 'a phone is replaced by another with the same number',
    async play(day) {
      await day.watch('1001');
      await day.pass(SETTLE);
      day.play(`replace ${PHONE} SEP00562B0000C1`);
      await day.pass('20 min');
    },
  },
  {
    claim: 'a gateway is lost and found',
    async play(day) {
      await day.watch('gateways');
      await day.pass(SETTLE);
      day.play('unplug S0/SU1/DS1-0@lon-gw1');
      await day.pass('5 min');
      day.play('plug S0/SU1/DS1-0@lon-gw1');
      await day.pass('10 min');
    },
  },
  {
    claim: 'a SIP trunk whose state CUCM does not know is no outage',
    async play(day) {
      await day.watch('trunks');
      await day.pass(SETTLE);
      day.play('unknown SIPT-LON-SBC1');
      await day.pass('10 min');
      day.play('plug SIPT-LON-SBC1');
      await day.pass('5 min');
      day.play('unplug SIPT-LON-SBC1');
      await day.pass('10 min');
    },
  },
  {
    claim: 'a CTI application crashes and comes back',
    async play(day) {
      await day.watch('cti');
      await day.pass(SETTLE);
      day.play('cti crash attendant');
      await day.pass('5 min');
      day.play('cti open attendant');
      await day.pass('10 min');
    },
  },
  {
    claim: 'a phone is only partly registered',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      const phone = day.cucm.cluster.devices.find(
        (device) => device.kind.id === '8851' && device.numbers.length > 1 && isUp(device),
      );
      day.play(`partial ${phone?.name ?? ''}`);
      await day.pass('10 min');
      day.play(`reset ${phone?.name ?? ''}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'the bot is stopped for twelve minutes during an outage',
    options: { cucm: { devices: 600 } },
    async play(day) {
      await day.watch('all phones');
      await day.watch(PHONE, { room: { platform: 'slack', room: '#desk' } });
      await day.pass(SETTLE);
      await day.stopBot();
      day.play('wan cut 10.16.2.0/24', `unplug ${PHONE}`);
      await day.pass('12 min');
      await day.startBot();
      await day.pass('10 min');
      day.play('wan restore', `plug ${PHONE}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'a mute over a maintenance ends with one difference',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      const room = { platform: 'slack', room: '#noc' };
      const until = day.clock.clock.now() + 3_600_000;
      await day.desk().mutes.add({
        cluster: null,
        room,
        about: { type: 'room' },
        until,
        by: 'maria',
        why: 'switches of SIN',
      });
      day.play('unplug 10.24.2.0/24');
      await day.pass('40 min');
      const stay = day.cucm.cluster.devices.filter(({ address }) => address.startsWith('10.24.2.')).slice(4);
      day.play(`plug ${stay.map(({ name }) => name).join(' ')}`);
      await day.pass('30 min');
    },
  },
  {
    claim: 'two rooms watch the same phone, each with its own grace',
    async play(day) {
      await day.watch('all phones');
      await day.watch(PHONE, { room: { platform: 'slack', room: '#vip' }, graceMs: 60_000 });
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE}`);
      await day.pass('10 min');
      day.play(`plug ${PHONE}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'a watch is added in the middle of an outage',
    options: { cucm: { devices: 600 } },
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play('wan cut 10.16.2.0/24');
      await day.pass('10 min');
      await day.watch('10.16.2.0/24', { room: { platform: 'slack', room: '#nyc' } });
      await day.pass('10 min');
      day.play('wan restore');
      await day.pass('10 min');
      day.play('unplug 10.16.2.21');
      await day.pass('10 min');
    },
  },
  {
    claim: 'the clock is set back by an hour during a grace',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE}`);
      await day.pass('3 min');
      day.clock.set(-3_600_000);
      await day.pass('10 min');
      day.play(`plug ${PHONE}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'a room is archived and its maker hears of it',
    async play(day) {
      await day.watch('all phones', { room: { platform: 'slack', room: '#old' } });
      await day.pass(SETTLE);
      day.archive('#old', true);
      day.play(`unplug ${PHONE}`);
      await day.pass('2 h');
      day.archive('#old', false);
      day.play(`plug ${PHONE}`);
      await day.pass('2 h');
    },
  },
  {
    claim: 'somebody asks to be told when a phone is back',
    async play(day) {
      day.play(`unplug ${PHONE}`);
      await day.pass('3 min');
      await day.watch(PHONE, { room: { platform: 'slack', room: 'maria', direct: true }, until: 'back' });
      await day.pass('30 min');
      day.play(`plug ${PHONE}`);
      await day.pass('5 min');
      day.play(`unplug ${PHONE}`);
      await day.pass('20 min');
    },
  },
  {
    claim: 'one CTI application is watched with all that it controls',
    async play(day) {
      await day.watch('cti attendant');
      await day.pass(SETTLE);
      day.play('cti crash attendant');
      await day.pass('5 min');
      day.play('cti open attendant');
      await day.pass('10 min');
    },
  },
  {
    claim: 'more phones are lost than a reply can hold',
    options: { cucm: { devices: 3000, maxDevices: 200 }, maxDevices: 200 },
    async play(day) {
      await day.watch('all phones');
      await day.pass('15 min');
      day.play(`unplug ${namesOf(day, isOnSite('NYC', 'PAR'), 600)}`);
      await day.pass('15 min');
      day.play('plug NYC', 'plug PAR');
      await day.pass('15 min');
    },
  },
  {
    claim: 'a phone is unplugged while its node is off',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE}`, 'node off cucm1');
      await day.pass('20 min');
      day.play('node up cucm1');
      await day.pass('20 min');
    },
  },
  {
    claim: 'a failover in which thirty-two phones stay nowhere',
    options: { cucm: { devices: 1700 } },
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      const stay = namesOf(day, ({ address }) => address.startsWith('10.8.2.'), 30);
      const others = namesOf(day, (device) => isOn(device, 'cucm2') && device.site === 'AMS', 2);
      day.play(`unplug ${stay} ${others}`, 'node down cucm2');
      await day.pass('20 min');
      day.play(`plug ${stay} ${others}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'an outage that was acknowledged grows by a quarter',
    options: { cucm: { devices: 600 } },
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      const names = namesOf(day, isOnSite('NYC'), 40).split(' ');
      day.play(`unplug ${names.slice(0, 24).join(' ')}`);
      await day.pass('5 min');
      await day.desk().incidents.ack(1, 'maria');
      await day.pass('1 min');
      day.play(`unplug ${names.slice(24, 26).join(' ')}`);
      await day.pass('5 min');
      day.play(`unplug ${names.slice(26, 34).join(' ')}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'quiet hours hold one phone back and let a mass event through',
    options: {
      cucm: { devices: 600 },
      quietHours: [
        { rooms: null, platform: null, from: 480, until: 570, timeZone: 'UTC', massBreaksThrough: true },
      ],
    },
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE}`);
      await day.pass('10 min');
      day.play('wan cut 10.16.2.0/24');
      await day.pass('20 min');
      day.play('wan restore');
      await day.pass('70 min');
    },
  },
  {
    claim: 'the bot restarts while an incident is open',
    options: { cucm: { devices: 600 } },
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play('wan cut 10.16.2.0/24');
      await day.pass('10 min');
      await day.stopBot();
      await day.pass('20 s');
      await day.startBot();
      await day.pass('5 min');
      day.play('wan restore');
      await day.pass('10 min');
    },
  },
  {
    claim: 'the bot restarts during a grace, and the phone is back before it looks',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE}`);
      await day.pass('5 min');
      await day.stopBot();
      day.play(`plug ${PHONE}`);
      await day.pass('3 min');
      await day.startBot();
      await day.pass('10 min');
    },
  },
  {
    claim: 'reminders after four hours, but not of what somebody looks after',
    async play(day) {
      await day.watch('all phones');
      await day.watch(OTHER, { room: { platform: 'slack', room: '#vip' } });
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE} ${OTHER}`);
      await day.pass('10 min');
      await day.desk().incidents.ack(2, 'maria');
      await day.pass('5 h');
    },
  },
  {
    claim: 'a watch ends when its time is over',
    async play(day) {
      await day.watch(PHONE, { until: day.clock.clock.now() + 1_200_000 });
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE}`);
      await day.pass('30 min');
      day.play(`plug ${PHONE}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'a watch is taken away in the middle of an incident',
    async play(day) {
      const { id, room } = await day.watch(PHONE);
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE}`);
      await day.pass('10 min');
      await day.desk().watches.remove([id], room);
      await day.pass('5 min');
      day.play(`plug ${PHONE}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'half of the phones come back, then nearly all',
    options: { cucm: { devices: 600 } },
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      const names = namesOf(day, isOnSite('NYC'), 60).split(' ');
      day.play(`unplug ${names.join(' ')}`);
      await day.pass('10 min');
      day.play(`plug ${names.slice(0, 30).join(' ')}`);
      await day.pass('10 min');
      day.play(`plug ${names.slice(30, 58).join(' ')}`);
      await day.pass('10 min');
      day.play(`plug ${names.slice(58).join(' ')}`);
      await day.pass('10 min');
    },
  },
  {
    claim: 'a phone comes back and falls again within three minutes',
    async play(day) {
      await day.watch('all phones');
      await day.pass(SETTLE);
      day.play(`unplug ${PHONE}`);
      await day.pass('10 min');
      day.play(`plug ${PHONE}`);
      await day.pass('1 min');
      day.play(`unplug ${PHONE}`);
      await day.pass('20 min');
      day.play(`plug ${PHONE}`);
      await day.pass('10 min');
    },
  },
];

const isOn = (device: SimDevice, node: string) => standingRow(device)?.node.name === node;
const isOnSite =
  (...sites: readonly string[]) =>
  ({ site }: SimDevice) =>
    sites.includes(site);

/** Of phones that are registered. */
function namesOf(day: Day, which: (device: SimDevice) => boolean, most: number): string {
  const phones = day.cucm.cluster.devices.filter(
    (device) => /^SEP/.test(device.name) && isUp(device) && which(device),
  );
  return phones
    .slice(0, most)
    .map(({ name }) => name)
    .join(' ');
}

test.each(DAYS)('$claim', { timeout: 60_000 }, async ({ claim, options, play }) => {
  const day = await openDay(options);
  await play(day);
  expectDay(claim, day.told());
});
