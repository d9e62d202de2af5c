import { describe, expect, test } from 'vitest';
import { draftOf } from '../../src/watch/draft.ts';
import type { OpenIncident } from '../../src/watch/incident.ts';
import { memberOf } from '../../src/watch/member.ts';
import { createHolds } from '../../src/watch/mute.ts';
import type { QuietNow } from '../../src/watch/quiet.ts';
import type { Mute } from '../../src/watch/watch.ts';
import { createRoomDay, HOUR, names, phone, phones, ROOM, START } from './room-day.ts';

const AWAKE: QuietNow = { until: null, massBreaksThrough: true, over: null };
const ASLEEP: QuietNow = { until: START + HOUR, massBreaksThrough: true, over: null };

const mute = (about: Mute['about'], cluster: string | null = null, covered: readonly string[] = []) => ({
  mute: { id: 1, cluster, room: ROOM, about, from: START, until: START + HOUR, by: 'maria', why: '' },
  covers: ({ name }: { readonly name: string }) => covered.includes(name),
});

/** The open incident of a room in which these were lost. */
function incidentOf(lost: readonly string[], fields: Partial<OpenIncident> = {}): OpenIncident {
  const day = createRoomDay(phones(50));
  day.watch();
  day.down(['P1']);
  day.pass(HOUR);
  const [incident] = day.incidents();
  const known = day.known.get('P1');
  if (incident === undefined || known === undefined) throw new Error('no incident');
  const members = lost.map((name) => memberOf({ ...known, row: { ...known.row, name } }));
  return { ...incident, members: new Map(members.map((member) => [member.name, member])), ...fields };
}

describe('an incident is left alone', () => {
  const two = names(2);
  test.each<[claim: string, holds: ReturnType<typeof createHolds>, incident: OpenIncident, frozen: boolean]>([
    ['while its room is muted', createHolds('prod', [mute({ type: 'room' })], AWAKE), incidentOf(two), true],
    [
      'not while the room is muted for another cluster',
      createHolds('prod', [mute({ type: 'room' }, 'lab')], AWAKE),
      incidentOf(two),
      false,
    ],
    [
      'while it is muted itself',
      createHolds('prod', [mute({ type: 'incident', incident: 1 })], AWAKE),
      incidentOf(two),
      true,
    ],
    [
      'not while another is',
      createHolds('prod', [mute({ type: 'incident', incident: 2 })], AWAKE),
      incidentOf(two),
      false,
    ],
    [
      'while all that is lost in it is muted',
      createHolds('prod', [mute({ type: 'subject', text: 'x' }, null, two)], AWAKE),
      incidentOf(two),
      true,
    ],
    [
      'not while some is',
      createHolds('prod', [mute({ type: 'subject', text: 'x' }, null, ['P1'])], AWAKE),
      incidentOf(two),
      false,
    ],
    ['in quiet hours', createHolds('prod', [], ASLEEP), incidentOf(two), true],
    [
      'but a mass event that may break through',
      createHolds('prod', [], ASLEEP),
      incidentOf(two, { mass: true }),
      false,
    ],
    ['nor at any other time', createHolds('prod', [], AWAKE), incidentOf(two), false],
  ])('%s', (_claim, holds, incident, frozen) => {
    expect(holds.isFrozen(draftOf(incident), (name) => phone(name))).toBe(frozen);
  });
});

test('a row is muted until the last mute that covers it is over', () => {
  const holds = createHolds('prod', [mute({ type: 'subject', text: 'x' }, null, ['P1'])], AWAKE);
  expect(holds.rowMutedUntil(phone('P1'))).toBe(START + HOUR);
  expect(holds.rowMutedUntil(phone('P2'))).toBeNull();
});
