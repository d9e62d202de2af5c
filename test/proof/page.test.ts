/** The demo page in a browser, as somebody sits before it. Without one the output says what was left out, and where it is required the run fails. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHROMIUM, IS_REQUIRED, openBrowser, openDemo } from './page-browser.ts';

const MAC = '0011.2233.4455';
const PHONE = 'SEP001122334455';
/** A grace of two minutes, and what comes before it, lasts half a minute and less: ten times faster than life. */
const SEEN_MS = 60_000;
const GRACE_MS = 120_000;
/** As the meter says that watches have looked a few times. */
const WATCHING = /watches ([3-9]|1\d)/;
/** Cards in Webex come once its bot is connected, a moment after the page. */
const CONNECTED_MS = 30_000;

test('there is a browser where one is required', () => {
  expect(IS_REQUIRED && CHROMIUM === null).toBe(false);
});

if (CHROMIUM === null)
  process.stderr.write('left out: the page in a browser; RISBOT_TEST_CHROMIUM names none\n');
else inBrowser();

function inBrowser(): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const slackBox = (page: Page) => page.getByLabel('Message #voice as Anna Berg');
  const webexBox = (page: Page) => page.getByLabel('Write to Voice as Anna Berg');
  const inSlack = (page: Page, words: string) => page.locator('.slack .message', { hasText: words });
  const inWebex = (page: Page, words: string) => page.locator('.webex .message', { hasText: words });
  const say = async (page: Page, words: string) => {
    await slackBox(page).fill(words);
    await slackBox(page).press('Enter');
  };
  const sayInWebex = async (page: Page, words: string) => {
    await webexBox(page).fill(words);
    await webexBox(page).press('Enter');
  };
  const connected = (page: Page) =>
    expect
      .poll(() => page.locator('#webex-title').innerText(), { timeout: CONNECTED_MS })
      .not.toContain('connecting');

  test('a MAC typed with dots is a card in both chats', async () => {
    const { page, troubles } = await openDemo(browser);
    await slackBox(page).fill(`@risbot ${MAC}`);
    const since = performance.now();
    await slackBox(page).press('Enter');
    await inSlack(page, `${PHONE} is Registered`).waitFor();
    // Alone on the machine it is under half a second.
    expect(performance.now() - since).toBeLessThan(5_000);
    await connected(page);
    await sayInWebex(page, `@risbot ${MAC}`);
    await inWebex(page, `${PHONE} is Registered`).waitFor();
    expect(troubles).toEqual([]);
  });

  test('a watched phone that is unplugged is one card, which becomes "back" in place', async () => {
    const { page } = await openDemo(browser);
    await say(page, '@risbot 1002');
    await inSlack(page, 'is Registered').getByRole('button', { name: 'Watch' }).click();
    await inSlack(page, 'Watching #1').waitFor();
    await say(page, '@risbot watch 1001 grace:2m');
    await inSlack(page, 'Watching #2').waitFor();
    await connected(page);
    await sayInWebex(page, '@risbot watch 1001 grace:2m');
    await inWebex(page, 'Watching #3').waitFor();
    await page.getByRole('option').first().waitFor({ state: 'attached' });
    await playOn(page, PHONE, 'Unplug');
    const lost = inSlack(page, 'lost registration');
    const since = performance.now();
    await lost.first().waitFor({ timeout: SEEN_MS });
    // The cable is missed after a minute at least, and the grace is two more.
    expect(performance.now() - since).toBeGreaterThan(GRACE_MS / 10);
    await inWebex(page, 'lost registration').first().waitFor({ timeout: SEEN_MS });
    const ts = await lost.first().getAttribute('data-ts');
    await playOn(page, PHONE, 'Plug in');
    const card = page.locator(`[data-ts="${ts}"]`);
    await expect.poll(() => card.innerText(), { timeout: SEEN_MS }).toContain('is back on');
    expect(await card.innerText()).not.toContain('lost registration');
    await inWebex(page, 'is back on').first().waitFor({ timeout: SEEN_MS });
  });

  test('a node that is stopped is one card on a failover, and no outage', async () => {
    const { page } = await openDemo(browser);
    await say(page, '@risbot watch all phones grace:2m');
    await inSlack(page, 'Watching #1').waitFor();
    await connected(page);
    await sayInWebex(page, '@risbot watch all phones grace:2m');
    await inWebex(page, 'Watching #2').waitFor();
    // Once every phone was seen, what becomes of them can be told.
    await expect.poll(() => page.locator('.shares').innerText(), { timeout: SEEN_MS }).toMatch(WATCHING);
    await page.getByRole('button', { name: 'Stop cucm2' }).click();
    for (const inChat of [inSlack, inWebex]) {
      await inChat(page, 'phones of cucm2 moved to').waitFor({ timeout: SEEN_MS });
      expect(await inChat(page, 'phones of cucm2 moved to').count()).toBe(1);
      expect(await inChat(page, 'lost registration').count()).toBe(0);
    }
    // A minute of the demo's: six seconds.
    expect(Number.parseInt(await page.locator('.meter-head').innerText(), 10)).toBeLessThanOrEqual(15);
  });

  test('the clock goes as fast as its switch says, and so does what happens', async () => {
    const { page } = await openDemo(browser, ['--pace', '1']);
    await page.getByRole('button', { name: '60×' }).click();
    const secondsNow = async () => {
      const [h = 0, m = 0, s = 0] = (await page.getByRole('timer').innerText()).split(':').map(Number);
      return (h * 60 + m) * 60 + s;
    };
    await page.getByRole('option').first().waitFor({ state: 'attached' });
    const before = await secondsNow();
    await playOn(page, PHONE, 'Unplug');
    await expect
      .poll(() => page.getByLabel('Chosen device').innerText(), { timeout: SEEN_MS })
      .toContain('not registered');
    const passed = ((await secondsNow()) - before + 86_400) % 86_400;
    expect(passed).toBeGreaterThanOrEqual(55);
  });

  test('the form is filled in by keyboard, with what is offered while typing', async () => {
    const { page } = await openDemo(browser);
    await say(page, '/ris');
    const field = page.getByRole('combobox', { name: /looking for/ });
    await field.waitFor();
    await field.pressSequentially('LON 3F desk 1');
    await page
      .getByRole('option', { name: /LON 3F desk 1/ })
      .first()
      .waitFor();
    await field.press('ArrowDown');
    await field.press('Enter');
    await page.getByRole('button', { name: 'Ask', exact: true }).press('Enter');
    await inSlack(page, 'Only visible to you').first().waitFor();
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
  });

  test('Escape closes the form, and an empty one says what is missing', async () => {
    const { page } = await openDemo(browser);
    await say(page, '/ris');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
  });

  test('a table is paged through, and its CSV is downloaded', async () => {
    const { page } = await openDemo(browser);
    await say(page, '@risbot find status:registered');
    const answer = inSlack(page, 'of 2').first();
    await answer.waitFor();
    const before = await answer.locator('tbody').innerText();
    await answer.getByRole('button', { name: /next/i }).click();
    await expect.poll(() => page.locator('.slack tbody').last().innerText()).not.toBe(before);
    const link = page.locator('.slack a.file').first();
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    expect(readFileSync(await download.path(), 'utf8')).toContain('SEP');
  });

  test('Home and direct messages are tabs, and another person sees no whisper', async () => {
    const { page } = await openDemo(browser);
    await say(page, '/ris 1002');
    await inSlack(page, 'Only visible to you').first().waitFor();
    await page
      .getByRole('group', { name: 'Who you are in Slack' })
      .getByRole('button', { name: 'Ben' })
      .click();
    expect(await inSlack(page, 'Only visible to you').count()).toBe(0);
    await page.getByRole('tab', { name: 'Home' }).click();
    await expect.poll(() => page.locator('.home').innerText()).toContain('demo');
    await page.getByRole('tab', { name: 'risbot' }).first().click();
    await page.getByLabel('Message risbot as Ben Okafor').fill('1001');
    await page.getByLabel('Message risbot as Ben Okafor').press('Enter');
    await inSlack(page, `${PHONE} is Registered`).waitFor();
  });

  /** Finds the phone in its grid by arrow keys, and does something to it. */
  async function playOn(page: Page, name: string, label: string): Promise<void> {
    const grid = page.getByRole('listbox', { name: 'Devices in LON' });
    const cell = grid.getByRole('option');
    await grid.press('Home');
    for (let steps = 0; steps < 400 && !(await cell.textContent())?.startsWith(name); steps += 1) {
      await grid.press('ArrowRight');
    }
    expect(await cell.textContent()).toContain(name);
    await page.getByLabel('Chosen device').getByRole('button', { name: label, exact: true }).click();
  }
}
