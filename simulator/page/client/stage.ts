/** Where the tour plays: the first room of each chat, whose parts can be made to do things from elsewhere. */
import { useEffect } from 'react';
import { after } from './time.ts';

export type Chat = 'slack' | 'webex';
export const CHATS: readonly Chat[] = ['slack', 'webex'];

/** What a chat's pane, its list of messages and its composer do for others. */
export interface Parts {
  /** Goes to the room. */
  enter(): void;
  /** Shows a message in the list; null: its end. */
  show(id: string | null): void;
  /** Types as a person does, and sends. Resolves with whether it was said. */
  say(words: string, signal: AbortSignal): Promise<boolean>;
}

const LOOK_MS = 30;
const LOOKS = 100;
const parts: Record<Chat, Partial<Parts>> = { slack: {}, webex: {} };

/** Offers a part for as long as it is there. */
export function usePart<N extends keyof Parts>(chat: Chat, name: N, part: Parts[N]): void {
  useEffect(() => {
    parts[chat][name] = part;
    return () => {
      if (parts[chat][name] === part) delete parts[chat][name];
    };
  }, [chat, name, part]);
}

/** Goes to the room and resolves with a part of it, once it is there; null when it does not come. */
export async function onStage<N extends keyof Parts>(chat: Chat, name: N): Promise<Parts[N] | null> {
  parts[chat].enter?.();
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const part: Parts[N] | undefined = parts[chat][name];
    if (part !== undefined) return part;
    await new Promise<void>((resolve) => void after(LOOK_MS, resolve));
  }
  return null;
}

/** Types and sends in these chats at once. Resolves with whether it was said in all of them. */
export async function sayIn(chats: readonly Chat[], words: string, signal: AbortSignal): Promise<boolean> {
  const said = await Promise.all(
    chats.map(async (chat) => (await onStage(chat, 'say'))?.(words, signal) ?? false),
  );
  return said.every(Boolean);
}
