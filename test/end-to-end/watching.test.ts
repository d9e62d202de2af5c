/** A day of a watch in Slack: `risbot serve` as a process, killed in the middle, between a simulated Slack and a simulated CUCM. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startCucm } from '../../simulator/cucm/cucm.ts';
import { type Slack, startSlack } from '../../simulator/slack/slack.ts';
import { environmentOf, start } from '../main/command-line.ts';

const PHONE = 'SEP001122334455';
/** The machine may be busy with other tests. */
const PATIENCE_MS = 30_000;

/** Everything around risbot; what risbot remembers is in a file that outlives it. */
async function open() {
  // What happens to phones happens a hundred times faster: the cable is pulled, and the keepalives are missed within the second.
  const cucm = await startCucm({ devices: 60, requestsPerMinute: null, pace: 100 });
  const slack = await startSlack({ rateLimits: 'off' });
  const folder = mkdtempSync(join(tmpdir(), 'risbot-watching-'));
  onTestFinished(async () => {
    await Promise.all([cucm.stop(), slack.stop()]);
    rmSync(folder, { recursive: true });
  });
  const serve = async () => {
    const server = start(['serve'], {
      ...environmentOf(cucm),
      CUCM_REQUESTS_PER_MINUTE: '18',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.url,
      RISBOT_DATABASE: `sqlite:${join(folder, 'risbot.db')}`,
      RISBOT_OPERATIONS_PORT: '0',
    });
    await server.shows('serving slack');
    await slack.connected(1);
    return server;
  };
  return { cucm, slack, serve };
}

/** What the channel holds now, threads apart. */
const posted = (slack: Slack, where: string) =>
  slack.messages(where).filter(({ thread, by }) => thread === undefined && by !== 'person');

test('a loss is one card, owned by button, changed in place across a kill, and put right when the phone is back', {
  timeout: 90_000,
}, async () => {
  const { cucm, slack, serve } = await open();
  const first = await serve();
  await slack.slash('anna', '#voice', '/ris', `watch ${PHONE} grace:0s`);
  const watching = await slack.nextEphemeral(
    'anna',
    ({ text }) => text.startsWith('Watching #1'),
    PATIENCE_MS,
  );
  expect(watching.text).toContain('1 phone, up');
  await slack.say('@ben', 'ben', `watch ${PHONE} grace:0s`);
  await slack.nextMessage('@ben', ({ text }) => text.startsWith('Watching #2'), PATIENCE_MS);

  cucm.play(`unplug ${PHONE}`);
  const card = await slack.nextMessage(
    '#voice',
    ({ text }) => text.includes('lost registration'),
    PATIENCE_MS,
  );
  expect(card).toMatchObject({ text: expect.stringContaining(PHONE), by: 'chat.postMessage' });
  expect(card.onlyFor).toBeUndefined();
  // Ben's own room is told by itself.
  await slack.nextMessage('@ben', ({ text }) => text.includes('lost registration'), PATIENCE_MS);

  await slack.press('ben', card, 'Acknowledge');
  const owned = await slack.nextMessage('#voice', ({ ts, edited }) => ts === card.ts && edited !== undefined);
  expect(JSON.stringify(owned.blocks)).toContain(`<@${slack.user('ben').id}>`);
  expect(JSON.stringify(owned.blocks)).not.toContain('Acknowledge"');

  first.kill('SIGKILL');
  await first.ended;
  cucm.play(`plug ${PHONE}`);
  const second = await serve();
  const back = await slack.nextMessage(
    '#voice',
    ({ ts, text }) => ts === card.ts && text.includes('is back'),
    PATIENCE_MS,
  );
  expect(back.text).toContain(PHONE);
  await slack.nextMessage('@ben', ({ text }) => text.includes('is back'), PATIENCE_MS);
  // One card for all of it, and none told twice.
  expect(posted(slack, '#voice').map(({ ts }) => ts)).toEqual([card.ts]);

  await slack.press('anna', back, 'Why did I get this?');
  const why = await slack.nextEphemeral('anna', ({ text }) => text.includes('Why you got this'), PATIENCE_MS);
  expect(why.text).toContain(`watch #1 ${PHONE}`);

  await slack.openHome('anna');
  const home = await slack.nextHome(
    'anna',
    (view) => JSON.stringify(view).includes(`#1 ${PHONE}`),
    PATIENCE_MS,
  );
  expect(JSON.stringify(home)).not.toContain(`#2 ${PHONE}`);
  await slack.slash('anna', '#voice', '/ris', 'unwatch 1');
  await slack.nextEphemeral('anna', ({ text }) => text.startsWith('No longer watching #1'), PATIENCE_MS);
  expect(slack.rejections()).toEqual([]);
  second.kill('SIGTERM');
  expect((await second.ended).code).toBe(0);
});
