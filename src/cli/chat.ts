/** `risbot chat`: the terminal as a chat room. */
import { type ConsoleChat, type ConsoleOptions, createConsole } from '../../adapters/console/console.ts';
import type { App } from '../app.ts';
import { loadConfig } from '../config/load.ts';
import { joined } from '../view/text.ts';
import type { View } from '../view/view.ts';
import { EXIT, hasColour, orInterrupted } from './process.ts';
import { startApp } from './session.ts';

/** Chats with the configured clusters until the person leaves. */
export async function chat(signal: AbortSignal): Promise<number> {
  const app = startApp(loadConfig());
  try {
    return await converse(app, signal, { welcome: welcome(app) });
  } finally {
    // Nobody waits for a CUCM that does not answer, once the person has gone.
    await orInterrupted(signal, app.stop());
  }
}

function welcome({ clusters }: App): View {
  const names = clusters.map(({ name }) => name);
  const text =
    'Type a MAC address, extension, IP address, name or words of a description; help lists what else you can ask. Tab completes, Ctrl-C cancels, quit leaves.';
  return {
    outcome: 'answered',
    title: `risbot asks ${joined(names)}`,
    blocks: [{ type: 'text', text }],
    actions: [],
    data: {},
  };
}

/** Runs the terminal over an app until the person leaves or the process is told to end. */
export async function converse(
  app: App,
  signal: AbortSignal,
  options: Pick<ConsoleOptions, 'local'> & {
    readonly welcome: View;
    /** Hands out the room, for what is told there unasked. */
    readonly onRoom?: (room: ConsoleChat) => void;
  },
): Promise<number> {
  const { stdin: input, stdout: output } = process;
  // It may have come while all this was loaded.
  signal.throwIfAborted();
  const { welcome, onRoom, ...local } = options;
  const terminal = input.isTTY === true && output.isTTY === true;
  const room = createConsole({
    input,
    output,
    terminal,
    colour: hasColour(output),
    names: () => app.clusters.flatMap((cluster) => cluster.names.all()),
    ...local,
  });
  onRoom?.(room);
  const stop = () => void room.stop();
  signal.addEventListener('abort', stop, { once: true });
  app.warm();
  if (terminal) room.show(welcome);
  await room.start(app);
  await room.closed;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  return EXIT.answered;
}
