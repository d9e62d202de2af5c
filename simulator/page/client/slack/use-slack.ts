/** What one person does in Slack, as functions for the components. */
import { createContext, useContext, useMemo } from 'react';
import type { ChoiceSeen, MessageSeen, On, PersonSeen, SlackState } from '../../wire.ts';
import { act } from '../act.ts';
import { useSay } from '../parts/said.tsx';
import type { Shade } from '../theme.ts';
import type { Names } from './blocks.tsx';

export interface Desk {
  readonly me: PersonSeen;
  readonly theme: Shade;
  readonly names: Names;
  personOf(id: string): PersonSeen;
  isBot(id: string): boolean;
  say(where: string, text: string, thread?: MessageSeen): Promise<boolean>;
  press(on: On, action: string): Promise<void>;
  suggest(on: On, action: string, typed: string): Promise<readonly ChoiceSeen[]>;
  /** What is wrong with it, by block; null when it could not be sent. */
  submit(
    view: string,
    values: Readonly<Record<string, string | null>>,
  ): Promise<Readonly<Record<string, string>> | null>;
  close(view: string): Promise<void>;
  home(): Promise<void>;
  lookUp(message: MessageSeen): Promise<void>;
}

const Context = createContext<Desk | null>(null);
export const DeskProvider = Context.Provider;

export function useDesk(): Desk {
  const desk = useContext(Context);
  if (desk === null) throw new Error('there is no desk around this');
  return desk;
}

/** `slack` is looked at for names alone. */
export function useNewDesk(slack: SlackState, me: PersonSeen, theme: Shade): Desk {
  const { attempt, say } = useSay();
  const { people, bot, rooms } = slack;
  // biome-ignore lint/correctness/useExhaustiveDependencies: how things are said does not change, only its identity does.
  return useMemo(() => {
    const everybody = [bot, ...people];
    const doing = async <T>(order: Readonly<Record<string, unknown>>) => {
      const answer = await attempt(act<T & { readonly problem?: string }>('slack', { who: me.id, ...order }));
      if (answer?.problem !== undefined) say(answer.problem);
      return answer;
    };
    return {
      me,
      theme,
      names: {
        users: everybody.map(({ id, name }) => ({ id, name })),
        channels: rooms.map(({ id, name }) => ({ id, name })),
      },
      personOf: (id) => everybody.find((one) => one.id === id) ?? { id, name: id, realName: id },
      isBot: (id) => id === bot.id,
      async say(where, text, thread) {
        const on = thread && { thread: { channel: thread.channel, ts: thread.ts } };
        return (await doing({ do: 'say', where, text, ...on })) !== null;
      },
      async press(on, action) {
        await doing({ do: 'press', on, action });
      },
      async suggest(on, action, typed) {
        const answer = await doing<{ choices: readonly ChoiceSeen[] }>({ do: 'suggest', on, action, typed });
        return answer?.choices ?? [];
      },
      async submit(view, values) {
        const order = { do: 'submit', on: { view }, values };
        return (await doing<{ errors: Readonly<Record<string, string>> }>(order))?.errors ?? null;
      },
      async close(view) {
        await doing({ do: 'close', on: { view } });
      },
      async home() {
        await doing({ do: 'home' });
      },
      async lookUp({ channel, ts }) {
        await doing({ do: 'lookUp', on: { channel, ts } });
      },
    } satisfies Desk;
  }, [me, theme, people, bot, rooms]);
}
