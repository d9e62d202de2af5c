/** What the README claims. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderView } from '../adapters/console/render.ts';
import { startCucm } from '../simulator/cucm/cucm.ts';
import { createApp } from '../src/app.ts';
import { systemClock } from '../src/clock.ts';
import { loadConfig } from '../src/config/load.ts';
import { createLogger } from '../src/log.ts';
import type { View } from '../src/view/view.ts';

const ROOT = join(import.meta.dirname, '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  private?: boolean;
};

test('nobody publishes it by mistake: a checkout is what there is to install', () => {
  expect(manifest.private).toBe(true);
});

test('two commands do all the set-up, and .ci/run calls the one that tests', () => {
  expect(readme).toContain('\nnpm ci && npm run demo\n');
  expect(readme).toContain('\nnpm ci && npm test\n');
  expect(readFileSync(join(ROOT, '.ci/run'), 'utf8')).toContain('\nnpm ci && npm test\n');
});

test.each(['README.md', 'CONTRIBUTING.md'])('every npm script that %s names is there', (page) => {
  const named = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/npm run (\w+)/g)].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name) => manifest.scripts[name ?? ''] === undefined)).toEqual([]);
});

test.each(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md'])(
  'every file that %s links to is there',
  (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !existsSync(join(ROOT, page, '..', link)))).toEqual([]);
  },
);

test.each(['docs/architecture.md', 'docs/unverified.md'])('every place that %s names is there', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const places = [...text.matchAll(/`((?:src|adapters|simulator|test)\/[\w./-]+)`/g)].map(
    ([, place]) => place ?? '',
  );
  expect(places.length).toBeGreaterThan(10);
  expect(places.filter((place) => !existsSync(join(ROOT, place)))).toEqual([]);
});

async function answered(text: string): Promise<View> {
  const cucm = await startCucm({ http: true });
  const config = loadConfig({
    CUCM_URL: cucm.url,
    CUCM_USERNAME: cucm.username,
    CUCM_PASSWORD: cucm.password,
  });
  const app = createApp(config, { clock: systemClock, log: createLogger({ level: 'silent' }) });
  try {
    return await app.ask(text);
  } finally {
    await app.stop();
    await cucm.stop();
  }
}

test('the card that it shows is the one that the demo prints', async () => {
  const [, shown = ''] = /```text\nris> (?:\S+)\n([\s\S]*?)```/.exec(readme) ?? [];
  const view = await answered('00:11:22:33:44:55');
  const printed = renderView(view, { width: 80, colour: false });
  expect(withoutTime(shown)).toBe(withoutTime(printed));
});

/** The simulated cluster begins when it is started. */
function withoutTime(card: string): string {
  return card.replace(/^(Since +).*$/m, '$1').trim();
}

test('the JSON that it shows has the fields of a real answer, in their order', async () => {
  const [, shown = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
  const { data } = await answered('00:11:22:33:44:55');
  expect(shapeOf(JSON.parse(shown))).toEqual(shapeOf(data));
});

/** Names of fields all the way down, values left out; a list is like its first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]);
}
