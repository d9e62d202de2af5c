/**
 * The npm package cisco-risport talks to the simulator. It insists on https and port 8443, so it runs in a process of
 * its own that trusts the simulator's certificate and reaches it through a proxy, which sends all ports to the one.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cucm, startCucm } from '../../../simulator/cucm/cucm.ts';

let cucm: Cucm;
let proxy: Server;
let folder: string;

beforeAll(async () => {
  cucm = await startCucm();
  const target = Number(new URL(cucm.url).port);
  proxy = createServer().on('connect', (_request, socket, head) => {
    const tunnel = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnel.write(head);
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
    socket.on('error', () => tunnel.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(join(tmpdir(), 'risbot-outsider-'));
  await writeFile(join(folder, 'ca.pem'), cucm.ca);
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await Promise.all([cucm.stop(), rm(folder, { recursive: true })]);
});

interface Told {
  readonly results?: unknown;
  readonly cookie?: unknown;
  readonly error?: unknown;
}

/** Runs a line of JavaScript with `ris` in a fresh process; what it returns, or `{ error }`. */
async function outside(code: string): Promise<Told> {
  const { port } = proxy.address() as AddressInfo;
  const script = `
    const Service = require('cisco-risport');
    const ris = new Service('localhost', 'risbot', 'risbot-demo', {}, false);
    (async () => ${code})().then((value) => value, (error) => ({ error: error.message }))
      .then((value) => { process.stdout.write(JSON.stringify(value)); process.exit(0); });`;
  const env = {
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    NODE_USE_ENV_PROXY: '1',
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
    // It would wait half a minute and ask again.
    RP_RATE_LIMIT_RETRIES: '0',
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env });
  return JSON.parse(stdout);
}

test('a phone by its name', async () => {
  const { results, cookie } = await outside(
    `ris.selectCmDevice('SelectCmDevice', 1000, 'Any', 255, 'Any', '', 'Name', 'SEPE8B7480316D6', 'Any', 'Any')`,
  );
  const nodes = results as { Name: string; CmDevices?: { item: Record<string, unknown> } }[];
  expect(nodes.find(({ Name }) => Name === 'cucm3')?.CmDevices?.item).toMatchObject({
    Name: 'SEPE8B7480316D6',
    DirNumber: '6961-Registered',
  });
  expect(cookie).toContain('JSESSIONID=');
});

test('it comes back with its cookies as it got them, and with Ext', async () => {
  const answer = await outside(`(async () => {
    const ask = (operation) => ris.selectCmDevice(operation, 1000, 'Any', 255, 'Any', '', 'Name', 'SEP00562B0000A7', 'Any', 'Any');
    const nodes = (reply) => reply.results.filter((node) => node.CmDevices).map((node) => node.Name);
    return { plain: nodes(await ask('SelectCmDevice')), ext: nodes(await ask('SelectCmDeviceExt')) };
  })()`);
  expect(answer).toEqual({ plain: ['cucm1', 'cucm2'], ext: ['cucm2'] });
});

test('the CTI application of Cisco’s example', async () => {
  const { results } = await outside(
    `ris.selectCtiDevice(1000, 'Line', 'Any', '', 'AppId', 'cucmuser-192.168.168.169-4963', '', '1002')`,
  );
  expect(JSON.stringify(results)).toContain('"DeviceName":"SEPF01FAF38ABC2"');
});

test('the throttle fault, as it reads it', async () => {
  cucm.play('throttle');
  const answer = await outside(
    `ris.selectCmDevice('SelectCmDevice', 1000, 'Any', 255, 'Any', '', 'Name', 'SEP001122334455', 'Any', 'Any')`,
  );
  expect(answer.error).toContain('Exceeded allowed rate');
});
