import { describe, expect, test } from 'vitest';
import { auditEntry, auditLine, createRecent } from '../src/audit.ts';
import type { Asker } from '../src/chat.ts';

const asker: Asker = { person: 'U1', place: { platform: 'slack', room: 'C1', thread: '1.2' } };
const rest = {
  at: Date.UTC(2026, 2, 12, 14),
  id: 'id-1',
  verb: 'down',
  cluster: 'prod',
  outcome: 'failed',
  reason: 'timeout',
  ms: 12,
} as const;

describe('an entry', () => {
  test('is one line of JSON with who, where, what and how it ended', () => {
    expect(JSON.parse(auditLine(auditEntry(asker, 'down', rest)))).toEqual({
      time: '2026-03-12T14:00:00.000Z',
      id: 'id-1',
      person: 'U1',
      platform: 'slack',
      room: 'C1',
      thread: '1.2',
      text: 'down',
      verb: 'down',
      cluster: 'prod',
      outcome: 'failed',
      reason: 'timeout',
      ms: 12,
    });
  });

  test.each([
    ['a text of 40 000 characters', 'x'.repeat(40_000)],
    ['a pasted column', 'SEP001122334455\n'.repeat(100)],
    ['a text cut in the middle of an emoji', `${'x'.repeat(498)}😀😀`],
    ['separators that end lines elsewhere', 'a\u2028b\rc\nd'],
  ])('stays one short line with %s', (_claim, text) => {
    const line = auditLine(auditEntry({ ...asker, person: text }, text, rest));
    expect(line).not.toMatch(/[\n\r]/);
    expect(line.length).toBeLessThan(2_000);
    expect(line.isWellFormed()).toBe(true);
  });

  test('holds no more of the asker than is asked for', () => {
    const talkative = { ...asker, email: 'anna@example.com', token: 'xoxb-secret' };
    expect(auditLine(auditEntry(talkative, 'down', rest))).not.toMatch(/example\.com|xoxb/);
  });
});

describe('the last questions', () => {
  const commands = (recent: ReturnType<typeof createRecent>, who = asker) =>
    recent.of(who).map(({ command }) => command);

  test('are each person’s own, newest first, none twice, and few', () => {
    const recent = createRecent({ each: 3 });
    for (const [at, command] of ['a', 'b', 'a', 'c', 'd'].entries()) recent.note(asker, { command, at });
    recent.note({ ...asker, person: 'U2' }, { command: 'other', at: 9 });
    expect(commands(recent)).toEqual(['d', 'c', 'a']);
    expect(commands(recent, { ...asker, person: 'U2' })).toEqual(['other']);
  });

  test('are the same in every room, and not those of a namesake elsewhere', () => {
    const recent = createRecent();
    recent.note(asker, { command: 'down', at: 1 });
    expect(commands(recent, { ...asker, place: { platform: 'slack', room: 'D7' } })).toEqual(['down']);
    expect(commands(recent, { ...asker, place: { platform: 'webex', room: 'C1' } })).toEqual([]);
  });

  test('of who has been silent longest are forgotten first', () => {
    const recent = createRecent({ people: 2 });
    const person = (name: string) => ({ ...asker, person: name });
    for (const name of ['A', 'B', 'A', 'C']) recent.note(person(name), { command: name, at: 1 });
    expect(['A', 'B', 'C'].map((name) => commands(recent, person(name)).length)).toEqual([1, 0, 1]);
  });

  test.each([
    ['nothing', ''],
    ['a pasted column', 'SEP001122334455 '.repeat(100)],
  ])('hold %s not at all', (_claim, command) => {
    const recent = createRecent();
    recent.note(asker, { command, at: 1 });
    expect(recent.of(asker)).toEqual([]);
  });
});
