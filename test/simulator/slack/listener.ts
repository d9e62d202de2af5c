import type { Slack } from '../../../simulator/slack/slack.ts';
import { call } from './web-api.ts';

export interface Envelope {
  readonly envelope_id: string;
  readonly type: string;
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
  readonly accepts_response_payload?: boolean;
  readonly num_connections?: number;
  readonly reason?: string;
  readonly payload: Record<string, unknown>;
}

export interface Listener {
  /** Everything that came, hello first. */
  readonly heard: Envelope[];
  /** The next envelope that was not asked for yet. */
  next(): Promise<Envelope>;
  acknowledge(envelope: Envelope, payload?: Record<string, unknown>): void;
  readonly closed: Promise<void>;
}

/** A bare socket of the bot, which acknowledges nothing by itself. Resolves after hello. */
export async function listenTo(slack: Slack): Promise<Listener> {
  const { url } = await call(slack, 'apps.connections.open', {}, { token: slack.appToken });
  const socket = new WebSocket(String(url));
  const heard: Envelope[] = [];
  let asked = 0;
  let wake: (() => void)[] = [];
  socket.addEventListener('message', ({ data }) => {
    heard.push(JSON.parse(String(data)));
    for (const one of wake) one();
    wake = [];
  });
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
  const listener: Listener = {
    heard,
    closed,
    async next() {
      asked += 1;
      while (heard.length < asked) await new Promise<void>((resolve) => wake.push(resolve));
      return heard[asked - 1]!;
    },
    acknowledge: ({ envelope_id }, payload) => socket.send(JSON.stringify({ envelope_id, payload })),
  };
  await listener.next();
  return listener;
}
