/** The grammar of the command line. Secrets never come by it: other users of a machine can read it. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { VERSION } from '../version.ts';
import type { DemoOptions } from './demo.ts';
import {
  EXIT,
  endQuietlyOnClosedPipe,
  farewell,
  interruption,
  orInterrupted,
  outliveTerminal,
} from './process.ts';

type Run = (signal: AbortSignal) => Promise<number>;

/** Runs one command and ends the process with its exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  endQuietlyOnClosedPipe();
  // Also for a promise that nobody waited for: a person gets one line, never a stack.
  process.on('uncaughtException', (error) => process.exit(sayFarewell(error)));
  process.exit(await exitCodeOf(argv));
}

async function exitCodeOf(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.answered;
  const signal = interruption();
  const run = (command: Run) => async () => {
    code = await command(signal);
  };
  try {
    await program(run).parseAsync([...argv]);
    return code;
  } catch (error) {
    // Commander has said what is wrong by then; help and version are no mistakes.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.answered : EXIT.misread;
    return sayFarewell(error);
  }
}

function sayFarewell(error: unknown): number {
  const { words, code } = farewell(error);
  if (words !== '') process.stderr.write(`${words}\n`);
  return code;
}

const START = `
Start here:
  risbot demo        try it on a simulated cluster; needs nothing
  risbot doctor      does it reach your CUCM? Set CUCM_URL, CUCM_USERNAME and
                     CUCM_PASSWORD first, or RISBOT_CONFIG to a YAML file
  risbot ask 1002    what is the phone with that extension doing?
  risbot ask down    what is not registered?`;

type Wrap = (command: Run) => () => Promise<void>;

function program(run: Wrap): Command {
  const risbot = new Command('risbot')
    .description('Ask Cisco Unified CM about phones, from chat or a terminal')
    .version(VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', START);
  addQuestions(risbot, run);
  risbot
    .command('serve')
    .description('answer in every configured chat platform, until stopped')
    .addHelpText(
      'after',
      '\nExit codes: 0 stopped by a signal, 3 no chat platform is configured, or a port is taken',
    )
    .action(
      run(async (signal) => {
        outliveTerminal();
        return (await import('./serve.ts')).serve(signal);
      }),
    );
  addPlan(risbot, run);
  addDoctor(risbot, run);
  addConfig(risbot, run);
  addSimulations(risbot, run);
  return risbot;
}

function addQuestions(risbot: Command, run: Wrap): void {
  risbot
    .command('ask')
    .description('ask one question; - reads it from standard input')
    .argument('<text...>', 'what to ask, as in chat: SEP001122334455, 6961, down node:cucm2')
    .addOption(new Option('--json', 'print the answer as one JSON object').conflicts('csv'))
    .option('--csv', 'print the rows as CSV')
    .option('--cluster <name>', 'ask this cluster', bounded)
    .addHelpText('after', '\nExit codes: 0 answered, 1 nothing found, 2 misread, 3 CUCM could not be asked')
    .action((words: string[], options: { json?: true; csv?: true; cluster?: string }) =>
      run(async (signal) => (await import('./ask.ts')).ask(words.join(' '), options, signal))(),
    );
  risbot
    .command('chat')
    .description('ask in a terminal, with history and completion')
    .action(run(async (signal) => (await import('./chat.ts')).chat(signal)));
}

function addPlan(risbot: Command, run: Wrap): void {
  risbot
    .command('plan')
    .description('what the watches ask CUCM, how often, and how soon a loss is seen; asks CUCM nothing')
    .option('--cluster <name>', 'of this cluster only', bounded)
    .option('--json', 'print the plans as one JSON object')
    .addHelpText('after', '\nExit codes: 0 planned, 1 nothing is watched, 3 the database cannot be read')
    .action((flags: { cluster?: string; json?: true }) =>
      run(async (signal) => {
        const { printPlan } = await import('./plan.ts');
        return orInterrupted(signal, printPlan(flags));
      })(),
    );
}

function addDoctor(risbot: Command, run: Wrap): void {
  risbot
    .command('doctor')
    .description(
      'check configuration, connection, certificate, login, role and operations; at most 3 requests a cluster',
    )
    .option('--cluster <name>', 'check this cluster only', bounded)
    .option(
      '--record <folder>',
      'keep requests and replies there, names, numbers and addresses replaced',
      bounded,
    )
    .option('--json', 'print the findings as one JSON object')
    .addHelpText('after', '\nExit codes: 0 all fine, 1 warnings, 3 something keeps risbot from asking')
    .action((options: { cluster?: string; record?: string; json?: true }) =>
      run(async (signal) => {
        const { runDoctor } = await import('./doctor.ts');
        // A name may be looked up for longer than anybody wants to wait.
        return orInterrupted(signal, runDoctor(options, signal));
      })(),
    );
}

function addConfig(risbot: Command, run: Wrap): void {
  const config = risbot.command('config').description('look at the configuration');
  config
    .command('check')
    .description('list every problem of the configuration; exits 3 when there is one')
    .action(run(async () => (await import('./config.ts')).checkConfig()));
  config
    .command('schema')
    .description('print the JSON schema of the configuration file, for editors')
    .action(run(async () => (await import('./config.ts')).printSchema()));
}

interface SimulateFlags {
  readonly port: number;
  readonly controlPort: number;
  readonly devices: number;
  readonly nodes: number;
  readonly seed: string;
  readonly pace: number;
  readonly maxDevices: number;
  readonly requestsPerMinute: number;
  readonly http?: true;
}

function addSimulations(risbot: Command, run: Wrap): void {
  risbot
    .command('demo')
    .description('Slack, Webex and a simulated cluster on one page; prints its address')
    .option('--terminal', 'chat in this terminal instead')
    .option('--port <number>', 'of the page; 0 is any free one', whole(0, 65_535), 0)
    .option('--phones <number>', 'devices', whole(1, 50_000), 240)
    .option('--nodes <number>', 'CUCM nodes', whole(1, 9), 3)
    .option('--seed <text>', 'the same seed, the same cluster', bounded, '1')
    .option('--pace <number>', 'how much faster than life', whole(1, 1000), 10)
    .action((options: DemoOptions) =>
      run(async (signal) => (await import('./demo.ts')).demo(options, signal))(),
    );
  const simulate = risbot.command('simulate').description('stand-ins to test against, on loopback');
  simulate
    .command('cucm')
    .description('a CUCM with RisPort70 and a little AXL')
    .option('--port <number>', 'of HTTPS; 0 is any free one', whole(0, 65_535), 0)
    .option('--control-port <number>', 'of the control API; 0 is any free one', whole(0, 65_535), 0)
    .option('--devices <number>', 'devices', whole(1, 50_000), 240)
    .option('--nodes <number>', 'CUCM nodes', whole(1, 9), 3)
    .option('--seed <text>', 'the same seed, the same cluster', bounded, '1')
    .option('--pace <number>', 'how much faster than life', whole(1, 1000), 1)
    .option('--max-devices <number>', 'rows in a reply at most', whole(1, 2000), 2000)
    .option('--requests-per-minute <number>', 'the allowance', whole(1, 100_000), 15)
    .option('--http', 'plain HTTP instead of HTTPS')
    .action((options: SimulateFlags) =>
      run(async (signal) => (await import('./simulate.ts')).simulateCucm(options, signal))(),
    );
}

const MAX_OPTION = 1000;

function bounded(text: string): string {
  if (text === '' || text.length > MAX_OPTION)
    throw new InvalidArgumentError(`1 to ${MAX_OPTION} characters.`);
  return text;
}

function whole(from: number, to: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= from && number <= to) return number;
    throw new InvalidArgumentError(`a whole number from ${from} to ${to}.`);
  };
}
