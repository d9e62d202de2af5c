import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createNames } from '../../src/lookup/names.ts';
import { answer, byName, device } from './cluster.ts';

const entry = (name: string) => ({ name, description: '', numbers: [] });

describe('names of a cluster', () => {
  test('are learnt from every answer, with description and numbers', async () => {
    const names = createNames({ clock: systemClock });
    const row = device('SEP1', {
      description: 'lobby',
      linesStatus: [{ directoryNumber: '1002', status: 'Registered' }],
    });
    await names.learning(async (query) => answer(query, [row]))(byName('SEP1'));
    expect(names.all()).toEqual([{ name: 'SEP1', description: 'lobby', numbers: ['1002'] }]);
  });

  test('without AXL are never complete', async () => {
    expect(await createNames({ clock: systemClock }).complete()).toBeNull();
  });

  test('are loaded once for all who ask, and again after five minutes', async () => {
    let now = 0;
    let loads = 0;
    const load = async () => {
      loads += 1;
      return [entry('SEP1'), entry('SEP2')];
    };
    const names = createNames({ clock: { ...systemClock, now: () => now }, load });
    now = 1;
    expect(await Promise.all([names.complete(), names.complete()])).toEqual([
      ['SEP1', 'SEP2'],
      ['SEP1', 'SEP2'],
    ]);
    now += 299_999;
    await names.complete();
    expect(loads).toBe(1);
    now += 2;
    await names.complete();
    expect(loads).toBe(2);
    expect(names.all()).toHaveLength(2);
  });

  test('a failure to load is reported, says that not every name is known, and is tried again after five minutes', async () => {
    let now = 0;
    const errors: unknown[] = [];
    let fails = false;
    const load = async () => {
      if (fails) throw new Error('AXL is away');
      return [entry('SEP1')];
    };
    const clock = { ...systemClock, now: () => now };
    const names = createNames({ clock, load, onLoadError: (error) => errors.push(error) });
    await names.complete();
    fails = true;
    now += 3_600_001;
    // A phone set up since then would be missing from an answer that calls itself whole.
    expect(await names.complete()).toBeNull();
    expect(names.all().map(({ name }) => name)).toEqual(['SEP1']);
    await names.complete();
    expect(errors).toHaveLength(1);
    now += 300_001;
    await names.complete();
    expect(errors).toHaveLength(2);
  });

  describe('when an asker leaves while they are loaded', () => {
    function slow() {
      const errors: unknown[] = [];
      const loads: { readonly signal: AbortSignal; readonly end: () => void }[] = [];
      const load = (signal?: AbortSignal) =>
        new Promise<ReturnType<typeof entry>[]>((resolve, reject) => {
          if (signal === undefined) throw new Error('the load has no signal');
          loads.push({ signal, end: () => resolve([entry('SEP1')]) });
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      const names = createNames({ clock: systemClock, load, onLoadError: (error) => errors.push(error) });
      return { names, loads, errors };
    }

    test('the others still get them', async () => {
      const { names, loads, errors } = slow();
      const gone = new AbortController();
      const first = names.complete(gone.signal);
      const second = names.complete();
      gone.abort(new Error('left'));
      await expect(first).rejects.toThrow('left');
      loads[0]?.end();
      expect(await second).toEqual(['SEP1']);
      expect([loads.length, errors.length]).toEqual([1, 0]);
    });

    test('the last one ends the load, and AXL does not count as away', async () => {
      const { names, loads, errors } = slow();
      const gone = new AbortController();
      const first = names.complete(gone.signal);
      gone.abort(new Error('left'));
      await expect(first).rejects.toThrow('left');
      expect(loads[0]?.signal.aborted).toBe(true);
      const second = names.complete();
      loads[1]?.end();
      expect(await second).toEqual(['SEP1']);
      expect(errors).toEqual([]);
    });
  });

  test('are bounded', async () => {
    const names = createNames({ clock: systemClock, limit: 2, load: async () => ['A', 'B', 'C'].map(entry) });
    await names.complete();
    expect(names.all()).toHaveLength(2);
  });
});
