/** The Dockerfile's steps, done in a temporary folder: a runtime dependency that is missing fails here. */
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const instructions = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line));
const argumentsOf = (word: string) =>
  instructions.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

let app: string;

beforeAll(async () => {
  app = mkdtempSync(join(tmpdir(), 'risbot-image-'));
  for (const line of instructions) {
    if (line.startsWith('COPY ')) copy(line.slice(5).split(' '));
    if (line.startsWith('RUN npm ')) await run('npm', npmArguments(line), { cwd: app });
  }
});
afterAll(() => rmSync(app, { recursive: true, force: true }));

function copy(words: readonly string[]): void {
  const to = words.at(-1) ?? '';
  for (const from of words.slice(0, -1)) {
    cpSync(join(ROOT, from), join(app, to === './' ? from : to), { recursive: true });
  }
}

/** Of the first command of the line: what follows it only tidies the image. */
function npmArguments(line: string): readonly string[] {
  return (line.split(' && ')[0] ?? '').split(' ').slice(2);
}

/** As the image's entry point: its arguments, from the folder of the app. */
function risbot(words: readonly string[], env: Record<string, string>) {
  const [node, main] = JSON.parse(argumentsOf('ENTRYPOINT')[0] ?? '[]') as [string, string];
  expect(node).toBe('node');
  const script = main.replace('/app', app);
  // Only what the image would have: no dependency of the checkout, no setting of this machine.
  return { command: process.execPath, argv: [script, ...words], options: { env, cwd: tmpdir() } };
}

describe('the image', () => {
  test('answers one question about a cluster that it simulates itself', async () => {
    const server = risbot(['simulate', 'cucm'], {});
    const cucm = spawn(server.command, server.argv, {
      ...server.options,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      const env: Record<string, string> = {};
      for await (const line of createInterface({ input: cucm.stdout })) {
        const [, name, value] = /^export (\w+)=(.*)$/.exec(line) ?? [];
        if (name && value !== undefined) env[name] = value;
        if (name === 'CUCM_CA_FILE') break;
      }
      const before = readdirSync(app, { recursive: true }).length;
      const question = risbot(['ask', '--json', '00:11:22:33:44:55'], env);
      const { stdout } = await run(question.command, question.argv, question.options);
      expect(JSON.parse(stdout)).toMatchObject({
        devices: [{ name: 'SEP001122334455', status: 'Registered' }],
      });
      expect(readdirSync(app, { recursive: true }), 'its root may be read-only').toHaveLength(before);
    } finally {
      cucm.kill('SIGTERM');
    }
  });

  test('holds no development dependency', () => {
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean }>;
    };
    const development = Object.keys(lock.packages).filter((path) => lock.packages[path]?.dev);
    expect(development.length).toBeGreaterThan(50);
    expect(development.filter((path) => existsSync(join(app, path)))).toEqual([]);
  });

  test('runs the Node that the project develops with, as a user without rights', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(argumentsOf('FROM')).toEqual([`node:${manifest.devDependencies['node']}-slim`]);
    expect(argumentsOf('USER')).toEqual(['node']);
    expect(argumentsOf('VOLUME')).toEqual(['/data']);
  });
});
