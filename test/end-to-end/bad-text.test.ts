/** Whatever people type, paste or write into the configuration: a plain answer, and nothing that comes through. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, onTestFinished, test } from 'vitest';
import { renderView } from '../../adapters/console/render.ts';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createLogger } from '../../src/log.ts';
import type { Block, View } from '../../src/view/view.ts';
import { risbot, start } from '../main/command-line.ts';
import { openHouse, wordsOf } from './house.ts';

const PHONE = 'SEP001122334455';
const UP = `${PHONE} is Registered on cucm1`;
/** What moves a cursor, hides text or turns it round. */
const HIDDEN = /[\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}\p{Cs}]/u;

describe('what is typed', () => {
  test.each([
    ['control characters around a name', `\u0000\u0007${PHONE}\u001b`, UP],
    ['control characters within a name', 'SEP0011\u00002233\u00084455', UP],
    ['a name turned round by a bidi override', `\u202e${PHONE}\u202c`, UP],
    ['zero-width characters within a name', 'SEP0011\u200b2233\ufeff4455', UP],
    ['full-width letters and digits', 'ＳＥＰ００１１２２３３４４５５', UP],
    ['a quote that is never closed', `"${PHONE}`, UP],
    ['a typographic quote that is never closed', `“${PHONE}`, UP],
    ['a filter whose quote is never closed', 'desc:"LON 3F desk 14', /^SEP00562B0000A1 /],
    ['an apostrophe', "o'brien's desk", /o'brien's desk/],
    ['only quotes', '"""\'\'\'"', /\w/],
    ['only white space and controls', ' \t\n\u0000\u200b ', 'What you can ask risbot'],
    ['a lone surrogate', 'lobby \ud800', 'SEP00562B0000B1 is Registered on cucm1'],
    [
      'a filter that is a property of every object',
      '__proto__:x constructor:y',
      'I do not know the filter "constructor:"',
    ],
    ['a verb that is a property of every object', 'constructor', /constructor/],
    ['a regular expression', 'desc:(a+)+$', /\(a\+\)\+\$/],
    [
      'markup for chat platforms',
      'desc:"<!channel> <@U1|x> *b* [x](http://example.com)"',
      /<!channel> <@U1\|x> \*b\*/,
    ],
    [
      'markup for CUCM',
      'desc:"]]></ns:SelectItems><ns:x>&quot;<!--"',
      /]]><\/ns:SelectItems><ns:x>&quot;<!--/,
    ],
    ['markup for CUCM as a number', 'dn:1002</ns:SelectItems><ns:x>', /1002<\/ns:SelectItems><ns:x>/],
    ['a page beyond all pages', 'find class:phone page:999999', '211 devices in prod'],
    ['a page that is none', 'find class:phone page:-1', /page/],
    ['a subnet of everything', '0.0.0.0/0', /^\d+ devices in prod$/],
    ['an address that is none', 'ip:999.1.1.1', /999\.1\.1\.1/],
  ])('%s', async (_claim, text, title) => {
    const house = await openHouse();
    const view = await house.ask(text);
    expect(view.title).toMatch(title);
    expect(view.outcome).not.toBe('failed');
    const rendered = renderView(view, { width: 100, colour: false, actions: true });
    expect(rendered.replaceAll('\n', '')).not.toMatch(HIDDEN);
    expect(house.log).toMatchObject([{ level: 'info', outcome: view.outcome }]);
    expect(await house.ask(`${PHONE} fresh:yes`)).toMatchObject({ title: UP });
  });

  test.each([
    ['of words', 'lobby '.repeat(17_000)],
    ['of one word', 'x'.repeat(100_000)],
    ['of stars', '*'.repeat(100_000)],
    ['of quotes', '"'.repeat(100_000)],
    ['of colons', 'a:'.repeat(50_000)],
    ['of one filter', `desc:${'a*'.repeat(50_000)}`],
    ['of numbers', '1002,'.repeat(20_000)],
    ['of exclamation marks', '!'.repeat(100_000)],
    ['of brackets', '[x]('.repeat(25_000)],
    ['of emoji', '📞'.repeat(25_000)],
    ['of marks on one letter', `e${'\u0301'.repeat(99_999)}`],
  ])('100 kB %s', async (_claim, text) => {
    expect(Buffer.byteLength(text)).toBeGreaterThanOrEqual(100_000);
    const house = await openHouse();
    const since = performance.now();
    const view = await house.ask(text);
    expect(performance.now() - since).toBeLessThan(10_000);
    expect(view.outcome).not.toBe('failed');
    expect(renderView(view, { width: 100, colour: false }).length).toBeLessThan(10_000);
    expect(house.requests()).toBeLessThanOrEqual(4);
    expect(await house.ask(`${PHONE} fresh:yes`)).toMatchObject({ title: UP });
  });
});

