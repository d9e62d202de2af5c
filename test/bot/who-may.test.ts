import { describe, expect, test } from 'vitest';
import type { AccessRules, Rule } from '../../src/access/access.ts';
import type { AuditEntry } from '../../src/audit.ts';
import { createBot } from '../../src/bot.ts';
import type { Asker } from '../../src/chat.ts';
import { systemClock } from '../../src/clock.ts';
import { RisPortError } from '../../src/risport/fault.ts';
import { fixture, NOW } from '../command/fixture.ts';

const clock = { ...systemClock, now: () => NOW, monotonic: () => 0 };
const anna: Asker = { person: 'U1', place: { platform: 'slack', room: 'C1', thread: '1.2' } };

function house(rules: readonly Rule[] | null, labError?: Error) {
  const known = (name: string) => [{ name, description: 'desk', numbers: [] }];
  const prod = fixture({ names: known('SEP0000000PROD') });
  const lab = fixture({ name: 'lab', names: known('SEP00000000LAB'), ...(labError && { error: labError }) });
  const audit: AuditEntry[] = [];
  const counted: unknown[] = [];
  const lines: Readonly<Record<string, unknown>>[] = [];
  let ids = 0;
  const bot = createBot({
    clusters: [prod.cluster, lab.cluster],
    clock,
    version: '0.1.0',
    access: rules === null ? null : ({ rules, contact: '#voice-help' } satisfies AccessRules),
    audit: (entry) => audit.push(entry),
    metrics: { answered: (question) => counted.push(question) },
    log: { info: (fields) => lines.push(fields), error: (fields) => lines.push(fields) },
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
  });
  const say = (text: string, asker = anna) => bot.answer({ ...asker, text }, () => undefined);
  return { bot, say, prod, lab, audit, counted, lines };
}

const LAB_ONLY: Rule = { role: 'viewer', users: ['U1'], clusters: ['lab'] };

describe('somebody allowed for lab only', () => {
  test('is refused prod, which is not asked, and told the role and the contact', async () => {
    const { say, prod } = house([LAB_ONLY]);
    const view = await say('1001 in:prod');
    expect(view).toMatchObject({
      outcome: 'refused',
      title: 'You may not ask about prod',
      data: { error: { code: 'refused', reason: 'other-cluster', needed: 'viewer', id: 'id-1' } },
    });
    expect(JSON.stringify(view)).toContain('#voice-help');
    expect(prod.asked).toEqual([]);
  });

  test('asks lab without saying so, and the buttons say so for whoever presses them', async () => {
    const { say, prod, lab } = house([LAB_ONLY]);
    const view = await say('1001');
    expect([prod.asked.length, lab.asked.length]).toEqual([0, 1]);
    const commands = view.actions.map(({ command }) => command);
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((command) => !command.includes('in:lab'))).toEqual([]);
  });

  test.each([
    ['status', 'status'],
    ['help', 'help'],
    ['the tables', 'reason 13'],
  ])('may use %s', async (_claim, text) => {
    expect((await house([LAB_ONLY]).say(text)).outcome).toBe('answered');
  });

  test('sees only lab: in status, the form, suggestions, the home page and misreads', async () => {
    const { bot, say } = house([LAB_ONLY]);
    expect((await say('status')).data).toMatchObject({ clusters: [{ name: 'lab' }] });
    expect(bot.formFor(anna).clusters).toEqual(['lab']);
    expect((await bot.home(anna)).data).toMatchObject({ clusters: [{ name: 'lab' }] });
    expect(JSON.stringify(await say('down in:mars'))).not.toContain('prod');
    const suggested = (cluster: string | null) =>
      bot.suggest('desk', cluster, 50, anna).map(({ text }) => text);
    expect(suggested(null)).toEqual(['name:"SEP00000000LAB" in:lab']);
    expect(suggested('lab')).toEqual(['name:"SEP00000000LAB"']);
    expect(suggested('prod')).toEqual([]);
    expect(bot.suggest('desk', null, 50)).toHaveLength(2);
  });
});

