import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSecret } from '../src/config/secret.ts';
import { createLogger, type LOG_LEVELS, SECRET_FIELDS } from '../src/log.ts';

function logged(level: (typeof LOG_LEVELS)[number]) {
  const lines: string[] = [];
  return { lines, log: createLogger({ level, destination: { write: (line) => lines.push(line) } }) };
}

test.each([
  ['silent', 0],
  ['error', 1],
  ['warn', 2],
  ['info', 3],
  ['debug', 4],
] as const)('level %s writes %d of the four kinds', (level, count) => {
  const { lines, log } = logged(level);
  log.debug({}, 'd');
  log.info({}, 'i');
  log.warn({}, 'w');
  log.error({}, 'e');
  expect(lines).toHaveLength(count);
});

test('a line is one JSON object with level, time, message and fields', () => {
  const { lines, log } = logged('info');
  log.info({ cluster: 'prod', ms: 12 }, 'answered');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    msg: 'answered',
    cluster: 'prod',
    ms: 12,
  });
  expect(lines[0]).toMatch(/^[^\n]*\n$/);
});

test('an error is written with its code, its detail and its cause', () => {
  const { lines, log } = logged('error');
  const err = Object.assign(new Error('no answer', { cause: new Error('ECONNREFUSED') }), {
    code: 'network',
  });
  log.error({ err }, 'failed');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: { name: 'Error', message: 'no answer', code: 'network', cause: { message: 'ECONNREFUSED' } },
  });
});

describe('secrets', () => {
  const depth = fc.integer({ min: 0, max: 12 });
  const spelling = fc.constantFrom(
    (key: string) => key,
    (key: string) => key.toUpperCase(),
  );

  test('a secret field is never written, however deep, whatever its case', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SECRET_FIELDS),
        depth,
        spelling,
        fc.boolean(),
        (field, levels, spell, list) => {
          const { lines, log } = logged('info');
          let fields: Record<string, unknown> = { [spell(field)]: 'hunter2-secret' };
          for (let level = 0; level < levels; level += 1) fields = { inner: list ? [fields] : fields };
          log.info(fields, 'x');
          log.info({ err: Object.assign(new Error('x'), { detail: fields }) }, 'x');
          return lines.length === 2 && !lines.join('').includes('hunter2-secret');
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a Secret stays one under any name', () => {
    const { lines, log } = logged('info');
    log.info(
      { anything: createSecret('hunter2-secret'), deep: { list: [createSecret('hunter2-secret')] } },
      'x',
    );
    expect(lines.join('')).not.toContain('hunter2-secret');
    expect(lines.join('')).toContain('[secret]');
  });

  test('an object that holds itself is written and ends', () => {
    const { lines, log } = logged('info');
    const loop: Record<string, unknown> = { name: 'loop' };
    loop['self'] = loop;
    log.info({ loop }, 'x');
    expect(lines[0]).toContain('[deep]');
  });
});
