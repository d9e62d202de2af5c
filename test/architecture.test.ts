/** Who may know whom. The table is the one of docs/architecture.md; a stray import fails here. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** Places, most particular first, and the places each may import besides itself. */
const MAY_IMPORT: readonly (readonly [place: string, known: readonly string[]])[] = [
  ['src/device', []],
  ['src/clock.ts', []],
  ['src/version.ts', ['package.json']],
  ['src/log.ts', []],
  ['src/risport', ['src/device', 'src/clock.ts']],
  ['src/axl', ['src/device', 'src/clock.ts', 'src/risport']],
  ['src/lookup', ['src/device', 'src/clock.ts', 'types of src/risport']],
  ['src/watch', ['src/device', 'types of src/clock.ts']],
  ['src/store', ['src/device', 'types of src/watch', 'types of src/clock.ts']],
  ['src/view', ['src/device', 'types of src/risport/fault.ts', 'types of src/access', 'types of src/watch']],
  [
    'src/command',
    [
      'src/device',
      'src/view',
      'types of src/lookup',
      'types of src/access',
      'types of src/watch',
      'types of src/chat.ts',
    ],
  ],
  ['src/chat.ts', ['types of src/view']],
  ['src/chat', ['types of src/chat.ts', 'types of src/view', 'src/clock.ts']],
  ['src/announce', ['src/watch', 'src/chat.ts', 'types of src/view']],
  ['src/access', ['types of src/chat.ts']],
  ['src/audit.ts', ['types of src/chat.ts', 'types of src/view']],
  ['src/config', ['src/log.ts', 'src/access', 'types of src/watch']],
  [
    'src/bot',
    [
      'src/command',
      'src/view',
      'src/access',
      'types of src/chat.ts',
      'types of src/audit.ts',
      'types of src/clock.ts',
      'types of src/device',
    ],
  ],
  [
    'src/bot.ts',
    [
      'src/bot',
      'src/audit.ts',
      'types of src/access',
      'types of src/chat.ts',
      'types of src/clock.ts',
      'types of src/command',
      'types of src/device',
      'types of src/view',
    ],
  ],
  [
    'src/operations',
    [
      'src/audit.ts',
      'types of src/bot.ts',
      'types of src/chat.ts',
      'types of src/chat',
      'types of src/clock.ts',
      'types of src/command',
      'types of src/device',
      'types of src/watch',
    ],
  ],
  ['src/doctor', ['src/device', 'src/clock.ts', 'src/risport', 'src/axl', 'types of src/config']],
  ['src/watching.ts', ['anything']],
  ['src/app.ts', ['anything']],
  ['src/main.ts', ['anything']],
  ['src/cli', ['anything']],
  ['adapters/console', ['src/chat.ts', 'src/view', 'src/command/complete.ts']],
  ['adapters/slack', ['src/chat.ts', 'src/chat', 'src/view', 'types of src/clock.ts']],
  // A process of its own, started by nobody who could hand it a clock.
  ['adapters/webex/sdk', ['adapters/webex', 'src/chat', 'src/clock.ts']],
  ['adapters/webex', ['src/chat.ts', 'src/chat', 'src/view', 'types of src/clock.ts']],
  ['simulator/stand-in', []],
  ['simulator/cucm', ['src/device', 'simulator/stand-in']],
  ['simulator/slack', ['src/device', 'simulator/stand-in']],
  ['simulator/webex', ['src/device', 'simulator/stand-in']],
  ['simulator/page/client', ['simulator/page/wire.ts']],
  ['simulator/page', ['simulator/cucm', 'simulator/slack', 'simulator/webex', 'simulator/stand-in']],
];

/** One package, one owner. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  bottleneck: [
    'src/lookup/bucket.ts',
    'src/lookup/limiter.ts',
    'src/lookup/window.ts',
    'src/chat/limiter.ts',
    'adapters/slack/pace.ts',
    'adapters/webex/pace.ts',
  ],
  undici: [
    'src/risport/transport.ts',
    'src/risport/tls.ts',
    'adapters/slack/web.ts',
    'adapters/webex/rest.ts',
  ],
  '@slack/bolt': ['adapters/slack/'],
  '@slack/web-api': ['adapters/slack/'],
  ws: ['simulator/slack/sockets.ts', 'simulator/webex/cloud/mercury.ts'],
  ajv: ['simulator/webex/check/shape.ts'],
  adaptivecards: ['simulator/webex/check/renderer.ts', 'simulator/page/client/webex/'],
  esbuild: ['simulator/page/bundle.ts'],
  react: ['simulator/page/client/'],
  'react-dom': ['simulator/page/client/main.tsx'],
  'slack-blocks-to-jsx': ['simulator/page/client/'],
  'fast-xml-parser': ['src/risport/decode.ts', 'simulator/cucm/soap.ts'],
  pino: ['src/log.ts'],
  'prom-client': ['src/operations/metrics.ts', 'src/operations/watch-metrics.ts'],
  zod: ['src/config/'],
  yaml: ['src/config/'],
  commander: ['src/cli/program.ts'],
  'csv-stringify': ['src/view/csv.ts'],
  'cli-table3': ['adapters/console/'],
  selfsigned: ['simulator/cucm/certificate.ts'],
  'fastest-levenshtein': ['src/command/nearest.ts', 'src/config/problem.ts'],
  'ipaddr.js': ['src/command/', 'src/lookup/match.ts', 'src/view/', 'src/watch/'],
  kysely: ['src/store/'],
  pg: ['src/store/'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = globSync(['src/**/*.ts', 'adapters/**/*.ts', 'simulator/**/*.{ts,tsx}'], { cwd: ROOT }).map(
  unixPath,
);
const imports = files.flatMap(importsOf);

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm);
  const lazy = text.matchAll(/(?<!typeof )import\('([^']+)'\)/g);
  return [
    ...[...statements].map(([, type, to = '']) => ({ from: file, to, typeOnly: type !== undefined })),
    ...[...lazy].map(([, to = '']) => ({ from: file, to, typeOnly: false })),
  ];
}

