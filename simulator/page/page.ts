/** The demo page's server: loopback only, behind a random key, speaking to nobody else. */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle } from './bundle.ts';
import { createEdge } from './edge.ts';
import { createFeed } from './feed.ts';
import type { Pane } from './pane.ts';

export interface PageOptions {
  readonly panes: readonly Pane[];
  readonly bundle: Bundle;
  /** Default 0: any free port. */
  readonly port?: number;
}

export interface Page {
  /** `http://127.0.0.1:PORT/KEY/`; whoever knows it may do everything that the page offers. */
  readonly url: string;
  /** Drops every connection. */
  stop(): Promise<void>;
}

const KEY_BYTES = 16;

/** Starts it on 127.0.0.1. Rejects when the port is taken. */
export async function startPage({ panes, bundle, port = 0 }: PageOptions): Promise<Page> {
  const key = randomBytes(KEY_BYTES).toString('base64url');
  const feed = createFeed(panes);
  const server = createServer(createEdge({ panes, feed, bundle, key }));
  const listening = await listen(server, port);
  return {
    url: `http://127.0.0.1:${listening}/${key}/`,
    async stop() {
      feed.stop();
      await close(server);
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
