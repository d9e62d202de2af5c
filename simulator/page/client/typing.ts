/** Words that are put into a composer from elsewhere: the tour, a phone's "Ask". */
import { useEffect } from 'react';

type Listener = (words: string) => void;

const listeners = new Map<string, Set<Listener>>();

/** Types into the composers of these chats; whoever sits at the page sends it. */
export function typeInto(chats: readonly ('slack' | 'webex')[], words: string): void {
  for (const chat of chats) for (const listener of listeners.get(chat) ?? []) listener(words);
}

export function useTyped(chat: 'slack' | 'webex', listener: Listener): void {
  useEffect(() => {
    const all = listeners.get(chat) ?? new Set<Listener>();
    listeners.set(chat, all.add(listener));
    return () => void all.delete(listener);
  }, [chat, listener]);
}
