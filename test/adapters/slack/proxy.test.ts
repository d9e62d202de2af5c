/** Slack behind a proxy: the Web API and the sockets go through it, and what should not does not. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createSlack } from '../../../adapters/slack/slack.ts';
import { type Slack as StandIn, startSlack } from '../../../simulator/slack/slack.ts';
import { systemClock } from '../../../src/clock.ts';
import { core, view } from '../core.ts';

const HOST = 'slack.test';
const NO_LOG = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const trusted = getCACertificates();
let certificate: { readonly cert: string; readonly private: string };
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  const altNames = [HOST, 'localhost'].map((value) => ({ type: 2, value }) as const);
  certificate = await generate([{ name: 'commonName', value: HOST }], {
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  setDefaultCACertificates([...trusted, certificate.cert]);
});
afterAll(() => setDefaultCACertificates(trusted));
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The stand-in behind TLS, saying that all its addresses are `origin`'s. */
async function frontOf(slack: StandIn, host: string): Promise<number> {
  const inner = new URL(slack.url);
  const front = createServer({ cert: certificate.cert, key: certificate.private }, (incoming, outgoing) => {
    const { url, method, headers } = incoming;
    const passed = request(
      { host: inner.hostname, port: inner.port, path: url, method, headers },
      async (reply) => {
        const chunks = await reply.toArray();
        const body = Buffer.concat(chunks)
          .toString()
          .replaceAll(`://${inner.host}`, `s://${host}:${portOf(front)}`);
        // JSON may write its slashes apart.
        outgoing
          .writeHead(reply.statusCode ?? 500, { 'content-type': reply.headers['content-type'] ?? '' })
          .end(body);
      },
    );
    incoming.pipe(passed);
  });
  front.on('upgrade', (incoming, socket, head) => {
    const lines = [`GET ${incoming.url} HTTP/1.1`];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
    }
    const server = connect(Number(inner.port), inner.hostname, () => {
      server.write(`${lines.join('\r\n')}\r\n\r\n`);
      server.write(head);
      socket.pipe(server).pipe(socket);
    });
    server.on('error', () => socket.destroy());
    socket.on('error', () => server.destroy());
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  closing.push(() => {
    front.closeAllConnections();
    return new Promise((resolve) => front.close(resolve));
  });
  return portOf(front);
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** A proxy in a process of its own, and the hosts that were asked for. */
async function startProxy(target: number): Promise<{ url: string; hosts: string[] }> {
  const file = join(import.meta.dirname, 'connect-proxy.ts');
  const child = spawn(process.execPath, [file, String(target)], { stdio: ['ignore', 'pipe', 'inherit'] });
  closing.push(() => {
    child.kill();
    return once(child, 'exit');
  });
  const lines = createInterface({ input: child.stdout });
  const [port] = await once(lines, 'line');
  const hosts: string[] = [];
  lines.on('line', (line) => hosts.push(line));
  return { url: `http://127.0.0.1:${port}`, hosts };
}

interface Way {
  readonly apiUrl: (port: number, slack: StandIn) => string;
  readonly host: string;
  readonly no?: string;
}

async function answerThrough({ apiUrl, host, no }: Way) {
  const slack = await startSlack();
  closing.push(() => slack.stop());
  const port = await frontOf(slack, host);
  const proxy = await startProxy(port);
  const chat = createSlack({
    botToken: slack.botToken,
    appToken: slack.appToken,
    apiUrl: apiUrl(port, slack),
    clock: systemClock,
    log: NO_LOG,
    proxy: { https: proxy.url, ...(no === undefined ? {} : { no }) },
  });
  closing.push(() => chat.stop());
  const file = { type: 'file', name: 'a.csv', mediaType: 'text/csv', content: 'a,b' } as const;
  await chat.start(core({ answer: async ({ text }) => view(text, { blocks: [file] }) }));
  await slack.connected(2);
  await slack.slash('anna', '#voice', '/ris', '1002');
  expect((await slack.nextEphemeral('anna')).text).toContain('1002');
  const uploaded = await slack.nextFile(({ state }) => state === 'complete');
  expect(uploaded.content.toString()).toBe('a,b');
  return proxy.hosts;
}

test('everything that goes to Slack goes through the proxy: calls, both sockets, response_url, uploads', async () => {
  const hosts = await answerThrough({ host: HOST, apiUrl: (port) => `https://${HOST}:${port}/api/` });
  // Nothing but the proxy knows where slack.test is, so that all of it came this way.
  expect(hosts.length).toBeGreaterThanOrEqual(3);
  expect(new Set(hosts.map((one) => one.split(':')[0]))).toEqual(new Set([HOST]));
});

test('a host of NO_PROXY is reached without it', async () => {
  const way = {
    host: 'localhost',
    no: 'example.com,localhost',
    apiUrl: (port: number) => `https://localhost:${port}/api/`,
  };
  expect(await answerThrough(way)).toEqual([]);
});

test('plain HTTP, which only a stand-in speaks, is reached without it', async () => {
  expect(await answerThrough({ host: 'localhost', apiUrl: (_port, slack) => slack.url })).toEqual([]);
});
