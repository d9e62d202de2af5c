/**
 * kill -9 at any moment, again and again, while a storm goes over the cluster and messages are under way: no change is lost, nothing that
 * was told is told again but for what was under way, and CUCM's allowance holds over all lives together.
 *
 * RISBOT_PROOF_SEED repeats a run, as far as timers do; RISBOT_PROOF_KILLS makes it shorter.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { dropSchemas, freshSchema, IS_REQUIRED, POSTGRES } from '../store/server.ts';
import {
  againstTheAllowance,
  doubled,
  type Evidence,
  falseBeliefs,
  falseCards,
  falseChanges,
  lostChanges,
  mostInAnyMinute,
  noticed,
  repeated,
  untold,
} from './evidence.ts';
import { storm } from './storm.ts';

// biome-ignore lint/style/noProcessEnv: inputs of this proof alone, not of risbot.
const { RISBOT_PROOF_SEED = String(Date.now() % 1_000_000), RISBOT_PROOF_KILLS = '200' } = process.env;
const KILLS = Number(RISBOT_PROOF_KILLS);
const WITHIN_MS = 540_000;

const folder = mkdtempSync(join(tmpdir(), 'risbot-kill-'));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (POSTGRES !== '') await dropSchemas();
});

async function prove(engine: string, url: string): Promise<void> {
  const evidence = await storm({
    url,
    seed: `${RISBOT_PROOF_SEED} ${engine}`,
    kills: KILLS,
    cache: join(folder, 'cache'),
  });
  process.stderr.write(`${engine}: ${summary(evidence)}; seed ${RISBOT_PROOF_SEED}\n`);
  expect(
    evidence.deaths.filter(({ of }) => of !== 'SIGKILL'),
    evidence.errors,
  ).toEqual([]);
  expect(evidence.deaths).toHaveLength(KILLS);
  expect(lostChanges(evidence)).toEqual([]);
  expect(falseChanges(evidence)).toEqual([]);
  expect(falseBeliefs(evidence)).toEqual([]);
  expect(untold(evidence)).toEqual([]);
  expect(falseCards(evidence)).toEqual([]);
  expect(repeated(evidence)).toEqual([]);
  expect(doubled(evidence).length).toBeLessThanOrEqual(KILLS);
  expect(againstTheAllowance(evidence)).toEqual([]);
  expect(evidence.errors).toBe('');
}

function summary(evidence: Evidence): string {
  const { deaths, transitions, messages, changes, requests, allowance } = evidence;
  const all = noticed(evidence);
  const seen = all.filter(({ isSeen }) => isSeen);
  const worst = Math.round(Math.max(0, ...seen.map(({ lasted }) => lasted)) / 1000);
  return [
    `${deaths.length} kills, ${deaths.filter(({ underWay }) => underWay > 0).length} with messages under way`,
    `${all.length} absences, ${seen.length} of them seen, within ${worst} s`,
    `${transitions.length} transitions`,
    `${messages.length} posts, ${doubled(evidence).length} of them doubled, and ${changes} changes`,
    `${requests.length} requests, at most ${mostInAnyMinute(requests)} of ${allowance} in 60 s`,
  ].join('; ');
}

test('there is a PostgreSQL where one is required', () => {
  expect(IS_REQUIRED && POSTGRES === '').toBe(false);
});

if (POSTGRES === '') {
  process.stderr.write('left out: kill -9 on PostgreSQL; RISBOT_TEST_POSTGRES names none\n');
} else {
  test.concurrent('no kill loses or repeats anything on PostgreSQL', { timeout: WITHIN_MS }, async () => {
    await prove('PostgreSQL', (await freshSchema()).url);
  });
}

test.concurrent('no kill loses or repeats anything on SQLite', { timeout: WITHIN_MS }, async () => {
  await prove('SQLite', `sqlite:${join(folder, 'risbot.db')}`);
});
