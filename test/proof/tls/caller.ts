/** A process of its own that calls one server by one client of risbot's: `caller.ts <client> <port>`. Prints how it went. */
import { createResponder } from '../../../adapters/slack/respond.ts';
import { createSockets } from '../../../adapters/slack/sockets.ts';
import { createWeb } from '../../../adapters/slack/web.ts';
import { createLink } from '../../../adapters/webex/link.ts';
import { createRest } from '../../../adapters/webex/rest.ts';
import { createAxl } from '../../../src/axl/client.ts';
import { systemClock as clock } from '../../../src/clock.ts';
import { deviceQuery } from '../../../src/device/query.ts';
import { createRisPort } from '../../../src/risport/client.ts';
import { openStore } from '../../../src/store/open.ts';

const [client = '', port = '', other = ''] = process.argv.slice(2);
const url = `https://127.0.0.1:${port}`;
const proxy = { https: `http://127.0.0.1:${other}` };
// undici asks no proxy by address: it would name the address in the handshake.
const secretProxy = { https: `https://localhost:${other}` };
const log = { debug() {}, info() {}, warn() {}, error() {} };
const credentials = { username: 'risbot', password: 'secret' };
const web = (more = {}) => createWeb({ botToken: 'xoxb-1', apiUrl: url, log, ...more } as never);
const rest = (more = {}) =>
  createRest({ token: 'a_b_c', apiUrl: url, clock, signal: AbortSignal.timeout(8_000), ...more });
const postgres = (mode: string) => () =>
  openStore({ url: `postgres://u:secret@127.0.0.1:${port}/d?${mode}`, clock, log } as never);

const CLIENTS: Readonly<Record<string, () => Promise<unknown>>> = {
  risport: () =>
    createRisPort({ name: 'prod', url, ...credentials, maxDevices: 10, clock }).lookup(deviceQuery()),
  'risport-pinned': () =>
    createRisPort({
      name: 'prod',
      url,
      ...credentials,
      maxDevices: 10,
      clock,
      tls: { fingerprint: 'AB'.repeat(32) },
    }).lookup(deviceQuery()),
  axl: () => createAxl({ url, ...credentials, version: '14.0', clock }).names(),
  slack: () => web().client.auth.test(),
  'slack-proxy': () => web({ proxy }).client.auth.test(),
  'slack-secret-proxy': () => web({ proxy: secretProxy }).client.auth.test(),
  'slack-around-proxy': () => web({ proxy: { ...proxy, no: '127.0.0.1' } }).client.auth.test(),
  'slack-upload': () => {
    const form = new FormData();
    form.append('file', new Blob(['a,b']), 'a.csv');
    return web().fetch(url, { method: 'POST', body: form }) as Promise<unknown>;
  },
  'slack-answer': () => {
    const responder = createResponder(web().fetch, (_method, call) => call() as never, clock);
    const ticket = responder.ticket(url);
    if (ticket === null) throw new Error('no ticket');
    return responder.send(ticket, { message: { text: 'secret', blocks: [] }, to: 'asker' });
  },
  // Its API is another server's, which sends the websocket here.
  'slack-socket': async () => {
    const health = { receiving() {}, refused() {} };
    const sockets = createSockets({
      appToken: 'xapp-1',
      apiUrl: `http://127.0.0.1:${other}`,
      web: web({ apiUrl: `http://127.0.0.1:${other}` }),
      health,
      log,
      clock,
    } as never);
    await Promise.race([sockets.start(), clock.sleep(3_000)]);
  },
  webex: () => rest().ask('GET', 'people/me'),
  'webex-proxy': () => rest({ proxy }).ask('GET', 'people/me'),
  'webex-secret-proxy': () => rest({ proxy: secretProxy }).ask('GET', 'people/me'),
  'webex-around-proxy': () => rest({ proxy: { ...proxy, no: '127.0.0.1' } }).ask('GET', 'people/me'),
  // Its process takes seconds to load, and then tries for ever: the first trouble is enough.
  'webex-sdk': () =>
    new Promise((_resolve, reject) => {
      const state = (_isOpen: boolean, reason: string | null) => reject(new Error(reason ?? 'open'));
      createLink({
        token: 'a_b_c',
        apiUrl: url,
        discoveryUrl: url,
        clock,
        log,
        startMs: 50_000,
        notice() {},
        state,
      } as never)
        .start()
        .catch(reject);
    }),
  'postgres-verify-full': postgres('sslmode=verify-full'),
  'postgres-verify-ca': postgres('sslmode=verify-ca'),
  'postgres-require': postgres('sslmode=require'),
  'postgres-prefer': postgres('sslmode=prefer'),
  'postgres-ssl': postgres('ssl=true'),
  'postgres-direct': postgres('sslmode=verify-full&sslnegotiation=direct'),
};

const call = CLIENTS[client];
if (call === undefined) throw new Error(`there is no client ${client}`);
const how = await call().then(
  () => 'answered',
  (error: unknown) => String(error),
);
process.stdout.write(`${how}\n`);
process.exit(0);
