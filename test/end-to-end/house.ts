/** The whole bot as it runs, from a configuration file to simulated clusters behind real HTTPS. */
import { basename } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { renderView } from '../../adapters/console/render.ts';
import { type Cucm, type CucmOptions, startCucm } from '../../simulator/cucm/cucm.ts';
import { type App, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createLogger } from '../../src/log.ts';
import type { Interim, View } from '../../src/view/view.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';

const PASSWORD = 'hunter2-kept-quiet';

export interface HouseOptions {
  /** Clusters by their names; the first is the one asked by default. */
  readonly clusters?: Readonly<Record<string, CucmOptions>>;
  /** Lines of every cluster's configuration, `maxDevices: 2000`. */
  readonly settings?: readonly string[];
  /** In place of the configured allowance, also beyond what CUCM could be set to; default 600, so that no test waits. */
  readonly requestsPerMinute?: number;
}

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly id?: string;
  readonly code?: string;
  readonly outcome?: string;
  readonly [field: string]: unknown;
}

export interface House {
  /** The first cluster. */
  readonly cucm: Cucm;
  readonly cucms: Readonly<Record<string, Cucm>>;
  readonly app: App;
  readonly clock: HandClock;
  readonly log: readonly LogLine[];
  /** An answer, looked over: no stack, no secret, no XML in it or in the log. */
  ask(text: string): Promise<View>;
  /** The same as a chat platform asks: with the lines told meanwhile, and the first of them as soon as it comes. */
  chat(text: string, signal?: AbortSignal): Conversation;
  /** Presses a button of a card. */
  press(view: View, label: string): Promise<View>;
  /** RisPort70 requests that a cluster, by default the first, has seen. */
  requests(cluster?: string): number;
}

export interface Conversation {
  readonly told: readonly string[];
  readonly firstTold: Promise<string>;
  readonly answer: Promise<View>;
}

/** Opens a house that is gone when the test is over. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const clock = createHandClock();
  const cucms = await startAll(options.clusters ?? { prod: {} }, clock);
  const log: LogLine[] = [];
  const logged: string[] = [];
  const destination = {
    write: (line: string) => {
      logged.push(line);
      log.push(JSON.parse(line) as LogLine);
    },
  };
  const config = configFor(cucms, options);
  const app = createApp(config, { clock: clock.risbot, log: createLogger({ level: 'debug', destination }) });
  onTestFinished(async () => {
    await app.stop();
    await Promise.all(Object.values(cucms).map((cucm) => cucm.stop()));
  });
  const cucm = Object.values(cucms)[0]!;
  const lookOver = (view: View): View => {
    expectFitForPeople(view, Object.values(cucms));
    expectNoSecret(logged.join(''), Object.values(cucms));
    return view;
  };
  const ask = async (text: string) => lookOver(await app.ask(text));
  return {
    cucm,
    cucms,
    app,
    clock,
    log,
    ask,
    chat(text, signal) {
      const told: string[] = [];
      const first = Promise.withResolvers<string>();
      const tell = ({ text: line }: Interim) => {
        told.push(line);
        first.resolve(line);
      };
      const place = { platform: 'test', room: 'here' };
      const answer = app
        .answer({ text, person: 'U1', place, ...(signal && { signal }) }, tell)
        .then(lookOver);
      return { told, firstTold: first.promise, answer };
    },
    press(view, label) {
      const action = view.actions.find((candidate) => candidate.label === label);
      expect(view.actions, `a card with the button ${label}`).toContain(action);
      return ask(action?.command ?? '');
    },
    requests: (name) =>
      ((name === undefined ? cucm : cucms[name])?.requests() ?? []).filter(
        ({ operation }) => operation === '' || operation.startsWith('select'),
      ).length,
  };
}

async function startAll(
  wanted: Readonly<Record<string, CucmOptions>>,
  clock: HandClock,
): Promise<Record<string, Cucm>> {
  const defaults = { password: PASSWORD, requestsPerMinute: null, clock: clock.cucm };
  const started = Object.entries(wanted).map(
    async ([name, options]) => [name, await startCucm({ ...defaults, ...options })] as const,
  );
  return Object.fromEntries(await Promise.all(started));
}

/** Through the file, as an administrator writes it. */
function configFor(cucms: Readonly<Record<string, Cucm>>, options: HouseOptions) {
  const clusters = Object.entries(cucms).map(([name, { url, username }]) =>
    [
      `  ${name}:`,
      `url: ${url}`,
      `username: ${username}`,
      `password: $\{PASSWORD_${name}}`,
      `tls: { caFile: ${name}.pem }`,
      ...(options.settings ?? []),
    ].join('\n    '),
  );
  const yaml = ['log: { level: debug }', 'clusters:', ...clusters].join('\n');
  const files = new Map(Object.entries(cucms).map(([name, { ca }]) => [`${name}.pem`, ca]));
  const passwords = Object.entries(cucms).map(([name, { password }]) => [`PASSWORD_${name}`, password]);
  const environment = { RISBOT_CONFIG: 'risbot.yaml', ...Object.fromEntries(passwords) };
  const config = loadConfig(environment, (path) =>
    path === 'risbot.yaml' ? yaml : (files.get(basename(path)) ?? ''),
  );
  const { requestsPerMinute = 600 } = options;
  return { ...config, clusters: config.clusters.map((cluster) => ({ ...cluster, requestsPerMinute })) };
}

const STACK = /\bat (?:async )?[\w.<>]*\s?\(?(?:file:|node:|\/)\S*:\d+:\d+|node_modules/;
const RAW_XML =
  /<\?xml|<!DOCTYPE|<!ENTITY|xmlns|soapenv|<\/?(?:[\w.-]+:)?(?:Envelope|Body|Fault|item|html|h1)\b/i;

/** What a person sees of a view, as data and on a terminal. */
export function wordsOf(view: View): string {
  return `${JSON.stringify(view)}\n${renderView(view, { width: 120, colour: false, actions: true })}`;
}

function expectFitForPeople(view: View, cucms: readonly Cucm[]): void {
  const words = wordsOf(view);
  expect(view.title).not.toBe('');
  expect(words).not.toMatch(STACK);
  expect(words).not.toMatch(RAW_XML);
  expectNoSecret(words, cucms);
}

/** Neither the password, as it is or as HTTP sends it, nor a cookie. */
function expectNoSecret(text: string, cucms: readonly Cucm[]): void {
  const secrets = cucms.flatMap(({ username, password, cluster }) => [
    password,
    Buffer.from(`${username}:${password}`).toString('base64'),
    ...cluster.service.sessions.keys(),
  ]);
  for (const secret of secrets) expect(text.includes(secret), 'a secret among the words').toBe(false);
}
