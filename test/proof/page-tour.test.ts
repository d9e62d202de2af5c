/** The tour of the demo page, pressed as visitors do: in its order, out of it, twice, and with words of one's own in the composers. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, IS_REQUIRED, openBrowser, openDemo, showPane } from './page-browser.ts';

/** A card comes after half a minute at ten times life's speed, and a step may need two of them. */
const STEP_MS = 120_000;
const LOST = 'lost registration';
const CHATS = ['slack', 'webex'] as const;

/** The first words of each message whose beginning is inside of what its list shows. */
const IN_VIEW = `(list) => {
  const { top, bottom } = list.getBoundingClientRect();
  const isIn = (box) => box.top >= top - 1 && Math.min(box.bottom, box.top + 48) <= bottom + 1;
  return [...list.querySelectorAll('.message')]
    .filter((one) => isIn(one.getBoundingClientRect()))
    .map((one) => one.innerText.replace(/\\s+/g, ' '))
    .join(' | ');
}`;

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

  const step = (page: Page, number: number) =>
    page.getByRole('navigation', { name: 'Tour' }).getByRole('button', { name: new RegExp(`^${number}\\.`) });
  const done = (page: Page, number: number) =>
    expect.poll(() => step(page, number).getAttribute('data-done'), { timeout: STEP_MS }).toBe('true');
  const coach = (page: Page) => page.locator('.coach').innerText();
  const count = (page: Page, chat: string, words: string) =>
    page.locator(`.${chat} .message`, { hasText: words }).count();
  /** Both, where they stand side by side; the one that is shown, where the page is narrow. */
  const see = async (page: Page, words: RegExp | string) => {
    for (const [chat, pane] of [
      ['slack', 'Slack'],
      ['webex', 'Webex'],
    ] as const) {
      await showPane(page, pane);
      await expect
        .poll(() => page.evaluate<string>(`(${IN_VIEW})(document.querySelector('.${chat} .messages'))`), {
          timeout: 30_000,
        })
        .toMatch(words);
    }
    await showPane(page, 'Slack');
  };

  describe.each([
    ['1280 wide', { width: 1280, height: 800 }],
    ['a phone', { width: 390, height: 844 }],
  ])('%s', (_claim, look) => {
    test('one step after the other: words and cards in both chats, in view', async () => {
      const { page, troubles } = await openDemo(browser, [], look);
      for (const [number, ...seen] of [
        [1, /risbot 0011\.2233\.4455/, /SEP001122334455 is Registered/],
        [2, /risbot watch all phones grace:2m/, /Watching #/],
        [3, /1002\) lost registration/],
        [4, /1002\) is back on/],
        [5, /phones of cucm2 moved to/],
      ] as const) {
        await step(page, number).click();
        await done(page, number);
        for (const words of seen) await see(page, words);
      }
      for (const chat of CHATS) expect(await count(page, chat, 'Watching #')).toBe(1);
      expect(troubles).toEqual([]);
    });
  });

  test('the fourth step first: it makes sure of a watch and a loss, and drafts stay', async () => {
    const { page } = await openDemo(browser);
    const boxes = [
      [page.getByLabel('Message #voice as Anna Berg'), 'a word of my own'],
      [page.getByLabel('Write to Voice as Anna Berg'), 'another'],
    ] as const;
    for (const [box, words] of boxes) await box.fill(words);
    await page.getByRole('tab', { name: '# alerts' }).click();
    await step(page, 4).click();
    await done(page, 4);
    await see(page, /1002\) is back on/);
    for (const [box, words] of boxes) expect(await box.inputValue()).toBe(words);
    // Once more, now that the phone is back: another loss, without another watch.
    await step(page, 4).click();
    await done(page, 4);
    for (const chat of CHATS) expect(await count(page, chat, 'Watching #')).toBe(1);
  });

  test('a phone that was down before anybody watched is plugged in first', async () => {
    const { page } = await openDemo(browser);
    await page.evaluate(() =>
      fetch('act/cluster', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ words: 'unplug 1002' }),
      }),
    );
    await expect
      .poll(() => page.locator('[data-state="unheard"] b').innerText(), { timeout: STEP_MS })
      .toBe('0');
    await step(page, 3).click();
    await done(page, 3);
    for (const chat of CHATS) expect(await count(page, chat, LOST)).toBe(1);
  });

  test('pressed twice it says why it does nothing more, and a muted room is named', async () => {
    const { page } = await openDemo(browser);
    await step(page, 3).click();
    await done(page, 3);
    await step(page, 3).click();
    await done(page, 3);
    for (const chat of CHATS) expect(await count(page, chat, LOST)).toBe(1);
    await step(page, 5).click();
    await done(page, 5);
    await step(page, 5).click();
    await expect.poll(() => coach(page), { timeout: STEP_MS }).toContain('cucm2 is stopped already');
    const box = page.getByLabel('Message #voice as Anna Berg');
    await box.fill('@risbot mute all 1h');
    await box.press('Enter');
    await page.locator('.slack .message', { hasText: 'Muted until' }).first().waitFor();
    await step(page, 4).click();
    await expect
      .poll(() => coach(page), { timeout: STEP_MS })
      .toContain('Alerts are muted in #voice in Slack');
  });
}
