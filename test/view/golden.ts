import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Compares a view, or what an adapter makes of it, with its golden file. Only UPDATE_GOLDEN=1 writes one; a missing file fails. */
export function expectGolden(
  name: string,
  shown: object,
  folder: 'views' | 'slack' | 'webex' = 'views',
): void {
  const home = new URL(`../golden/${folder}/`, import.meta.url);
  const file = new URL(`${name}.json`, home);
  const text = `${JSON.stringify(shown, null, 2)}\n`;
  // biome-ignore lint/style/noProcessEnv: how a person asks for new golden files, and nothing of the program
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(home, { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file), `${name}.json is missing: run with UPDATE_GOLDEN=1 and read the difference`).toBe(
    true,
  );
  expect(text).toBe(readFileSync(file, 'utf8'));
}
