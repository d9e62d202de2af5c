/** What comes in wrong, and what Slack refuses. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSlack } from '../../../adapters/slack/slack.ts';
import { systemClock } from '../../../src/clock.ts';
import { view } from '../core.ts';
import { openWorkspace } from './workspace.ts';

const NO_LOG = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe('signatures', () => {
  test.each(['wrong', 'stale', 'missing'] as const)('%s: 401, and nothing is done', async (how) => {
    const { slack, asked } = await openWorkspace({ transport: 'http', standIn: { retryAfterMs: [] } });
    slack.trouble.signature(how);
    const { delivery } = await slack.slash('anna', '#voice', '/ris', '1002');
    expect([delivery.outcome, delivery.status]).toEqual(['refused', 401]);
    slack.trouble.signature('good');
    await slack.slash('anna', '#voice', '/ris', 'last');
    await slack.nextEphemeral('anna');
    expect(asked.map(({ text }) => text)).toEqual(['last']);
  });

  test.each([
    ['no JSON', '{', 'application/json', 400],
    ['JSON that is nothing', '"x"', 'application/json', 404],
    ['a body of two megabytes', 'x'.repeat(2_000_000), 'application/json', 413],
  ] as const)('signed rightly, %s', async (_claim, body, type, status) => {
    const { slack, chat, asked } = await openWorkspace({ transport: 'http' });
    const at = String(Math.floor(Date.now() / 1000));
    const hash = createHmac('sha256', slack.signingSecret).update(`v0:${at}:${body}`).digest('hex');
    const headers = {
      'content-type': type,
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${hash}`,
      connection: 'close',
    };
    const url = `http://127.0.0.1:${chat.port()}/slack/events`;
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(5000),
    }).catch(() => null);
    // A body that is not read to its end may cut the connection before the reply is.
    if (status !== 413 || response !== null) expect(response?.status).toBe(status);
    expect(asked).toEqual([]);
    expect(chat.status().connected).toBe(true);
  });

  test('another path and another method are not there', async () => {
    const { chat } = await openWorkspace({ transport: 'http' });
    const base = `http://127.0.0.1:${chat.port()}`;
    expect((await fetch(`${base}/`)).status).toBe(404);
    expect((await fetch(`${base}/slack/events`)).status).toBe(404);
  });
});

describe('tokens and scopes', () => {
  test('without an app token and a signing secret there is nothing to build', () => {
    const options = { botToken: 'xoxb-1', clock: systemClock, log: NO_LOG };
    expect(() => createSlack(options)).toThrow('app token, or a signing secret');
  });

  test.each(['bot', 'app'] as const)('a bad %s token fails the start, and says so', async (which) => {
    const bad = which === 'bot' ? { botToken: 'xoxb-bad' } : { appToken: 'xapp-bad' };
    const { chat, start } = await openWorkspace({ start: false, options: bad });
    await expect(start()).rejects.toMatchObject({ code: 'slack-refused', reason: 'invalid_auth' });
    expect(chat.status()).toEqual({ connected: false, reason: expect.stringContaining('invalid_auth') });
  });

  test('a token that was revoked is reported, and forgiven', async () => {
    const { slack, chat, log } = await openWorkspace();
    expect(chat.status()).toEqual({ connected: true, reason: null });
    slack.trouble.token('token_revoked');
    await slack.say('#voice', 'anna', '@risbot 1002');
    await expect
      .poll(() => chat.status())
      .toEqual({ connected: false, reason: expect.stringContaining('token_revoked') });
    expect(
      log
        .filter(({ level }) => level === 'error')
        .map(({ message }) => message)
        .join(),
    ).toContain('token');
    slack.trouble.token(null);
    await slack.say('#voice', 'anna', '@risbot 1003');
    await slack.nextMessage('#voice');
    await expect.poll(() => chat.status()).toEqual({ connected: true, reason: null });
  });

  test('a scope that is missing is named at the start', async () => {
    const scopes = ['app_mentions:read', 'chat:write', 'commands', 'im:history', 'usergroups:read'];
    const { chat, log } = await openWorkspace({ standIn: { scopes } });
    expect(chat.status()).toEqual({ connected: true, reason: 'missing scope: files:write' });
    expect(log.some(({ level, message }) => level === 'error' && message.includes('files:write'))).toBe(true);
  });

  test('a scope that is taken away is named, and the answer comes without the file', async () => {
    const { slack, chat, answerWith } = await openWorkspace();
    const file = { type: 'file', name: 'a.csv', mediaType: 'text/csv', content: 'a' } as const;
    answerWith(() => view('240 phones', { blocks: [file] }));
    slack.trouble.removeScope('files:write');
    await slack.say('#voice', 'anna', '@risbot export');
    await slack.nextMessage('#voice', ({ text }) => text.includes('could not be sent'));
    expect(chat.status().reason).toContain('files:write');
    slack.trouble.addScope('files:write');
    await slack.say('@anna', 'anna', 'hello');
    await slack.nextFile();
    await expect.poll(() => chat.status().reason).toBeNull();
  });

  test('where the file was to come in direct messages, the line there says that it does not', async () => {
    const { slack, answerWith } = await openWorkspace();
    const file = { type: 'file', name: 'a.csv', mediaType: 'text/csv', content: 'a' } as const;
    answerWith(() => view('240 phones', { blocks: [file] }));
    slack.trouble.removeScope('files:write');
    await slack.slash('anna', '#voice', '/ris', 'export');
    await slack.nextEphemeral('anna', ({ text }) => text.includes('could not be sent'));
    expect(slack.messages('@anna').map(({ text }) => text)).toEqual([
      'The file could not be sent. The log says why. 240 phones',
    ]);
  });

  test('no secret gets into the log', async () => {
    const { slack, log } = await openWorkspace();
    slack.trouble.failing('chat.postMessage');
    slack.trouble.cutting('response_url');
    await slack.slash('anna', '#voice', '/ris', '1002');
    await slack.say('#voice', 'anna', '@risbot 1003');
    await slack.nextMessage('#voice');
    await slack.nextEphemeral('anna');
    const written = JSON.stringify(log);
    expect(written.length).toBeGreaterThan(10);
    for (const secret of [slack.botToken, slack.appToken, slack.signingSecret])
      expect(written).not.toContain(secret);
    expect(written).not.toMatch(/\/commands\/T/);
  });
});

describe('rooms', () => {
  test('thrown out of the channel meanwhile, it answers in direct messages', async () => {
    const { slack, answerWith } = await openWorkspace();
    answerWith(({ text }) => {
      slack.trouble.kick('#voice');
      return view(text);
    });
    await slack.say('#voice', 'anna', '@risbot 1002');
    expect(JSON.stringify((await slack.nextMessage('@anna')).blocks)).toContain(
      'may not answer in that channel',
    );
    expect((await slack.nextMessage('@anna')).text).toContain('1002');
  });

  test('archived meanwhile, too', async () => {
    const { slack, answerWith } = await openWorkspace();
    answerWith(({ text }) => {
      slack.trouble.archive('#voice');
      return view(text);
    });
    await slack.say('#voice', 'anna', '@risbot 1002');
    await slack.nextMessage('@anna');
    expect((await slack.nextMessage('@anna')).text).toContain('1002');
  });

  test('when its response_url is refused, the asker alone sees the answer all the same', async () => {
    const { slack } = await openWorkspace();
    slack.trouble.refusing('response_url', 'expired_url');
    await slack.slash('anna', '#voice', '/ris', '1002');
    const answer = await slack.nextEphemeral('anna');
    expect([answer.by, answer.text]).toEqual(['chat.postEphemeral', expect.stringContaining('1002')]);
    expect(slack.messages('#voice')).toEqual([]);
  });

  test('and in direct messages where it may not even do that', async () => {
    const { slack } = await openWorkspace();
    slack.trouble.refusing('response_url', 'expired_url');
    await slack.slash('anna', '#random', '/ris', '1002');
    expect((await slack.nextMessage('@anna')).text).toContain('1002');
    expect(slack.messages('#random')).toEqual([]);
  });

  test('people of a workspace that is not listed are told so, and nothing is asked', async () => {
    const { slack, asked } = await openWorkspace({ options: { teams: ['T0ELSEWHERE'] } });
    await slack.slash('anna', '#voice', '/ris', '1002');
    expect((await slack.nextEphemeral('anna')).text).toContain('slack.teams');
    await slack.say('#voice', 'anna', '@risbot 1002');
    expect((await slack.nextEphemeral('anna')).text).toContain('slack.teams');
    expect(asked).toEqual([]);
  });
});

describe('texts', () => {
  test('40 000 characters are asked, and answered', async () => {
    const { slack, asked, answerWith } = await openWorkspace();
    answerWith(({ text }) => view(`${text.length} characters`));
    await slack.say('#voice', 'anna', `@risbot ${'1002 '.repeat(8000)}`.slice(0, 40_000));
    expect((await slack.nextMessage('#voice')).text).toMatch(/^\d{5} characters/);
    expect(asked[0]?.text.length).toBeGreaterThan(35_000);
  });

  test('emoji and right-to-left names come through as they are', async () => {
    const { slack, asked } = await openWorkspace();
    await slack.say('#voice', 'maryam', '@risbot "مكتب الاستقبال 📞"');
    await slack.nextMessage('#voice');
    expect(asked[0]?.text).toBe('"مكتب الاستقبال 📞"');
    expect(slack.rejections()).toEqual([]);
  });

  test('a card that Slack cannot show is answered in plain words', async () => {
    const { slack, log } = await openWorkspace();
    slack.trouble.refusing('chat.postMessage', 'invalid_blocks');
    await slack.say('#voice', 'anna', '@risbot 1002');
    const answer = await slack.nextMessage('#voice');
    expect([answer.blocks, answer.text]).toEqual([[], expect.stringContaining('1002')]);
    expect(log.some(({ level, message }) => level === 'error' && message.includes('card'))).toBe(true);
  });
});
