/**
 * Every client of risbot's against a server with a certificate that nobody vouches for, in a process whose environment switches the
 * checking off. Not a byte may reach the server; to a server that is vouched for each of them does send something.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Certificate, makeCertificate } from '../../../simulator/cucm/certificate.ts';

let certificate: Certificate;
let folder = '';
beforeAll(async () => {
  certificate = await makeCertificate(Date.now());
  folder = mkdtempSync(join(tmpdir(), 'risbot-unchecked-'));
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const SSL_REQUEST = 8;

/** TLS at once, or after PostgreSQL's request for it. Counts shaken hands and what was said after them, and says nothing itself. */
async function startListener() {
  const heard = { connections: 0, bytes: 0 };
  const server = createServer((socket) => {
    heard.connections += 1;
    socket.once('data', (first: Buffer) => {
      socket.pause();
      const asksFirst = first.length === SSL_REQUEST;
      if (asksFirst) socket.write('S');
      else socket.unshift(first);
      const secure = new TLSSocket(socket, {
        isServer: true,
        secureContext: createSecureContext(certificate),
        ALPNProtocols: ['http/1.1', 'postgresql'],
      });
      secure.on('error', () => {});
      secure.on('data', (bytes: Buffer) => {
        heard.bytes += bytes.length;
        secure.destroy();
      });
    });
  });
  return { port: await listening(server), heard };
}

/** CONNECT and nothing else. */
async function startProxy(): Promise<number> {
  const proxy = createHttp();
  proxy.on('connect', ({ url = '' }, socket: Socket, head: Buffer) => {
    const [host, port] = url.split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  return await listening(proxy);
}

/** Slack's API as far as it says where the websocket is. */
async function startOpener(port: number): Promise<number> {
  return await listening(
    createHttp((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, url: `wss://127.0.0.1:${port}/link` }));
    }),
  );
}

async function call(client: string, environment: Readonly<Record<string, string>>) {
  const { port, heard } = await startListener();
  const other = client.endsWith('secret-proxy')
    ? port
    : client.endsWith('proxy')
      ? await startProxy()
      : client === 'slack-socket'
        ? await startOpener(port)
        : 0;
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'caller.ts'), client, `${port}`, `${other}`],
    {
      env: environment,
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += String(text);
  });
  let trouble = '';
  child.stderr.on('data', (text: Buffer) => {
    trouble += String(text);
  });
  const [code] = await once(child, 'close');
  expect([code, code === 0 ? '' : trouble]).toEqual([0, '']);
  return { said: said.trim(), ...heard };
}

const CLIENTS = [
  'risport',
  'risport-pinned',
  'axl',
  'slack',
  'slack-proxy',
  'slack-secret-proxy',
  'slack-around-proxy',
  'slack-upload',
  'slack-answer',
  'slack-socket',
  'webex',
  'webex-proxy',
  'webex-secret-proxy',
  'webex-around-proxy',
  'webex-sdk',
  'postgres-verify-full',
  'postgres-verify-ca',
  'postgres-require',
  'postgres-prefer',
  'postgres-ssl',
  'postgres-direct',
];

test.each(CLIENTS)(
  '%s sends nothing to whom it cannot trust, whatever the environment says',
  async (client) => {
    const { said, connections, bytes } = await call(client, { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(connections).toBeGreaterThan(0);
    expect([bytes, said === 'answered' && client !== 'slack-socket']).toEqual([0, false]);
  },
  60_000,
);

test.each(CLIENTS.filter((client) => client !== 'risport-pinned'))(
  '%s does send something to whom it trusts',
  async (client) => {
    const { bytes } = await call(client, { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') });
    expect(bytes).toBeGreaterThan(0);
  },
  60_000,
);
