import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  readonly raw: string;
  readonly body: Record<string, unknown>;
  readonly signature: string | undefined;
}

/** A webhook's target, which remembers what it heard. */
export interface Target {
  readonly url: string;
  readonly heard: Heard[];
  /** The next delivery that was not asked for yet. */
  next(): Promise<Heard>;
  /** What it answers from now on; null: nothing. */
  status: number | null;
  stop(): Promise<void>;
}

export async function startTarget(): Promise<Target> {
  const heard: Heard[] = [];
  let asked = 0;
  let wake: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const raw = Buffer.concat(await request.toArray()).toString();
    const signature = request.headers['x-spark-signature'];
    heard.push({
      raw,
      body: JSON.parse(raw),
      signature: signature === undefined ? undefined : String(signature),
    });
    if (target.status !== null) response.writeHead(target.status).end();
    for (const one of wake) one();
    wake = [];
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const target: Target = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webex`,
    heard,
    status: 200,
    async next() {
      asked += 1;
      while (heard.length < asked) await new Promise<void>((resolve) => wake.push(resolve));
      return heard[asked - 1]!;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return target;
}

/** Whether the signature is one of the body as it came. */
export function isSigned({ raw, signature }: Heard, secret: string): boolean {
  return signature === createHmac('sha1', secret).update(raw).digest('hex');
}
