/** Keeps the file of a card, where the person who asked wants it. */
import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Block, View } from '../../src/view/view.ts';

type FileBlock = Extract<Block, { type: 'file' }>;

/** `save`, or `save phones.csv`: the name typed, blank for the file's own; null when it is something else. */
export function wantsToSave(text: string): string | null {
  return (
    /^save(?:\s+(\S.{0,200}))?$/i
      .exec(text)
      ?.slice(1)
      .map((name = '') => name.trim())[0] ?? null
  );
}

export function fileOf(view: View): FileBlock | null {
  return view.blocks.find((block) => block.type === 'file') ?? null;
}

/** Writes the file, readable for its owner only: it names people. Never over another one. Says what became of it. */
export async function save(file: FileBlock, name: string): Promise<string> {
  // The file's own name is made of a cluster's, which may be anything.
  const path = resolve(name === '' ? basename(file.name) : name);
  try {
    await writeFile(path, file.content, { flag: 'wx', mode: 0o600 });
    return `Saved in ${path}`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'EEXIST'
      ? `${path} is there already. Type save and another name.`
      : `${path} cannot be written. Type save and another name.`;
  }
}
