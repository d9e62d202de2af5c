#!/usr/bin/env node
/** The command line. Each command loads its own code when it runs, so that a question is answered quickly. */
import { enableCompileCache } from 'node:module';

enableCompileCache();

const { runCommandLine } = await import('./cli/program.ts');
await runCommandLine(process.argv);
