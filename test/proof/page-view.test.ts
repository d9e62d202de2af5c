/** What can be seen of the demo page without doing anything for it: one's own words, their answers, and every letter. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, connectedWebex, IS_REQUIRED, openBrowser, openDemo, showPane } from './page-browser.ts';

/** Cards are drawn a moment after they came. */
const SOON_MS = 30_000;
const CHATS = [
  { pane: 'Slack', css: '.slack', box: 'Message #voice as Anna Berg' },
  { pane: 'Webex', css: '.webex', box: 'Write to Voice as Anna Berg' },
] as const;
interface Chat {
  readonly pane: string;
  readonly css: string;
  readonly box: string;
}
interface Overprint {
  readonly count: number;
  readonly out: readonly string[];
  readonly over: readonly string[];
}
/** A short answer, a table longer than the pane, and a text longer than the pane. */
const QUESTIONS: readonly (readonly [question: string, answer: string])[] = [
  ['1001', 'SEP001122334455 is Registered'],
  ['down', 'are not registered in demo'],
  ['help', 'What you can ask risbot'],
  ['1002', 'is Registered'],
];

/* What runs in the browser is text: the tests themselves know no document. */

/** The first words of each message whose beginning is inside of what its list shows. */
const IN_VIEW = `(list) => {
  const { top, bottom } = list.getBoundingClientRect();
  const isIn = (box) => box.top >= top - 1 && Math.min(box.bottom, box.top + 48) <= bottom + 1;
  return [...list.querySelectorAll('.message')]
    .filter((one) => isIn(one.getBoundingClientRect()))
    .map((one) => one.innerText.replace(/\\s+/g, ' '));
}`;

/** Pixels from the end of the list. */
const FROM_END = '(list) => Math.round(list.scrollHeight - list.clientHeight - list.scrollTop)';

