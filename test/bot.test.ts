import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBot, type Log } from '../src/bot.ts';
import type { Incoming } from '../src/chat.ts';
import type { Clock } from '../src/clock.ts';
import type { Cluster } from '../src/command/command.ts';
import { RisPortError } from '../src/risport/fault.ts';
import type { Interim } from '../src/view/view.ts';
import { fixture, NOW } from './command/fixture.ts';
import { expectGolden } from './view/golden.ts';

/** Time stands still; what sleeps is woken by hand. */
function stillClock() {
  const sleeping: (() => void)[] = [];
  const clock: Clock = {
    now: () => NOW,
    monotonic: () => 0,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        sleeping.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    breathe: async () => undefined,
    timeout: () => new AbortController().signal,
  };
  return { clock, wake: () => sleeping.splice(0).forEach((resolve) => void resolve()) };
}

interface Line {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

function memoryLog(): Log & { readonly lines: Line[] } {
  const lines: Line[] = [];
  return {
    lines,
    info: (fields) => lines.push({ level: 'info', fields }),
    error: (fields) => lines.push({ level: 'error', fields }),
  };
}

function bot(...clusters: readonly Cluster[]) {
  const log = memoryLog();
  const { clock, wake } = stillClock();
  const made = createBot({ clusters, clock, version: '0.1.0', log, newId: () => 'id-1' });
  return { ...made, log, wake };
}

function message(text: string): Incoming {
  return { text, person: 'U1', place: { platform: 'console', room: 'here' } };
}

test('an answer that took minutes says how old its oldest rows are', async () => {
  const { cluster } = fixture({});
  let now = NOW;
  const slow: Cluster = {
    ...cluster,
    lookup: async (query, options) => {
      const snapshot = await cluster.lookup(query, options);
      now += 90_000;
      return snapshot;
    },
  };
  const clock: Clock = { ...stillClock().clock, now: () => now };
  const { ask } = createBot({ clusters: [slow], clock, version: '0.1.0' });
  const view = await ask('summary');
  // The rows, then the doubtful ones by name: 90 s each.
  expect(view.data).toMatchObject({ ageSeconds: 180, requests: 2 });
  expect(JSON.stringify(view.blocks)).toContain('As of');
});

describe('every failure is a view and a log line with the same id', () => {
  const busy = Object.assign(new Error('queue full'), { code: 'busy', waitMs: 150_000 });
  const nodeError = Object.assign(new Error('secret stack'), { code: 'ENOENT' });
  test.each([
    ['401', new RisPortError('unauthorized', 'HTTP 401', { status: 401 }), 'unauthorized'],
    ['throttled', new RisPortError('throttled', 'rate', { allowance: 18 }), 'throttled'],
    ['a strange certificate', new RisPortError('tls', 'pin', { fingerprint: 'AA:BB' }), 'tls'],
    ['a queue too long', busy, 'busy'],
    ['the asker gone', new DOMException('stop', 'AbortError'), 'cancelled'],
    ['a time limit', new DOMException('late', 'TimeoutError'), 'timeout'],
    ['a mistake of ours', new TypeError('secret stack'), 'unexpected'],
    ['a code of another kind', nodeError, 'unexpected'],
  ])('%s', async (_claim, error, code) => {
    const { ask, log } = bot(fixture({ error }).cluster);
    const view = await ask('down');
    expect(view).toMatchObject({ outcome: 'failed', data: { error: { code, id: 'id-1' }, cluster: 'prod' } });
    expect(log.lines).toMatchObject([
      { level: 'error', fields: { id: 'id-1', code, verb: 'down', cluster: 'prod' } },
    ]);
    expect(JSON.stringify(view)).not.toContain('secret');
    expect(view.actions[0]?.command).toBe('down');
  });

  test('a throttle fault says the allowance, a certificate its fingerprint', async () => {
    const throttled = bot(
      fixture({ error: new RisPortError('throttled', 'rate', { allowance: 18 }) }).cluster,
    );
    expect(JSON.stringify(await throttled.ask('down'))).toContain('18 requests a minute');
    const tls = bot(fixture({ error: new RisPortError('tls', 'pin', { fingerprint: 'AA:BB' }) }).cluster);
    expect(JSON.stringify(await tls.ask('down'))).toContain('AA:BB');
  });

  test('a signal that has been given costs no question', async () => {
    const { cluster, asked } = fixture();
    const view = await bot(cluster).ask('down', { signal: AbortSignal.abort() });
    expect(view.data).toMatchObject({ error: { code: 'cancelled' } });
    expect(asked).toHaveLength(0);
  });

  test('one failed question of several gives up the others', async () => {
    const { cluster } = fixture();
    const signals: (AbortSignal | undefined)[] = [];
    const lookup: Cluster['lookup'] = (query, options) => {
      signals.push(options?.signal);
      if ('status' in query && query.status === 'Rejected') throw new RisPortError('network', 'gone');
      return new Promise((_resolve, reject) =>
        options?.signal?.addEventListener('abort', () => reject(new Error('given up'))),
      );
    };
    const view = await bot({ ...cluster, lookup: async (...asked) => lookup(...asked) }).ask('down');
    expect(view.data).toMatchObject({ error: { code: 'network' } });
    expect(signals.every((signal) => signal?.aborted)).toBe(true);
  });
});

describe('clusters', () => {
  test('the first is asked, unless the text or the option says otherwise', async () => {
    const prod = fixture();
    const lab = fixture({ name: 'lab' });
    const { ask } = bot(prod.cluster, lab.cluster);
    await ask('1001');
    await ask('1001', { cluster: 'lab' });
    await ask('1001 in:LAB');
    await ask('1001 in:prod', { cluster: 'lab' });
    expect([prod.asked.length, lab.asked.length]).toEqual([2, 2]);
  });

  test('buttons remember the cluster of the option', async () => {
    const { ask } = bot(fixture().cluster, fixture({ name: 'lab' }).cluster);
    const view = await ask('1001', { cluster: 'lab' });
    expect(view.actions[0]?.command).toBe('1001 in:lab fresh:yes');
  });

  test('a cluster nobody knows is a misread that names those there are', async () => {
    const { ask } = bot(fixture().cluster, fixture({ name: 'lab' }).cluster);
    expectGolden('misread-unknown-cluster', await ask('down in:mars'));
  });
});

describe('while it is asked', () => {
  test('a wait is told once, in words', async () => {
    const { cluster } = fixture();
    const told: Interim[] = [];
    const lookup: Cluster['lookup'] = (query, options) => {
      options?.onProgress?.({ type: 'waiting', ahead: 2, waitMs: 8000 });
      options?.onProgress?.({ type: 'waiting', ahead: 2, waitMs: 8000 });
      return cluster.lookup(query, options);
    };
    await bot({ ...cluster, lookup }).answer(message('1001'), (interim) => told.push(interim));
    expect(told).toEqual([{ text: 'asking prod: 2 questions ahead, about 8 s' }]);
  });

  test('questions that wait side by side are one wait to the asker', async () => {
    const { cluster } = fixture();
    const told: Interim[] = [];
    let ahead = 2;
    const lookup: Cluster['lookup'] = (query, options) => {
      options?.onProgress?.({ type: 'waiting', ahead, waitMs: ahead * 4000 });
      ahead += 1;
      return cluster.lookup(query, options);
    };
    await bot({ ...cluster, lookup }).answer(message('down'), (interim) => told.push(interim));
    // Three states are three questions, the later ones behind the asker's own; then the names are asked for.
    expect(told[2]).toEqual({ text: 'asking prod: 2 questions ahead, about 16 s' });
  });

  test('who waits behind nobody is told what for', async () => {
    const { cluster } = fixture();
    const told: Interim[] = [];
    const lookup: Cluster['lookup'] = (query, options) => {
      options?.onProgress?.({ type: 'waiting', ahead: 0, waitMs: 8000 });
      return cluster.lookup(query, options);
    };
    await bot({ ...cluster, lookup }).answer(message('1001'), (interim) => told.push(interim));
    expect(told).toEqual([{ text: 'asking prod: about 8 s (CUCM limits requests)' }]);
  });

  test('silence for a second is broken, but never after the answer', async () => {
    const { cluster } = fixture();
    const told: Interim[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const lookup: Cluster['lookup'] = async (query, options) =>
      held.then(() => cluster.lookup(query, options));
    const { answer, wake } = bot({ ...cluster, lookup });
    const pending = answer(message('1001'), (interim) => told.push(interim));
    wake();
    await Promise.resolve();
    await Promise.resolve();
    expect(told).toEqual([{ text: 'asking prod' }]);
    release();
    expect((await pending).outcome).toBe('answered');
    wake();
    await Promise.resolve();
    expect(told).toHaveLength(1);
  });

  test('a platform that cannot show the line still gets the answer', async () => {
    const { cluster } = fixture();
    const lookup: Cluster['lookup'] = (query, options) => {
      options?.onProgress?.({ type: 'waiting', ahead: 0, waitMs: 5000 });
      return cluster.lookup(query, options);
    };
    const view = await bot({ ...cluster, lookup }).answer(message('1001'), () => {
      throw new Error('no room');
    });
    expect(view.outcome).toBe('answered');
  });
});

test('whatever is typed gets an answer and a log line', async () => {
  const { ask, log } = bot(fixture().cluster);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
      const before = log.lines.length;
      const view = await ask(text);
      expect(view.title).not.toBe('');
      expect(log.lines).toHaveLength(before + 1);
    }),
    { numRuns: 300 },
  );
});

test('100 kB of text are answered, and said to be cut', async () => {
  const view = await bot(fixture().cluster).ask('lobby '.repeat(17_000));
  expect(JSON.stringify(view)).toContain('first 20000 characters');
  expect(JSON.stringify(view).length).toBeLessThan(30_000);
});

test('the log has no text of the asker', async () => {
  const { ask, log } = bot(fixture().cluster);
  await ask('user:someone.private');
  expect(JSON.stringify(log.lines)).not.toContain('private');
});
