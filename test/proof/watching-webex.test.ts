/** A day of a watch in Webex: `risbot serve` as a process, killed in the middle, between a simulated Webex and a simulated CUCM. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startCucm } from '../../simulator/cucm/cucm.ts';
import { startWebex } from '../../simulator/webex/webex.ts';
import { environmentOf, start } from '../main/command-line.ts';

const PHONE = 'SEP001122334455';
/** The machine may be busy with other tests, and the SDK takes a while to load. */
const PATIENCE_MS = 30_000;

/** Everything around risbot; what risbot remembers is in a file that outlives it. */
async function open() {
  const cucm = await startCucm({ devices: 60, requestsPerMinute: null, pace: 100 });
  const webex = await startWebex();
  const folder = mkdtempSync(join(tmpdir(), 'risbot-watching-webex-'));
  onTestFinished(async () => {
    await Promise.all([cucm.stop(), webex.stop()]);
    rmSync(folder, { recursive: true });
  });
  const serve = async () => {
    const server = start(['serve'], {
      ...environmentOf(cucm),
      CUCM_REQUESTS_PER_MINUTE: '18',
      WEBEX_TOKEN: webex.token,
      WEBEX_API_URL: webex.url,
      WEBEX_DISCOVERY_URL: `${webex.origin}/u2c/api/v1`,
      RISBOT_DATABASE: `sqlite:${join(folder, 'risbot.db')}`,
      RISBOT_OPERATIONS_PORT: '0',
    });
    await server.shows('serving webex');
    await webex.connected(1);
    return server;
  };
  return { cucm, webex, serve };
}

test('a loss is one card, owned by button; where cards cannot be changed its thread tells the rest, across a kill', {
  timeout: 90_000,
}, async () => {
  const { cucm, webex, serve } = await open();
  const next = (where: string, words: string) =>
    webex.nextMessage(where, ({ text }) => text.includes(words), PATIENCE_MS);
  const first = await serve();
  await webex.say('Voice', 'anna', `@risbot watch ${PHONE} grace:0s`);
  expect((await next('Voice', 'Watching #1')).text).toContain('1 phone, up');
  await webex.say('Lobby', 'guest', '@risbot 1002');
  await next('Lobby', 'You may not ask risbot');
  await webex.say('@ben', 'ben', `watch ${PHONE} grace:0s dm`);
  await next('@ben', 'Watching #2');

  cucm.play(`unplug ${PHONE}`);
  const card = await next('Voice', 'lost registration');
  expect([card.text.includes(PHONE), card.parentId]).toEqual([true, undefined]);
  await webex.press('ben', card, 'Acknowledge');
  await next('Voice', 'Acknowledged');

  first.kill('SIGKILL');
  await first.ended;
  cucm.play(`plug ${PHONE}`);
  const second = await serve();
  const back = await next('Voice', 'is back');
  await next('@ben', 'is back');
  // One card for all of it: everything else answers in a thread.
  const cards = webex.messages('Voice').filter(({ parentId, by }) => parentId === undefined && by === 'bot');
  expect(cards.map(({ id }) => id)).toEqual([card.id]);
  expect(back.parentId).toBe(card.id);
  expect(cards[0]?.text).toContain('lost registration');

  await webex.press('anna', card, 'Why did I get this?');
  expect((await next('Voice', 'Why you got this')).text).toContain(`#1 ${PHONE}`);
  expect(webex.rejections()).toEqual([]);
  second.kill('SIGTERM');
  const { code, stderr, stdout } = await second.ended;
  expect(code).toBe(0);
  expect(stdout + stderr + first.stderr()).not.toContain(webex.token);
});