describe('what is pasted', () => {
  test('500 names are one request and one table, in their order, and who is missing is said', async () => {
    const house = await openHouse({ clusters: { prod: { devices: 1000 } } });
    const known = house.cucm.cluster.devices.map(({ name }) => name).filter((name) => /^SEP/.test(name));
    const pasted = [...known.slice(0, 499).reverse(), 'SEPDEADBEEF0000'];
    const view = await house.ask(pasted.join('\r\n'));
    expect(house.requests()).toBe(1);
    expect(view).toMatchObject({
      outcome: 'answered',
      title: '499 devices in prod',
      data: { complete: true, requests: 1 },
    });
    expect(namesOf(view)).toEqual(pasted.slice(0, 499));
    expect(csvOf(view)).toHaveLength(500);
    expect(wordsOf(view)).toMatch(/No record in CUCM \(1\).*SEPDEADBEEF0000/);
  });

  test('more than 500 are cut, and it is said', async () => {
    const house = await openHouse({ clusters: { prod: { devices: 1000 } } });
    const known = house.cucm.cluster.devices.map(({ name }) => name).filter((name) => /^SEP/.test(name));
    const view = await house.ask(known.slice(0, 520).join(', '));
    expect(house.requests()).toBe(1);
    expect(view).toMatchObject({ title: '500 devices in prod' });
    expect(wordsOf(view)).toContain('Only the first 500 of 520 were read');
  });
});

const namesOf = (view: View) => (view.data['devices'] as { name: string }[]).map(({ name }) => name);

/** The lines of the view's file, its header among them. */
function csvOf(view: View): readonly string[] {
  const file = view.blocks.find((block): block is Extract<Block, { type: 'file' }> => block.type === 'file');
  return file?.content.trimEnd().split('\r\n') ?? [];
}

test('find * on 20 000 devices comes whole, with the true count, and holds nobody up for long', async () => {
  const size = ['--devices', '20000', '--max-devices', '2000', '--requests-per-minute', '100000'];
  // A process of its own, so that only risbot's own work holds the event loop here.
  const cucm = start(['simulate', 'cucm', ...size]);
  await cucm.shows('Ctrl-C stops.');
  const environment = Object.fromEntries(
    [...cucm.stdout().matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  const config = loadConfig({ ...environment, CUCM_MAX_DEVICES: '2000' });
  const clusters = config.clusters.map((cluster) => ({ ...cluster, requestsPerMinute: 5_000 }));
  const app = createApp(
    { ...config, clusters },
    { clock: systemClock, log: createLogger({ level: 'silent' }) },
  );
  onTestFinished(() => app.stop());
  await app.ask(PHONE);

  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const view = await app.ask('find *');
  delay.disable();
  expect(view).toMatchObject({
    outcome: 'answered',
    title: '20 000 devices in cucm'.replace(' ', '\u00a0'),
    data: { complete: true },
  });
  expect(new Set(namesOf(view)).size).toBe(20_000);
  expect(csvOf(view)).toHaveLength(20_001);
  expect(view.data['requests']).toBeLessThanOrEqual(20);
  // 42 ms at the most when this was written; the bound leaves room for a machine that has other things to do.
  expect(delay.max / 1e6).toBeLessThan(500);
  const { title } = await app.ask(PHONE);
  expect(title).toBe(UP);
});

describe('a configuration file with every field wrong', () => {
  const WRONG = `
log: { level: loud, colour: red }
clusters:
  prod:
    url: ftp://cucm1
    username: "a:b"
    password: hunter2-in-the-file
    passwordFile: /nowhere/at/all
    requestsPerMinute: 100
    maxDevices: -1
    tls: { caFile: /nowhere.pem, fingerprint: AB, servername: "no host", minVersion: SSLv3, ciphers: "a b" }
    limits: { connectMs: 1, headersMs: soon, totalMs: 1.5, maxBytes: true }
    axl: { version: new, url: "http://cucm1" }
    colour: red
  9lives: [not, a, cluster]
colour: red
`;
  const SETTINGS = [
    'log.level',
    'log.colour',
    'url',
    'username',
    'password',
    'passwordFile',
    'requestsPerMinute',
    'maxDevices',
    'tls.caFile',
    'tls.fingerprint',
    'tls.servername',
    'tls.minVersion',
    'tls.ciphers',
    'limits.connectMs',
    'limits.headersMs',
    'limits.totalMs',
    'limits.maxBytes',
    'axl.version',
    'axl.url',
    'clusters.prod.colour',
    '9lives',
    ': colour:',
  ];

  function written(): string {
    const folder = mkdtempSync(join(tmpdir(), 'risbot-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'risbot.yaml');
    writeFileSync(file, WRONG);
    return file;
  }

  test('ends with 3 and every problem, its line and its setting', async () => {
    const ended = await risbot(['ask', PHONE], { RISBOT_CONFIG: written() });
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    const [first, ...problems] = ended.stderr.trimEnd().split('\n');
    expect(first).toMatch(/risbot\.yaml: 23 problems$/);
    expect(problems).toHaveLength(23);
    for (const problem of problems) expect(problem).toMatch(/^ {2}line \d+: [\w.]+: \w/);
    for (const setting of SETTINGS) expect(ended.stderr).toContain(setting);
    expect(ended.stderr).not.toContain('hunter2');
  });

  test('is one object with --json', async () => {
    const ended = await risbot(['ask', PHONE, '--json'], { RISBOT_CONFIG: written() });
    expect(ended).toMatchObject({ code: 3, stderr: '' });
    const { error } = JSON.parse(ended.stdout) as { error: { code: string; message: string } };
    expect(error.code).toBe('config');
    for (const setting of SETTINGS) expect(error.message).toContain(setting);
    expect(ended.stdout).not.toContain('hunter2');
  });
});
