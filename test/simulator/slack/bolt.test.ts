import type { App } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import type { View } from '../../../simulator/slack/model.ts';
import { type Slack, startSlack } from '../../../simulator/slack/slack.ts';
import { type Bot, startBot, type Transport } from './bot.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

let slack: Slack;
let bot: Bot | undefined;

async function start(transport: Transport, add: (app: App) => void): Promise<void> {
  slack = await startSlack({ rateLimits: 'off' });
  bot = await startBot(slack, transport, add);
}

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await slack.stop();
});

const FORM = {
  type: 'modal' as const,
  callback_id: 'form',
  private_metadata: 'kept',
  title: plain('Look up'),
  submit: plain('Ask'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'what',
      label: plain('What'),
      element: { type: 'external_select' as const, action_id: 'subject', min_query_length: 1 },
    },
    {
      type: 'input' as const,
      block_id: 'why',
      optional: true,
      label: plain('Why'),
      element: { type: 'plain_text_input' as const, action_id: 'reason' },
    },
  ],
};

describe.each(['socket', 'http'] as const)('Bolt over %s', (transport) => {
  test('a mention is heard, and answered in its thread', async () => {
    await start(transport, (app) =>
      app.event('app_mention', async ({ event, say }) => {
        await say({ text: `heard ${event.text}`, thread_ts: event.thread_ts ?? event.ts });
      }),
    );
    const asked = await slack.say('#voice', 'anna', '@risbot 1002 & <more>');
    const answer = await slack.nextMessage('#voice');
    expect(answer).toMatchObject({ thread: asked.ts, by: 'chat.postMessage', passed: ['text'] });
    expect(answer.text).toBe(`heard <@${slack.bot.user}> 1002 &amp; &lt;more&gt;`);
    await slack.settled();
    expect(slack.thread(asked)).toHaveLength(2);
    expect(slack.rejections()).toEqual([]);
  });

  test('a direct message, its edit and its deletion are three events', async () => {
    await start(transport, () => undefined);
    const message = await slack.say('@anna', 'anna', 'status');
    await slack.settled();
    await slack.edit(message, 'status now');
    await slack.settled();
    await slack.remove(message);
    await slack.settled();
    const events = bot?.heard.map(({ body }) => body['event'] as Record<string, unknown>) ?? [];
    expect(events.map(({ subtype, channel_type }) => [subtype, channel_type])).toEqual([
      [undefined, 'im'],
      ['message_changed', 'im'],
      ['message_deleted', 'im'],
    ]);
    expect(events[0]).toMatchObject({ text: 'status', client_msg_id: expect.stringMatching(/^[\d-]{36}$/) });
    expect(events[1]).toMatchObject({
      message: { text: 'status now' },
      previous_message: { text: 'status' },
    });
  });

  test('a slash command is acknowledged with a message for the asker alone', async () => {
    await start(transport, (app) =>
      app.command('/ris', async ({ ack, command, respond }) => {
        await ack({ text: `asking for ${command.text}` });
        await respond({ text: 'done', response_type: 'ephemeral' });
      }),
    );
    const { delivery, message } = await slack.slash('anna', '#voice', '/ris', 'find <x>');
    expect(delivery.outcome).toBe('acknowledged');
    expect(message).toMatchObject({ text: 'asking for find &lt;x&gt;', onlyFor: slack.user('anna').id });
    await slack.nextEphemeral('anna', ({ by }) => by === 'respond');
    expect(slack.ephemerals('anna').map(({ text }) => text)).toEqual(['asking for find &lt;x&gt;', 'done']);
    expect(slack.ephemerals('ben')).toEqual([]);
    expect(slack.messages('#voice')).toEqual([]);
  });

  test('an in_channel acknowledgement is for everybody', async () => {
    await start(transport, (app) =>
      app.command('/ris', async ({ ack }) => ack({ text: 'all hear', response_type: 'in_channel' })),
    );
    await slack.slash('anna', '#voice', '/ris', 'x');
    expect(slack.messages('#voice').map(({ text }) => text)).toEqual(['all hear']);
  });

  test('a button replaces its message through response_url', async () => {
    await start(transport, (app) => {
      app.action('next', async ({ ack, action, respond }) => {
        await ack();
        const page = 'value' in action ? action.value : '?';
        await respond({ replace_original: true, text: `page ${page}` });
      });
    });
    const button = { type: 'button' as const, action_id: 'next', text: plain('Next'), value: '2' };
    const channel = slack.channel('#voice').id;
    await bot?.app.client.chat.postMessage({
      channel,
      text: 'page 1',
      blocks: [{ type: 'actions', elements: [button] }],
    });
    const card = await slack.nextMessage('#voice');
    await slack.press('ben', card, 'Next');
    const changed = await slack.nextMessage('#voice');
    expect(changed).toMatchObject({ ts: card.ts, text: 'page 2', blocks: [] });
    const heard = bot?.heard.find(({ type }) => type === 'block_actions')?.body;
    expect(heard).toMatchObject({
      container: { type: 'message', message_ts: card.ts, is_ephemeral: false },
      user: { id: slack.user('ben').id },
      message: { ts: card.ts, text: 'page 1' },
      actions: [{ action_id: 'next', value: '2', type: 'button' }],
    });
  });

  test('a form opens, suggests, complains, and is submitted', async () => {
    const submitted: unknown[] = [];
    await start(transport, (app) => {
      app.command('/ris', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: FORM });
      });
      app.options('subject', async ({ ack, options }) => {
        await ack({ options: [{ text: plain(`phone ${options.value}`), value: options.value }] });
      });
      app.view('form', async ({ ack, view }) => {
        const { reason } = view.state.values['why'] ?? {};
        if (reason?.value === null) return ack({ response_action: 'errors', errors: { why: 'say why' } });
        submitted.push(view.state.values, view.private_metadata);
        await ack();
      });
    });
    await slack.slash('anna', '#voice', '/ris');
    const form = await slack.nextView('anna');
    expect(await slack.suggest('anna', form, 'What', '1002')).toEqual([
      { text: 'phone 1002', value: '1002' },
    ]);
    const incomplete = await slack.submit('anna', form, { subject: '1002' });
    expect(incomplete).toMatchObject({ errors: { why: 'say why' }, view: { id: form.id } });
    const complete = await slack.submit('anna', form, { Why: 'because' });
    expect(complete).toMatchObject({ errors: null, view: null });
    expect(slack.views('anna')).toEqual([]);
    expect(submitted).toEqual([
      {
        what: {
          subject: {
            type: 'external_select',
            selected_option: { text: plain('phone 1002'), value: '1002' },
          },
        },
        why: { reason: { type: 'plain_text_input', value: 'because' } },
      },
      'kept',
    ]);
    expect(slack.rejections()).toEqual([]);
  });

  test('a submission may change the modal, and the change is followed by views.update', async () => {
    await start(transport, (app) => {
      app.shortcut('look', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: { ...FORM, blocks: [] } });
      });
      app.view('form', async ({ ack, view, client }) => {
        await ack({ response_action: 'update', view: { ...FORM, title: plain('Asking'), blocks: [] } });
        await client.views.update({
          view_id: view.id,
          view: { ...FORM, title: plain('Answer'), blocks: [] },
        });
      });
    });
    await slack.globalShortcut('anna', 'look');
    const form = await slack.nextView('anna');
    const { view } = await slack.submit('anna', form, {});
    expect(view?.title).toBe('Asking');
    const titled = ({ title }: View) => title === 'Answer';
    expect((await slack.nextView('anna', titled)).id).toBe(form.id);
  });

  test('home, message shortcut and a shared file', async () => {
    await start(transport, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        const blocks = [{ type: 'section' as const, text: plain('my clusters') }];
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
      });
      app.shortcut('look_up', async ({ ack, shortcut, client }) => {
        await ack();
        if (shortcut.type !== 'message_action') return;
        const { channel, message } = shortcut;
        const content = `said,${message.text}\n`;
        await client.filesUploadV2({
          channel_id: channel.id,
          thread_ts: message.ts,
          filename: 'phones.csv',
          content,
          initial_comment: 'all of it',
        });
      });
    });
    await slack.openHome('carla');
    expect((await slack.nextHome('carla')).blocks).toMatchObject([{ text: { text: 'my clusters' } }]);
    const message = await slack.say('#voice', 'carla', 'SEP001122334455 is dead');
    await slack.shortcut('carla', message, 'look_up');
    const shared = await slack.nextMessage('#voice');
    expect(shared).toMatchObject({ text: 'all of it', thread: message.ts, by: 'files' });
    const file = await slack.nextFile();
    expect(file).toMatchObject({ name: 'phones.csv', channels: [slack.channel('#voice').id] });
    expect(file.content.toString()).toBe('said,SEP001122334455 is dead\n');
    expect(slack.rejections()).toEqual([]);
  });
});
