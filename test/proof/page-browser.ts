/** A browser for the proofs of the page, and the demo as a process before it. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { start } from '../main/command-line.ts';

// biome-ignore lint/style/noProcessEnv: an optional input of these tests alone, not of risbot.
const { RISBOT_TEST_CHROMIUM = '/usr/bin/chromium', RISBOT_REQUIRE = '' } = process.env;

/** Null when there is none. */
export const CHROMIUM = existsSync(RISBOT_TEST_CHROMIUM) ? RISBOT_TEST_CHROMIUM : null;

/** Where it is required, its absence is a failure. */
export const IS_REQUIRED = RISBOT_REQUIRE.split(',').includes('chromium');

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Shown {
  readonly page: Page;
  readonly url: string;
  /** Of the demo's process. */
  readonly pid: number;
  /** Milliseconds from the start of the process to the address. */
  readonly readyMs: number;
  /** What went wrong in the browser, and addresses asked that are not the demo's. */
  readonly troubles: readonly string[];
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? '', args: ARGUMENTS });
}

/** Starts the demo, and opens its page. Both are gone when the test is over. */
export async function openDemo(
  browser: Browser,
  args: readonly string[] = [],
  look: { readonly width?: number; readonly height?: number; readonly dark?: boolean } = {},
): Promise<Shown> {
  const since = performance.now();
  const demo = start(['demo', ...args]);
  await demo.shows('/\n');
  const readyMs = performance.now() - since;
  const url = /http:\S+/.exec(demo.stdout())?.[0] ?? '';
  const { width = 1280, height = 800, dark = false } = look;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (line) => line.type() === 'error' && troubles.push(line.text()));
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(new URL(url).origin) && !asked.startsWith('data:')) troubles.push(asked);
  });
  await page.goto(url);
  await page.getByLabel('Message #voice as Anna Berg').waitFor();
  return { page, url, pid: demo.pid, readyMs, troubles };
}

/** On a busy machine; alone it is a few seconds. */
const CONNECTED_MS = 120_000;

/** Cards in Webex come once its bot is connected, a moment after the page. */
export async function connectedWebex(page: Page): Promise<void> {
  await expect
    .poll(() => page.locator('#webex-title').textContent(), { timeout: CONNECTED_MS })
    .not.toContain('connecting');
}

/** Where the page is narrow its panes are tabs. */
export async function showPane(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tablist', { name: 'What is shown' }).getByRole('tab', { name });
  if (await tab.isVisible()) await tab.click();
}