/** Lines of text in the last card that lie over each other, or stick out of the card. */
const OVERPRINTED = `(card) => {
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  const lines = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.data.trim() === '' || node.parentElement.closest('button') !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1) lines.push({ words: node.data, box });
  }
  const edge = card.getBoundingClientRect();
  const out = lines.filter(({ box }) => box.right > edge.right + 1 || box.left < edge.left - 1).map(({ words }) => words);
  const over = [];
  for (const [at, one] of lines.entries()) {
    for (const other of lines.slice(at + 1)) {
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (wide > 1 && high > 4) over.push(one.words + ' / ' + other.words);
    }
  }
  return { count: lines.length, out, over };
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

  const listOf = (page: Page, { css }: Chat) => page.locator(`${css} .messages`);
  const inView = (page: Page, { css }: Chat) => onLast<string[]>(page, `${css} .messages`, IN_VIEW);
  const fromEnd = (page: Page, { css }: Chat) => onLast<number>(page, `${css} .messages`, FROM_END);
  const say = async (page: Page, chat: Chat, words: string) => {
    await page.getByLabel(chat.box).fill(words);
    await page.getByLabel(chat.box).press('Enter');
  };
  /** Waits until each of these stands in a message whose beginning is in view. */
  const see = (page: Page, chat: Chat, ...words: readonly string[]) =>
    expect.poll(async () => missing(await inView(page, chat), words), { timeout: SOON_MS }).toEqual([]);

  describe.each([
    ['1280 wide', { width: 1280, height: 800 }],
    ['a phone', { width: 390, height: 844 }],
  ])('%s', (_claim, look) => {
    test.each(CHATS)(
      'one’s own words and the beginning of their answer are in view, in $pane',
      async (chat) => {
        const { page } = await openDemo(browser, [], look);
        if (chat.pane === 'Webex') await connectedWebex(page);
        await showPane(page, chat.pane);
        for (const [question, answer] of QUESTIONS) {
          await say(page, chat, `@risbot ${question}`);
          await see(page, chat, `risbot ${question}`, answer);
        }
        await page.reload();
        await page.getByLabel(CHATS[0].box).waitFor({ state: 'attached' });
        await showPane(page, chat.pane);
        await expect
          .poll(() => listOf(page, chat).innerText(), { timeout: SOON_MS })
          .toContain('is Registered');
        await expect.poll(() => fromEnd(page, chat)).toBe(0);
        // Another pane, and back.
        if (look.width < 900) {
          await showPane(page, 'Cluster');
          await showPane(page, chat.pane);
          expect(await fromEnd(page, chat)).toBe(0);
        }
      },
    );

    test.each(CHATS)('a question in an old thread is in view with its answer, in $pane', async (chat) => {
      const { page } = await openDemo(browser, [], look);
      if (chat.pane === 'Webex') await connectedWebex(page);
      await showPane(page, chat.pane);
      for (const [question, answer] of QUESTIONS) {
        await say(page, chat, `@risbot ${question}`);
        await see(page, chat, answer);
      }
      const first = listOf(page, chat).locator('.message').first();
      await first.hover();
      await first.getByRole('button', { name: 'Reply in thread' }).click();
      const box = listOf(page, chat)
        .getByLabel('Reply in thread', { exact: true })
        .and(page.locator('textarea'));
      await box.fill('@risbot 1003');
      await box.press('Enter');
      await see(page, chat, 'risbot 1003', 'No device in demo has the number');
    });
  });

  test.each(CHATS)(
    'who has scrolled away stays there, is shown how much is new, and goes to it, in $pane',
    async (chat) => {
      const { page, url } = await openDemo(browser);
      await connectedWebex(page);
      for (const [question, answer] of QUESTIONS) {
        await say(page, chat, `@risbot ${question}`);
        await see(page, chat, answer);
      }
      await listOf(page, chat).hover();
      await page.mouse.wheel(0, -100_000);
      await see(page, chat, `risbot ${QUESTIONS[0]?.[0]}`);
      const other = await browser.newPage();
      await other.goto(url);
      await other
        .getByRole('group', { name: `Who you are in ${chat.pane}` })
        .getByRole('button', { name: 'Ben' })
        .click();
      await say(other, { ...chat, box: chat.box.replace('Anna Berg', 'Ben Okafor') }, '@risbot 2003');
      const pill = page.locator(`${chat.css} .pill`);
      await expect.poll(() => pill.innerText(), { timeout: SOON_MS }).toBe('↓ 2 new');
      await see(page, chat, `risbot ${QUESTIONS[0]?.[0]}`);
      await pill.click();
      await see(page, chat, 'risbot 2003');
      await expect.poll(() => pill.count()).toBe(0);
      await page.mouse.wheel(0, -100_000);
      await say(page, chat, '@risbot 1001');
      await see(page, chat, 'risbot 1001', 'SEP001122334455 is Registered');
    },
  );

  test.each([
    ['1280', { width: 1280, height: 800 }],
    ['1280, dark', { width: 1280, height: 800, dark: true }],
    ['1600', { width: 1600, height: 900 }],
    ['1600, dark', { width: 1600, height: 900, dark: true }],
    ['390', { width: 390, height: 844 }],
    ['390, dark', { width: 390, height: 844, dark: true }],
  ])('no letter of a card in Webex lies over another, or sticks out: %s', async (_claim, look) => {
    const { page } = await openDemo(browser, [], look);
    await connectedWebex(page);
    await showPane(page, 'Webex');
    const chat = CHATS[1];
    for (const [question, answer] of [
      ['down', 'are not registered in demo'],
      ['find class:phone', '1–10 of'],
      ['find class:phone status:unreg', 'in demo'],
      ['1002', 'is Registered'],
    ] as const) {
      await say(page, chat, `@risbot ${question}`);
      const card = page.locator('.webex .card').last();
      await expect.poll(() => card.innerText(), { timeout: SOON_MS }).toContain(answer);
      const { count, out, over } = await onLast<Overprint>(page, '.webex .card', OVERPRINTED);
      expect(count).toBeGreaterThan(5);
      expect({ question, out, over }).toEqual({ question, out: [], over: [] });
    }
  });
}

const missing = (shown: readonly string[], words: readonly string[]) =>
  words.filter((word) => !shown.some((one) => one.includes(word)));

/** Runs a script on the last element that matches. */
function onLast<T>(page: Page, css: string, script: string): Promise<T> {
  return page.evaluate<T>(`(${script})([...document.querySelectorAll('${css}')].at(-1))`);
}
