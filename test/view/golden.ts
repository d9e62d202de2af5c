import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { View } from '../../src/view/view.ts';

const FOLDER = new URL('../golden/views/', import.meta.url);

/** Compares a view with its golden file. Only UPDATE_GOLDEN=1 writes one; a missing file fails. */
export function expectGolden(name: string, view: View): void {
  const file = new URL(`${name}.json`, FOLDER);
  const text = `${JSON.stringify(view, null, 2)}\n`;
  // biome-ignore lint/style/noProcessEnv: how a person asks for new golden files, and nothing of the program
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file), `${name}.json is missing: run with UPDATE_GOLDEN=1 and read the difference`).toBe(
    true,
  );
  expect(text).toBe(readFileSync(file, 'utf8'));
}