describe('somebody without any role', () => {
  const nobody: Asker = { person: 'U9', place: { platform: 'slack', room: 'C1' } };
  test.each([
    ['a question', '1001'],
    ['help', 'help'],
    ['nonsense', 'find colour:red'],
    ['a cluster that there is', '1001 in:lab'],
    ['a cluster that there is not', '1001 in:mars'],
    ['nothing at all', ''],
  ])('is refused %s without a word about clusters', async (_claim, text) => {
    const { say, prod, lab } = house([LAB_ONLY]);
    const view = await say(text, nobody);
    expect(view).toMatchObject({ outcome: 'refused', data: { error: { reason: 'no-role' } } });
    expect(JSON.stringify(view)).not.toMatch(/\b(?:lab|prod)\b/);
    expect([...prod.asked, ...lab.asked]).toEqual([]);
  });

  test('has an empty form, no suggestions, and a home page that says why', async () => {
    const { bot } = house([LAB_ONLY]);
    expect(bot.formFor(nobody)).toEqual({ clusters: [], verbs: [] });
    expect(bot.suggest('sep', null, 50, nobody)).toEqual([]);
    expect((await bot.home(nobody)).outcome).toBe('refused');
  });
});

test('whoever started risbot is not subject to rules, and leaves no line in the audit', async () => {
  const { bot, audit } = house([]);
  expect((await bot.ask('1001')).outcome).toBe('answered');
  expect(audit).toEqual([]);
});

test('a cluster named in full is that cluster, and not one that begins like it', async () => {
  const rules: Rule[] = [{ role: 'viewer', users: ['U1'], clusters: ['lab'] }];
  const { say } = house(rules);
  expect((await say('1001 in:la')).outcome).toBe('answered');
  expect((await say('1001 in:PROD')).outcome).toBe('refused');
});

test('without rules the first cluster’s buttons stay as typed', async () => {
  const view = await house(null).say('1001');
  expect(view.actions[0]?.command).toBe('1001 fresh:yes');
});

describe('every question leaves an entry, a count and a log line with one id', () => {
  test.each([
    ['answered', '1001', { verb: 'device', cluster: 'prod', outcome: 'answered', reason: null }],
    ['nothing', '4444', { verb: 'device', cluster: 'prod', outcome: 'nothing', reason: null }],
    [
      'misread',
      'find colour:red',
      { verb: null, cluster: null, outcome: 'misread', reason: 'unknown-field' },
    ],
    ['failed', 'down in:lab', { verb: 'down', cluster: 'lab', outcome: 'failed', reason: 'timeout' }],
  ])('%s', async (_claim, text, expected) => {
    const { say, audit, counted, lines } = house(null, new RisPortError('timeout', 'late'));
    const view = await say(text);
    expect(audit).toEqual([
      {
        at: NOW,
        id: 'id-1',
        person: 'U1',
        platform: 'slack',
        room: 'C1',
        thread: '1.2',
        text,
        ms: 0,
        ...expected,
      },
    ]);
    expect(counted).toEqual([{ verb: expected.verb ?? 'none', outcome: expected.outcome, seconds: 0 }]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ id: 'id-1' });
    if (view.outcome === 'failed') expect(view.data).toMatchObject({ error: { id: 'id-1' } });
  });

  test('refused', async () => {
    const { say, audit, lines } = house([LAB_ONLY]);
    await say('down in:prod');
    expect(audit).toMatchObject([
      { verb: 'down', cluster: 'prod', outcome: 'refused', reason: 'other-cluster', id: 'id-1' },
    ]);
    expect(lines).toMatchObject([{ id: 'id-1', outcome: 'refused', reason: 'other-cluster' }]);
  });
});

test('the home page offers the last questions again, as they work now', async () => {
  const { bot, say } = house([{ role: 'viewer', users: ['U1'] }]);
  for (const text of ['1001 page:2', 'down in:lab', 'find colour:red', '1001 fresh:yes']) await say(text);
  const { actions } = await bot.home(anna);
  expect(actions.map(({ command }) => command)).toEqual(['1001 in:prod', 'down in:lab', 'down', 'help']);
  expect((await bot.home({ ...anna, person: 'U2' })).outcome).toBe('refused');
});

test('the form of an open house has every cluster and every verb', () => {
  const { bot } = house(null);
  const form = bot.formFor(anna);
  expect(form.clusters).toEqual(['prod', 'lab']);
  expect(form.verbs.map(({ name }) => name)).toEqual(expect.arrayContaining(['device', 'down', 'help']));
});
