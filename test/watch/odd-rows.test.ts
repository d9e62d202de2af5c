/** Replies as no cluster should give them: taken without a throw, and what they leave is bounded by what they held. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readScope } from '../../src/command/scope.ts';
import { announcementView } from '../../src/view/announcement.ts';
import { attend } from '../../src/watch/attend.ts';
import { createMemory, NOTHING } from '../../src/watch/memory.ts';
import { observe, type Source } from '../../src/watch/observe.ts';
import { watch } from './known.ts';
import { EXCEPTIONS, NOW, nodes, reply, row } from './replies.ts';

const name = fc.constantFrom(
  '',
  ' ',
  'SEP1',
  'sep1',
  'Sep1',
  'two words',
  '*',
  '<b>@channel</b>',
  '__proto__',
  'é\u0000',
  'x'.repeat(4_000),
);
const node = fc.constantFrom('', 'cucm1', 'CUCM1', 'nowhere', '__proto__');
const device = fc
  .record({
    name,
    node,
    status: fc.constantFrom('', 'Registered', 'UnRegistered', 'Rejected', 'Unknown', 'Levitating'),
    statusReason: fc.constantFrom(null, 0, 13, -1, 9_999_999),
    timeStamp: fc.constantFrom(null, 0, -5, 1_700_000_000, 9e15),
    description: fc.constantFrom('', '<!here> *bold* [x](http://x)', '\u202e@everyone', 'd'.repeat(5_000)),
    deviceClass: fc.constantFrom('Phone', 'SIPTrunk', 'Toaster', ''),
  })
  .map(({ name: called, ...fields }) => row(called, fields));
const NAMES = ['SEP1', 'sep1', 'two words', '__proto__'];
const source = fc.constantFrom<Source>(
  EXCEPTIONS,
  { role: 'audit', names: [] },
  { role: 'confirm', names: NAMES },
);
const answer = fc.record({
  source,
  devices: fc.array(device, { maxLength: 12 }),
  nodes: fc.subarray([...nodes('cucm1', 'CUCM1 NodeNotResponding', ' Odd', 'nowhere NoChange')]),
  complete: fc.boolean(),
  stateInfo: fc.constantFrom('', 's', 's'.repeat(10_000)),
});

test('whatever rows and nodes a reply holds, it is taken, attended and shown', () => {
  let shown = 0;
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 5 }), (answers) => {
      const all = watch(1, { createdAt: NOW - 1 });
      const memory = createMemory({ ...NOTHING, watches: [all] }, readScope);
      const { known, noteworthy, standing, blind, seenAgain } = memory.cluster('prod');
      const names = new Set(answers.flatMap(({ devices }) => devices.map((one) => one.name)));
      let incidents = 0;
      answers.forEach((fields, at) => {
        const now = NOW + at * 400_000;
        const { delta } = observe({
          cluster: 'prod',
          source: fields.source,
          snapshot: reply(fields.devices, { ...fields, at: now }),
          memory: 'key' in fields.source ? (standing.get(fields.source.key) ?? null) : null,
          standingMemories: [...standing.values()],
          known,
          blindNodes: new Set(blind.keys()),
          isWatched: () => true,
          now,
          gapMs: 0,
        });
        memory.apply(delta, now);
        const { wakeAt: _wakeAt, ...told } = attend({
          now,
          room: all.room,
          clusters: [
            {
              cluster: 'prod',
              known,
              noteworthy,
              blind: [...blind.values()],
              seenAgain,
              size: null,
              everyMs: () => null,
            },
          ],
          watches: [...memory.watches.values()],
          mutes: [],
          quiet: [],
          incidents: [...memory.incidents.values()],
          nextIncident: () => (incidents += 1),
        });
        memory.apply(told, now);
        const views = (told.outgoing ?? []).map(({ announcement }) =>
          JSON.stringify(announcementView(announcement)),
        );
        shown += views.length;
        expect(views.length).toBeLessThan(40);
      });
      expect(known.size).toBeLessThanOrEqual(names.size);
    }),
    { numRuns: 400 },
  );
  expect(shown).toBeGreaterThan(100);
});
