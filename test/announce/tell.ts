/** An incident to tell, and the real delivery and announcer between an outbox and a platform, for tests. */
import { onTestFinished } from 'vitest';
import { createAnnouncer } from '../../src/announce/announcer.ts';
import type { Chat } from '../../src/chat.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { announcementView } from '../../src/view/announcement.ts';
import { createDelivery } from '../../src/watch/deliver.ts';
import type { Announcement, IncidentCard, Member } from '../../src/watch/incident.ts';
import type { Outgoing } from '../../src/watch/outgoing.ts';
import type { Room } from '../../src/watch/watch.ts';
import { createOutbox } from '../watch/outbox-for-tests.ts';

const AT = Date.UTC(2026, 2, 2, 8, 30);

const MEMBERS: readonly Member[] = Array.from(
  { length: 24 },
  (_, i): Member => ({
    name: `SEP0011223344${String(i).padStart(2, '0')}`,
    state: 'lost',
    since: AT - 120_000,
    changedAt: AT - 120_000,
    statusReason: 13,
    from: 'cucm2',
    to: null,
    description: i === 0 ? '<!channel> *Reception* & =cmd' : `Desk ${i}`,
    ip: `10.4.2.${i + 10}`,
    model: 685,
    deviceClass: 'Phone',
  }),
);

export function cardOf(back: number, owner: string | null = null): IncidentCard {
  const members = MEMBERS.map(
    (member, i): Member => (i < back ? { ...member, state: 'back', to: 'cucm2' } : member),
  );
  const left = members.filter(({ state }) => state === 'lost');
  return {
    incident: {
      id: 12,
      cluster: 'prod',
      room: { platform: 'slack', room: 'C1' },
      kind: 'loss',
      mass: true,
      factor: { by: 'node', value: 'cucm2', count: 24 },
      startedAt: AT - 120_000,
      openedAt: AT,
      opening: { members: 24, lost: 24, moved: 0 },
      peak: 24,
      calmSince: null,
      closedAt: null,
      closedBy: null,
      ack: owner === null ? null : { by: owner, at: AT + 60_000, members: 24 },
      remindedAt: null,
      why: {
        watches: [{ id: 3, text: 'desc:"LON*"', maker: 'U1' }],
        reason: 'mass',
        graceMs: 300_000,
        everyMs: 5_000,
        grouping: 'mass-count',
      },
      blind: null,
      gap: null,
      cardAt: AT,
    },
    counts: { lost: 24 - back, fault: 0, partial: 0, moved: 0, back, gone: 0 },
    top: left.slice(0, 10),
    common: [{ by: 'subnet', value: '10.4.2.0/24', count: 24 - back }],
    movedTo: [],
    at: AT + 60_000,
  };
}

export const card = (back: number, owner?: string): Announcement => ({
  type: 'card',
  card: cardOf(back, owner),
});
export const DETAIL: Announcement = { type: 'detail', card: cardOf(0), members: MEMBERS };

/** Waits a two-thousandth of what it is told, and says that it was all of it: an hour is two seconds. */
export function hurriedClock(): Clock {
  let ahead = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + ahead,
    monotonic: () => systemClock.monotonic() + ahead,
    async sleep(ms, signal) {
      await systemClock.sleep(ms / 2_000, signal);
      ahead += ms - ms / 2_000;
    },
  };
}

export interface Telling {
  readonly clock?: Clock;
  readonly patienceMs?: number;
}

/** A delivery to this platform, which begins with the first announcement. */
export function tellBy(chat: Chat, { clock = systemClock, patienceMs = 1_000 }: Telling = {}) {
  const outbox = createOutbox();
  const lost: string[] = [];
  const announcer = createAnnouncer({ platforms: () => [chat], view: announcementView, patienceMs });
  const delivery = createDelivery({
    outbox,
    announcer,
    clock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    onRoomLost: (room, reason) => void lost.push(`${room.room} ${reason}`),
  });
  delivery.start();
  onTestFinished(() => delivery.stop());
  const put = (room: Room, slot: string, announcement: Announcement, more: Partial<Outgoing> = {}) => {
    const now = clock.now();
    const shape = { slot, room, under: null, inPlace: false, at: now, notBefore: now };
    outbox.put({ ...shape, announcement, ...more });
    delivery.wake();
  };
  return { outbox, delivery, lost, put };
}
