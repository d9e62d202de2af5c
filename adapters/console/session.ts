/** One person's conversation: the question in flight, and the buttons and the file of the last card. */
import type { Answer, Place } from '../../src/chat.ts';
import type { Action, View } from '../../src/view/view.ts';
import { fileOf, save, wantsToSave } from './save.ts';
import type { Screen } from './screen.ts';

export const PLACE: Place = { platform: 'console', room: 'terminal' };

export interface Session {
  /** Resolves when the message has been dealt with. */
  run(text: string, answer: Answer): Promise<void>;
  /**
   * A card was shown that nobody asked for: its actions are numbered now, and its file, if it has one, is the one to save. A line that was
   * being typed, `isTyping`, means the numbers that its writer saw.
   */
  took(view: View, isTyping: boolean): void;
  /** Drops the question in flight; false when there is none. */
  cancel(): boolean;
}

export interface SessionOptions {
  readonly screen: Screen;
  /** True when a person sits there, who can save a file. */
  readonly terminal: boolean;
  /** A line that is no question: what to show for it, or null when it is one after all. */
  readonly local?: (line: string) => View | string | null;
}

export function createSession({ screen, terminal, local }: SessionOptions): Session {
  let inFlight: AbortController | null = null;
  let actions: readonly Action[] = [];
  let seenByTypist: readonly Action[] | null = null;
  let file: ReturnType<typeof fileOf> = null;
  const ask = async (text: string, answer: Answer) => {
    const controller = new AbortController();
    inFlight = controller;
    const dropped = Promise.withResolvers<null>();
    controller.signal.addEventListener('abort', () => dropped.resolve(null), { once: true });
    const tell = ({ text: words }: { text: string }) => {
      if (inFlight === controller) screen.progress(words);
    };
    const message = { text, person: 'terminal', place: PLACE, signal: controller.signal };
    try {
      // A question that was dropped is not waited for, whatever becomes of it.
      const view = await Promise.race([answer(message, tell), dropped.promise]);
      if (view === null) return screen.say('Cancelled.');
      actions = view.actions;
      file = fileOf(view);
      screen.show(view);
    } catch {
      screen.say('Something went wrong with that question; the log has it. Ask again.');
    } finally {
      inFlight = null;
    }
  };
  return {
    took: (view, isTyping) => {
      if (isTyping) seenByTypist ??= actions;
      actions = view.actions;
      file = fileOf(view) ?? file;
    },
    run: async (text, answer) => {
      const numbered = seenByTypist ?? actions;
      seenByTypist = null;
      const shown = local?.(text) ?? null;
      if (typeof shown === 'string') return screen.say(shown);
      if (shown !== null) return screen.show(shown);
      const name = terminal && file !== null ? wantsToSave(text) : null;
      if (name !== null && file !== null) return screen.say(await save(file, name));
      const action = /^\d{1,2}$/.test(text) ? numbered[Number(text) - 1] : undefined;
      await ask(action?.command ?? text, answer);
    },
    cancel: () => {
      inFlight?.abort(new DOMException('Cancelled by the person who asked', 'AbortError'));
      return inFlight !== null;
    },
  };
}
