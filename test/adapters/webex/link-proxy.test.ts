/** The link behind a proxy: the SDK's calls and its websocket go through it, and what should not does not. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Notice } from '../../../adapters/webex/intake.ts';
import { createLink } from '../../../adapters/webex/link.ts';
import { systemClock } from '../../../src/clock.ts';
import { type Host, messageId, startHost, wrote } from '../../simulator/webex/cloud-host.ts';

// A process takes a second and a half to load the SDK, and several times that where all cores are at work.
vi.setConfig({ testTimeout: 60_000 });
const HOST = 'webex.test';
const PASSWORD = 'pr0xy-passw0rd';
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

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** The stand-in behind TLS, saying that all its addresses are `host`'s. */
async function frontOf({ url }: Host, host: string): Promise<number> {
  const inner = new URL(url);
  const front = createServer({ cert: certificate.cert, key: certificate.private }, (incoming, outgoing) => {
    const { url: path, method, headers } = incoming;
    const passed = request(
      { host: inner.hostname, port: inner.port, path, method, headers },
      async (reply) => {
        const body = Buffer.concat(await reply.toArray()).toString();
        outgoing
          .writeHead(reply.statusCode ?? 500, { 'content-type': 'application/json' })
          .end(body.replaceAll(`://${inner.host}`, `s://${host}:${portOf(front)}`));
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

/** A proxy in a process of its own, and the hosts that were asked for. */
async function startProxy(target: number): Promise<{ url: string; hosts: string[] }> {
  const file = join(import.meta.dirname, '../slack/connect-proxy.ts');
  const child = spawn(process.execPath, [file, String(target)], { stdio: ['ignore', 'pipe', 'inherit'] });
  closing.push(() => {
    child.kill();
    return once(child, 'exit');
  });
  const lines = createInterface({ input: child.stdout });
  const [port] = await once(lines, 'line');
  const hosts: string[] = [];
  lines.on('line', (line) => hosts.push(line));
  return { url: `http://somebody:${PASSWORD}@127.0.0.1:${port}`, hosts };
}

async function hearThrough(host: string, no?: string) {
  const standIn = await startHost();
  closing.push(standIn.stop);
  const port = await frontOf(standIn, host);
  const proxy = await startProxy(port);
  const notices: Notice[] = [];
  const logged: string[] = [];
  const write = (fields: object, message: string) => logged.push(`${message} ${JSON.stringify(fields)}`);
  const link = createLink({
    token: standIn.token,
    apiUrl: `https://${host}:${port}/v1/`,
    discoveryUrl: `https://${host}:${port}/u2c/api/v1/`,
    proxy: { https: proxy.url, ...(no === undefined ? {} : { no }) },
    clock: systemClock,
    log: { debug: write, info: write, warn: write, error: write },
    notice: (notice) => notices.push(notice),
    state: () => undefined,
  });
  closing.push(link.stop);
  await link.start();
  standIn.cloud.tell(wrote(messageId('one')));
  await expect
    .poll(() => notices, { timeout: 10_000 })
    .toEqual([{ resource: 'messages', id: messageId('one') }]);
  return { hosts: proxy.hosts, logged };
}

test('calls and the websocket go through the proxy, whose password stands in no log', async () => {
  const { hosts, logged } = await hearThrough(HOST);
  // Nothing but the proxy knows where webex.test is, so that all of it came this way.
  expect(hosts.length).toBeGreaterThanOrEqual(2);
  expect(new Set(hosts.map((one) => one.split(':')[0]))).toEqual(new Set([HOST]));
  expect(logged.filter((line) => line.includes(PASSWORD))).toEqual([]);
});

test('a host of NO_PROXY is reached without it', async () => {
  expect((await hearThrough('localhost', 'example.com,localhost')).hosts).toEqual([]);
});
