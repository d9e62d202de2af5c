/** Random days, and what was told of them against what really happened. */
import { expect, test } from 'vitest';
import { endure } from './ordeal.ts';
import { findings } from './verdict.ts';

// biome-ignore lint/style/noProcessEnv: how a person asks for other days than those that are always tried
const ASKED = process.env['TRUTH_SEEDS'];
/** Each of them once found something. */
const SEEDS = ASKED?.split(' ') ?? ['2', '5', '6', '18'];

test.each(SEEDS)('random day %s is told as it was', { timeout: 120_000 }, async (seed) => {
  const ordeal = await endure(seed);
  const found = findings(ordeal);
  const day = found.length === 0 ? [] : ordeal.trials.map((trial) => JSON.stringify(trial).slice(0, 200));
  expect({ found, day }).toEqual({ found: [], day: [] });
});
