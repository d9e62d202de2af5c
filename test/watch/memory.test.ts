import { describe, expect, test } from 'vitest';
import { createCoverage } from '../../src/watch/coverage.ts';
import { createMemory, NOTHING } from '../../src/watch/memory.ts';
import { mergeDeltas } from '../../src/watch/merge.ts';
import { isNoteworthy } from '../../src/watch/noteworthy.ts';
import type { Delta, ReadScope, Remembered } from '../../src/watch/ports.ts';
import { roomLost } from '../../src/watch/room-lost.ts';
import type { Scope } from '../../src/watch/watch.ts';
import { known, row, watch } from './known.ts';

/** A text names a device, or everything that begins with it. */
const readScope: ReadScope = (text) => (text === 'nonsense' ? null : scopeOf(text));

function scopeOf(text: string): Scope {
  const prefix = text.endsWith('*') ? text.slice(0, -1) : null;
  return {
    names: prefix === null ? [text] : [],
    numbers: [],
    exceptions: prefix === null ? null : { deviceClass: 'Phone' },
    cti: [],
    matches: ({ name }) =>
      prefix === null ? name.toUpperCase() === text.toUpperCase() : name.startsWith(prefix),
  };
}

const memory = (remembered: Partial<Remembered> = {}) =>
  createMemory({ ...NOTHING, ...remembered }, readScope);
const LOST = { condition: 'lost', baseline: false, since: 5 } as const;

describe('what is remembered', () => {
  test('is there after a restart', () => {
    const after = memory({ known: [known('A')], watches: [watch(3, { text: 'A' })], lookedAt: { prod: 7 } });
    expect(after.cluster('prod').known.get('A')).toEqual(known('A'));
    expect([...after.watches.keys()]).toEqual([3]);
    expect(after.lookedAt.get('prod')).toBe(7);
  });

  test('a device that is lost is worth a look until it has been back for half an hour', () => {
    const held = memory();
    const { noteworthy } = held.cluster('prod');
    held.apply({ known: [known('A', LOST)] }, 10);
    expect([...noteworthy.keys()]).toEqual(['A']);
    const back = known('A', { since: 20, baseline: false, changes: [5, 20] });
    held.apply({ known: [back] }, 20);
    expect([...noteworthy.keys()]).toEqual(['A']);
    expect(isNoteworthy(back, 20 + 30 * 60_000)).toBe(false);
  });

  test('a device that was down when it was first seen is not, as long as it stays so', () => {
    expect(isNoteworthy(known('A', { ...LOST, baseline: true }), 10)).toBe(false);
  });

  test('a watch that cannot be read any more is kept apart, not dropped', () => {
    const held = memory({ watches: [watch(1, { text: 'nonsense' })] });
    expect(held.watches.size).toBe(0);
    expect([...held.unreadable.keys()]).toEqual([1]);
  });

  test('a closed incident is no open one any more', () => {
    const held = memory();
    held.apply({ incidents: [{ id: 4, closedAt: null } as never] }, 0);
    expect(held.incidents.size).toBe(1);
    expect(held.lastIds.incident).toBe(4);
    held.apply({ incidents: [{ id: 4, closedAt: 9 } as never] }, 0);
    expect(held.incidents.size).toBe(0);
  });

  test('what could not be seen is spoken of as seen again, with how long that was', () => {
    const held = memory();
    held.apply(
      { blind: [{ cluster: 'prod', node: 'cucm2', code: 'NodeNotResponding', since: 100, lastSeen: 90 }] },
      100,
    );
    held.apply({ seen: [{ cluster: 'prod', node: 'cucm2' }] }, 400);
    expect(held.cluster('prod').blind.size).toBe(0);
    expect(held.cluster('prod').seenAgain).toEqual([{ node: 'cucm2', ms: 310, at: 400 }]);
  });
});

describe('several changes in one', () => {
  test('keep what happened in order, and of what is as it is last only the last', () => {
    const first: Delta = {
      known: [known('A', LOST), known('B')],
      endedWatches: [1],
      lookedAt: { prod: 1, lab: 1 },
    };
    const second: Delta = { known: [known('A')], endedWatches: [2], lookedAt: { prod: 2 } };
    expect(mergeDeltas(first, second)).toEqual({
      known: [known('A'), known('B')],
      endedWatches: [1, 2],
      lookedAt: { prod: 2, lab: 1 },
    });
  });
});

describe('which watches cover a row', () => {
  const watches = ['SEP1', 'sep2', 'SEP*'].map((text, id) => ({
    watch: watch(id, { text }),
    scope: scopeOf(text),
  }));
  const coverage = createCoverage(watches);

  test.each([
    ['by name and by pattern', 'SEP1', [0, 2]],
    ['by name, whatever its case', 'SEP2', [1, 2]],
    ['by pattern alone', 'SEP3', [2]],
    ['not at all', 'CSF1', []],
  ] as const)('%s', (_claim, name, ids) => {
    expect(coverage.of(row(name)).map(({ watch: { id } }) => id)).toEqual(ids);
    expect(coverage.isWatched(row(name))).toBe(ids.length > 0);
  });
});

describe('a room that is lost', () => {
  const room = { platform: 'slack', room: 'C1' };
  const lost = { room, reason: 'is_archived', waiting: 2, at: 50 };
  const made = [
    watch(1, { room, text: 'A', maker: 'U1' }),
    watch(2, { room, text: 'B', maker: 'U1' }),
    watch(3, { room, text: 'C', maker: 'U2' }),
    watch(4, { text: 'D', maker: 'U3' }),
  ].map((one) => ({ watch: one, scope: scopeOf(one.text) }));

  test('each of its makers hears of it once, in their own direct messages', () => {
    const told = roomLost({ ...lost, watches: made });
    expect(told.map(({ room: to, announcement }) => [to, announcement])).toEqual([
      [
        { platform: 'slack', room: 'U1', direct: true },
        { type: 'room-lost', room, why: 'is_archived', watches: ['A', 'B'], waiting: 2 },
      ],
      [
        { platform: 'slack', room: 'U2', direct: true },
        { type: 'room-lost', room, why: 'is_archived', watches: ['C'], waiting: 2 },
      ],
    ]);
  });

  test('of direct messages that cannot be told nobody is told there', () => {
    const direct = { ...room, direct: true };
    const own = [{ watch: watch(1, { room: direct }), scope: scopeOf('A') }];
    expect(roomLost({ ...lost, room: direct, watches: own })).toEqual([]);
  });
});
