import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { storeContract } from './store.contract.ts';

let folder = '';
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'risbot-store-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

storeContract('SQLite', async () => {
  count += 1;
  return `sqlite:${join(folder, `${count}.db`)}`;
});
