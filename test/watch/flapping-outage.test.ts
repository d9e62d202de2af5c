/** A device that came and went too often is lost like any other when it stays away, and goes with the others when many go. */
import { describe, expect, test } from 'vitest';
import { explainHold } from '../../src/watch/attend.ts';
import { createRoomDay, MINUTE, names, phones, type RoomDay, SECOND } from './room-day.ts';

const BOUNCE = 40 * SECOND;

/** 200 phones, 30 of them at site 7. */
const site = () => createRoomDay(phones(200, (index) => ({ site: index < 30 ? 7 : index % 5 })));

function bounce(day: RoomDay, which: readonly string[], times = 2): void {
  for (let time = 0; time < times; time += 1) {
    day.down(which);
    day.pass(BOUNCE);
    day.up(which);
    day.pass(BOUNCE);
  }
}

/** Open cards in which the device is counted as down. */
const speaking = (day: RoomDay, name: string) =>
  day.incidents().filter(({ members }) => {
    const member = members.get(name);
    return member !== undefined && member.elsewhere !== true && member.state === 'lost';
  });

function flapping(which: readonly string[], day = site()): RoomDay {
  day.watch();
  bounce(day, which);
  day.pass(MINUTE);
  day.told();
  return day;
}

describe('a phone that flaps and is then cut for twenty minutes', () => {
  test('is lost after its delay, is back when it returns, and has one card at a time', () => {
    const day = flapping(['P1']);
    const cut = day.now();
    day.down(['P1']);
    expect(explainHold(day.input(), 'prod', 'P1')).toEqual({
      type: 'hold',
      reason: 'flapping',
      until: cut + 90 * SECOND,
    });
    day.pass(20 * MINUTE);
    expect(speaking(day, 'P1').map(({ kind }) => kind)).toEqual(['loss']);
    expect(explainHold(day.input(), 'prod', 'P1')?.reason).toBe('told');
    day.up(['P1']);
    day.pass(40 * MINUTE);
    const told = day.told().map((line) => line.slice(line.indexOf(' ') + 1));
    expect(told).toEqual([
      'card #1 flap 1 lost',
      'card #1 flap 1 lost closed superseded',
      'card #2 loss 1 lost',
      'card #2 loss 1 back',
      'back #2 loss 1 back',
      'card #2 loss 1 back closed recovered',
    ]);
    expect(day.incidents()).toEqual([]);
  });

  test('flaps again only by what it does after its return', () => {
    const day = flapping(['P1']);
    day.down(['P1']);
    day.pass(6 * MINUTE);
    day.up(['P1']);
    day.pass(10 * SECOND);
    expect(day.incidents().map(({ kind }) => kind)).toEqual(['loss']);
    day.pass(BOUNCE);
    bounce(day, ['P1'], 1);
    expect(day.incidents().map(({ kind }) => kind)).toEqual(['flap']);
  });

  test('a rejected one is held for its delay, and no longer', () => {
    const day = site();
    day.watch();
    for (let time = 0; time < 2; time += 1) {
      day.set('P1', 'fault', { status: 'Rejected', statusReason: 14 });
      day.pass(BOUNCE);
      day.up(['P1']);
      day.pass(BOUNCE);
    }
    day.told();
    day.set('P1', 'fault', { status: 'Rejected', statusReason: 14 });
    day.pass(4 * MINUTE);
    expect(day.told().filter((line) => /fault/.test(line) && !/flap/.test(line))).toEqual([]);
    day.pass(2 * MINUTE);
    expect(day.incidents().map(({ kind }) => kind)).toEqual(['fault']);
  });
});

describe('thirty phones that flap, and their site is cut', () => {
  test('are one outage within two minutes, and back at its end', () => {
    const day = flapping(names(30));
    const cut = day.now();
    day.down(names(30));
    day.pass(25 * MINUTE);
    const told = day.heard().find(({ announcement }) => announcement.type === 'detail');
    expect(told && told.at - cut).toBe(2 * MINUTE);
    day.up(names(30));
    day.pass(60 * MINUTE);
    expect(day.told().map((line) => line.slice(line.indexOf(' ') + 1))).toEqual([
      'card #1 flap (subnet 10.1.7.0/24) 30 lost',
      'card #1 flap (subnet 10.1.7.0/24) 30 lost closed superseded',
      'card #2 mass loss (subnet 10.1.7.0/24) 30 lost',
      'detail #2 30',
      'card #2 mass loss (subnet 10.1.7.0/24) 30 back',
      'card #2 mass loss (subnet 10.1.7.0/24) 30 back closed recovered',
      'closed #2 mass loss (subnet 10.1.7.0/24) 30 back closed recovered',
    ]);
  });

  test('some of them flapped: the outage is of all, and no phone is counted on two cards', () => {
    const day = flapping(names(12));
    day.down(names(30));
    day.pass(10 * MINUTE);
    const open = day.incidents();
    expect(open.map(({ kind, peak }) => [kind, peak])).toEqual([['loss', 30]]);
    for (const name of names(30)) expect(speaking(day, name)).toHaveLength(1);
  });

  test('others of them stay up and go on: the card of flapping is about those alone', () => {
    const day = flapping(names(6));
    day.down(names(3));
    day.pass(6 * MINUTE);
    const cards = day.told().filter((line) => line.includes(' card '));
    expect(cards.findLast((line) => line.includes('flap'))).toContain('flap (subnet 10.1.7.0/24) 3 back');
    expect(cards.filter((line) => line.includes('loss'))).toHaveLength(1);
  });

  test('a site that bounces after its outage was told stays on that card', () => {
    const day = site();
    day.watch();
    for (let time = 0; time < 6; time += 1) {
      day.down(names(30));
      day.pass(150 * SECOND);
      day.up(names(30));
      day.pass(150 * SECOND);
    }
    day.pass(60 * MINUTE);
    const told = day.told();
    expect(told.filter((line) => line.includes('flap'))).toEqual([]);
    expect(told.filter((line) => !line.includes(' card '))).toEqual([
      '2:00 detail #1 30',
      '30:30 closed #1 mass loss (subnet 10.1.7.0/24) 30 back closed recovered',
    ]);
  });
});

test('what stays away during quiet hours is told when they end, though it flapped before', () => {
  const day = site();
  day.watch();
  bounce(day, ['P1']);
  const mute = day.mute({ type: 'room' }, 60 * MINUTE);
  day.down(['P1']);
  day.pass(20 * MINUTE);
  day.told();
  day.unmute(mute);
  day.pass(MINUTE);
  expect(day.told().filter((line) => line.includes(' loss '))).toHaveLength(1);
  expect(speaking(day, 'P1')).toHaveLength(1);
});

test('a muted phone that flaps and stays away keeps its card open, and is lost when the mute ends', () => {
  const day = flapping(['P1']);
  const mute = day.mute({ type: 'subject', text: 'P1' }, 120 * MINUTE, ({ name }) => name === 'P1');
  day.down(['P1']);
  day.pass(60 * MINUTE);
  expect(day.told().filter((line) => line.includes('closed recovered'))).toEqual([]);
  day.unmute(mute);
  day.pass(MINUTE);
  expect(speaking(day, 'P1').map(({ kind }) => kind)).toEqual(['loss']);
});
