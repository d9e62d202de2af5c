/** Builds the page's script and styles in memory: nothing built is kept. */
import { join } from 'node:path';

export interface Bundle {
  readonly script: Uint8Array;
  readonly style: Uint8Array;
}

/** What builds it, or what is built in, is not installed. */
export class NotInstalled extends Error {
  override name = 'NotInstalled';
}

const ENTRY = join(import.meta.dirname, 'client/main.tsx');

/** Rejects with NotInstalled when a package is missing that only development brings. */
export async function buildBundle(): Promise<Bundle> {
  const { build } = await import('esbuild').catch((error: unknown) => {
    throw new NotInstalled('esbuild is not installed', { cause: error });
  });
  const built = await build({
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    logLevel: 'silent',
  }).catch((error: unknown) => {
    const missing = /Could not resolve "([^"./][^"]*)"/.exec(String(error))?.[1];
    if (missing === undefined) throw error;
    throw new NotInstalled(`${missing} is not installed`, { cause: error });
  });
  const fileOf = (end: string) =>
    built.outputFiles.find(({ path }) => path.endsWith(end))?.contents ?? new Uint8Array();
  return { script: fileOf('.js'), style: fileOf('.css') };
}
