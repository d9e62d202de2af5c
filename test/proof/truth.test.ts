/** Random days, and what was told of them against what really happened. */
import { expect, test } from 'vitest';
import { endure } from './ordeal.ts';
import { findings } from './verdict.ts';

// biome-ignore lint/style/noProcessEnv: how a person asks for other days than those that are always tried
const ASKED = process.env['TRUTH_SEEDS'];
const SEEDS = ASKED?.split(' ') ?? ['1', '2', '3', '4', '5', '6'];

test.each(SEEDS)('day %s is told as it was', { timeout: 120_000 }, async (seed) => {
  const ordeal = await endure(seed);
  const found = findings(ordeal);
  const told =
    found.length === 0
      ? []
      : [...ordeal.trials.map((one) => JSON.stringify(one).slice(0, 220)), ...ordeal.titles];
  expect({ found, told }).toEqual({ found: [], told: [] });
});
