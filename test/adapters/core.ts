/** A core that answers as told, and a log that can be read, for tests of adapters. */
import { afterEach } from 'vitest';
import type { Log } from '../../src/chat/report.ts';
import type { Asker, Core, Incoming } from '../../src/chat.ts';
import type { Interim, View } from '../../src/view/view.ts';

export interface Line {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

type Answerer = (message: Incoming, tell: (interim: Interim) => void) => Promise<View> | View;

/** An answer with a title, and what else a test wants. */
export function view(title: string, more: Partial<View> = {}): View {
  return {
    outcome: 'answered',
    title,
    blocks: [{ type: 'text', text: `about ${title}` }],
    actions: [],
    data: {},
    ...more,
  };
}

const FORM = {
  clusters: ['prod', 'lab'],
  verbs: [
    { name: 'find', summary: 'a table' },
    { name: 'why', summary: 'the reason' },
  ],
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Closed after the test, the last first. */
export function closeAfter(close: () => Promise<void>): void {
  closing.push(close);
}

/** A core that repeats what it is asked. */
export function core(changes: Partial<Core> = {}): Core {
  return {
    answer: async ({ text }) => view(text),
    suggest: () => [],
    home: async () => view('Your clusters'),
    formFor: () => FORM,
    ...changes,
  };
}

/** The same, with what it was asked, and answers that can be changed. */
export function listeningCore(changes: Partial<Core> = {}) {
  const asked: Incoming[] = [];
  const homes: Asker[] = [];
  let answerer: Answerer = ({ text }) => view(text);
  const theCore = core({
    async answer(message, tell) {
      asked.push(message);
      return answerer(message, tell);
    },
    home: async (asker) => {
      homes.push(asker);
      return view('Your clusters');
    },
    ...changes,
  });
  const answerWith = (next: Answerer) => {
    answerer = next;
  };
  return { core: theCore, asked, homes, answerWith };
}

export function listeningLog(): { readonly log: Log; readonly lines: Line[] } {
  const lines: Line[] = [];
  const write = (level: string) => (fields: Line['fields'], message: string) =>
    void lines.push({ level, fields, message });
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  return { log, lines };
}