function unixPath(path: string): string {
  return path.replaceAll('\\', '/');
}

/** The file that a relative import names, from the top of the project. */
const target = ({ from, to }: Import) => unixPath(normalize(join(dirname(from), to)));

const inPlace = (file: string, place: string) =>
  file === place || file.startsWith(`${place.replace(/\/$/, '')}/`);

function isAllowed(one: Import): boolean {
  const rule = MAY_IMPORT.find(([place]) => inPlace(one.from, place));
  if (!rule) return false;
  const [home, known] = rule;
  const to = target(one);
  if (inPlace(to, home) || known.includes('anything')) return true;
  return known.some((place) =>
    place.startsWith('types of ')
      ? one.typeOnly && inPlace(to, place.slice('types of '.length))
      : inPlace(to, place),
  );
}

/** `@slack/web-api/dist/x` → `@slack/web-api`. */
function packageOf(to: string): string {
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/');
}

const show = ({ from, to }: Import) => `${from} → ${to}`;

describe('imports', () => {
  test('every file has a place in the table', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => !MAY_IMPORT.some(([place]) => inPlace(file, place)))).toEqual([]);
  });

  test('go only where the table says', () => {
    const inside = imports.filter(({ to }) => to.startsWith('.'));
    expect(inside.length).toBeGreaterThan(200);
    expect(inside.filter((one) => !isAllowed(one)).map(show)).toEqual([]);
  });

  test('of packages stay with their owners', () => {
    const packages = imports.filter(({ to }) => !to.startsWith('.') && !to.startsWith('node:'));
    const stray = packages.filter(({ from, to, typeOnly }) => {
      return (
        !typeOnly && !(OWNERS[packageOf(to)] ?? []).some((owner) => from === owner || from.startsWith(owner))
      );
    });
    expect(stray.map(show)).toEqual([]);
    const used = new Set(packages.map(({ to }) => packageOf(to)));
    const unused = Object.keys(OWNERS).filter((name) => !used.has(name) && name !== 'pino');
    expect(unused).toEqual([]);
  });

  test('the table is the one in docs/architecture.md', () => {
    const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
    const rows = MAY_IMPORT.map(([place, known]) => {
      const names =
        known.map((one) => one.replace(/(src|package|adapters|simulator)\S*/, '`$&`')).join(', ') ||
        'nothing';
      return `| \`${place}\` | ${names} |`;
    });
    for (const row of rows) expect(page).toContain(row);
  });
});

describe('one place only', () => {
  test.each([
    [
      'reads the time or sets a timer',
      /\bDate\.now\b|\bnew Date\(\)|\bset(?:Timeout|Interval)\(|performance\.now/,
      [
        'src/clock.ts',
        'simulator/stand-in/time.ts',
        'simulator/page/time.ts',
        'simulator/page/client/time.ts',
      ],
    ],
    ['reads the environment', /process\.env\b/, ['src/config/load.ts']],
    ['draws lots', /Math\.random/, []],
    ['switches certificate checks off for the process', /NODE_TLS_REJECT/, []],
    [
      // A pin is checked by itself, and a look at a certificate trusts nothing.
      'takes a certificate unchecked',
      /rejectUnauthorized: false/,
      ['src/risport/tls.ts', 'src/doctor/reach.ts'],
    ],
  ])('%s', (_claim, pattern, allowed) => {
    const found = files.filter((file) => pattern.test(code(file)));
    expect(found.filter((file) => !allowed.includes(file as never))).toEqual([]);
  });

  test('nobody opens TLS without saying whether certificates are checked: the environment would decide', () => {
    const opens =
      /\b(?:buildConnector|tlsConnect)\(|\bnew (?:Agent|EnvHttpProxyAgent|ProxyAgent|Pool|Client)\(|https\.(?:get|request)\(/;
    const says = /rejectUnauthorized|\bCHECKED\b|createConnector\(/;
    const ours = files.filter((file) => /^(?:src|adapters)\//.test(file) && opens.test(code(file)));
    expect(ours.length).toBeGreaterThan(4);
    expect(ours.filter((file) => !says.test(code(file)))).toEqual([]);
  });
});

/** The text without comments, which may name what the code must not do. */
function code(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
