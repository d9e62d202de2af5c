/** A small Bolt app, in either transport, that remembers what it heard. */
import { Server } from 'node:http';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { Slack } from '../../../simulator/slack/slack.ts';

export type Transport = 'socket' | 'http';

export interface Bot {
  readonly app: App;
  readonly heard: { type: string; body: Record<string, unknown> }[];
  stop(): Promise<void>;
}

export async function startBot(slack: Slack, transport: Transport, add: (app: App) => void): Promise<Bot> {
  const clientOptions = { slackApiUrl: slack.url, retryConfig: { retries: 0 } };
  const common = {
    token: slack.botToken,
    clientOptions,
    logLevel: LogLevel.ERROR,
    deferInitialization: true,
  };
  const quiet = {
    debug() {},
    info() {},
    warn() {},
    error() {},
    setLevel() {},
    getLevel: () => LogLevel.ERROR,
    setName() {},
  };
  const { signingSecret } = slack;
  const receiver = new HTTPReceiver({ signingSecret, port: 0, logger: quiet });
  const app =
    transport === 'http'
      ? new App({ ...common, receiver, logger: quiet })
      : new App({ ...common, socketMode: true, appToken: slack.appToken, logger: quiet });
  const heard: Bot['heard'] = [];
  app.use(async ({ body, next }) => {
    const plain: Record<string, unknown> = { ...body };
    const type = 'event' in body ? body.event.type : (plain['type'] ?? plain['command']);
    heard.push({ type: String(type), body: plain });
    await next();
  });
  add(app);
  await app.init();
  const server = await app.start(0);
  if (transport === 'http') slack.deliverTo(`http://127.0.0.1:${portOf(server)}/slack/events`);
  else await slack.connected();
  return { app, heard, stop: async () => void (await app.stop()) };
}

function portOf(server: unknown): number {
  const address = server instanceof Server ? server.address() : null;
  if (address === null || typeof address === 'string') throw new Error('the bot does not listen');
  return address.port;
}
