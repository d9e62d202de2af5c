/** A way to the database that can be cut like a network: the server keeps its end and does not notice. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** `url` is that of the server; the one returned goes through here. */
export async function startCut(url: string) {
  const server = new URL(url);
  const near = new Set<Socket>();
  const far = new Set<Socket>();
  let silent = false;
  const proxy = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname);
    near.add(client);
    far.add(upstream);
    client.on('data', (data) => silent || upstream.write(data)).on('error', () => {});
    upstream.on('data', (data) => silent || client.write(data)).on('error', () => {});
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    url: through.href.replaceAll('+', '%20'),
    /** This side loses its connections; the server's stay open. New ones can be made. */
    cut() {
      for (const socket of near) socket.destroy();
      near.clear();
    },
    /** Both sides lose their connections. */
    breakOff() {
      for (const socket of [...near, ...far]) socket.destroy();
      near.clear();
      far.clear();
    },
    /** Nothing comes through any more on what is connected now, and nobody is told. New connections work. */
    async hush(during: () => Promise<void>) {
      silent = true;
      await during().finally(() => {
        silent = false;
      });
    },
    async stop() {
      for (const socket of [...near, ...far]) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
