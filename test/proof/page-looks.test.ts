/** How the demo page looks, reads and bears up: for every eye and ear, at every width, with twenty thousand devices. */
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHROMIUM, IS_REQUIRED, openBrowser, openDemo } from './page-browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PICTURE = join(import.meta.dirname, '../../docs/demo.png');
const PICTURE_BYTES = 400_000;

// biome-ignore lint/style/noProcessEnv: an optional input of these tests alone, not of risbot.
const isWriting = process.env['UPDATE_GOLDEN'] === '1';

/* What runs in the browser is text: the tests themselves know no document. */

/** What has the keyboard, and whether that shows; a composer shows it by its frame. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const framed = (one) => getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none';
  const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
  return { name, isFramed: getComputedStyle(element).outlineStyle !== 'none' || framed(element.closest('.composer') ?? element) };
})()`;

/** Notes the tasks that block the page, those above 50 ms. */
const WATCH_TASKS = `(() => {
  globalThis.tasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
  }).observe({ type: 'longtask' });
})()`;

test('there is a browser where one is required', () => {
  expect(IS_REQUIRED && CHROMIUM === null).toBe(false);
});

if (CHROMIUM !== null) inBrowser();

function inBrowser(): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const ask = async (page: Page, words: string, answer: string) => {
    const box = page.getByLabel('Message #voice as Anna Berg');
    await box.fill(words);
    await box.press('Enter');
    await page.locator('.slack .message', { hasText: answer }).first().waitFor();
  };
  const askWebex = async (page: Page, words: string, answer: string) => {
    await expect
      .poll(() => page.locator('#webex-title').innerText(), { timeout: 30_000 })
      .not.toContain('connecting');
    const box = page.getByLabel('Write to Voice as Anna Berg');
    await box.fill(words);
    await box.press('Enter');
    await page.locator('.webex .message', { hasText: answer }).first().waitFor();
  };

  /** What axe finds serious or critical, a line each. */
  async function serious(page: Page): Promise<readonly string[]> {
    // The page allows no script from elsewhere; what the browser itself evaluates is not bound by that.
    await page.evaluate(AXE);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
    });
  }

  test.each([
    ['light, 1280 wide', { width: 1280, height: 800 }],
    ['dark, 1280 wide', { width: 1280, height: 800, dark: true }],
    ['light, a phone', { width: 390, height: 844 }],
    ['dark, a phone', { width: 390, height: 844, dark: true }],
  ])('the page has nothing serious for axe, and nothing sticks out: %s', async (_claim, look) => {
    const { page, troubles } = await openDemo(browser, [], look);
    await ask(page, '@risbot 0011.2233.4455', 'is Registered');
    await ask(page, '@risbot find class:phone', '1–10 of');
    expect(await serious(page)).toEqual([]);
    await ask(page, '/ris', '');
    await page.getByRole('dialog').waitFor();
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    if (look.width < 900) {
      for (const name of ['Webex', 'Cluster']) {
        await page.getByRole('tab', { name }).click();
        expect(await serious(page)).toEqual([]);
      }
    }
    const { wide, ground } = await page.evaluate<{ wide: number; ground: string }>(`({
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ground: getComputedStyle(document.body).backgroundColor,
    })`);
    expect(wide).toBeLessThanOrEqual(0);
    expect(ground).toBe('dark' in look ? 'rgb(16, 19, 22)' : 'rgb(246, 247, 248)');
    expect(troubles).toEqual([]);
  });

  test('everything is reached by keyboard, with a frame around what has it', async () => {
    const { page } = await openDemo(browser);
    const reached = new Set<string>();
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate<{ name: string; isFramed: boolean } | null>(FOCUSED);
      if (at === null) continue;
      expect(at).toMatchObject({ isFramed: true });
      reached.add(at.name);
    }
    for (const name of ['Tour', '# voice', 'Message #voice as Anna Berg', 'Stop cucm1', 'Devices in LON']) {
      expect([...reached]).toContain(name);
    }
  });

  test('twenty thousand devices: no task above 100 ms, a mass event within a second, all in 600 MB', {
    timeout: 120_000,
  }, async () => {
    const { page, pid } = await openDemo(browser, ['--phones', '20000']);
    await page.getByRole('listbox', { name: 'Devices in LON' }).waitFor();
    await askWebex(page, '@risbot 1002', 'is Registered');
    await page.evaluate(WATCH_TASKS);
    const down = page.locator('[data-state="unregistered"] b');
    const count = async () => Number((await down.innerText()).replaceAll(',', ''));
    const before = await count();
    const since = performance.now();
    // Batteries run down at once: what is measured is the way to the page.
    await page.evaluate(() =>
      fetch('act/cluster', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ words: 'low battery 10.4.2.0/24 10.4.3.0/24' }),
      }),
    );
    await expect.poll(async () => (await count()) - before, { interval: 20 }).toBeGreaterThan(300);
    expect(performance.now() - since).toBeLessThan(1000);
    await page.mouse.move(1100, 600);
    for (let wheels = 0; wheels < 20; wheels += 1) await page.mouse.wheel(0, 200);
    await page.getByRole('button', { name: 'Cut WAN' }).first().click();
    await page.getByRole('button', { name: 'Restore WAN' }).waitFor();
    const tasks = await page.evaluate<number[]>('tasks');
    expect(Math.max(0, ...tasks)).toBeLessThan(100);
    expect(megabytesOf(pid)).toBeLessThan(600);
  });

  if (isWriting) test('the page has its picture taken for the README', { timeout: 120_000 }, takePicture);

  async function takePicture(): Promise<void> {
    const { page } = await openDemo(browser, ['--seed', '1']);
    await ask(page, '@risbot watch all phones grace:2m', 'Watching #1');
    await askWebex(page, '@risbot 0011.2233.4455', 'is Registered');
    await expect
      .poll(() => page.locator('.shares').innerText(), { timeout: 60_000 })
      .toMatch(/watches ([3-9]|1\d)/);
    await page.getByRole('button', { name: 'Stop cucm2' }).click();
    await page
      .locator('.slack .message', { hasText: 'phones of cucm2 moved to' })
      .first()
      .waitFor({ timeout: 90_000 });
    await expect.poll(() => page.locator('.said').innerText(), { timeout: 20_000 }).toBe('');
    await page.screenshot({ path: PICTURE });
    expect(statSync(PICTURE).size).toBeLessThan(PICTURE_BYTES);
  }
}

/** Of a process and all that it started. Linux alone tells it this way. */
function megabytesOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const own = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + megabytesOf(Number(child)), own);
}
