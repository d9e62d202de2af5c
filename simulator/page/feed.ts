/** Tells every open page what happens, as server-sent events. https://html.spec.whatwg.org/multipage/server-sent-events.html */
import type { ServerResponse } from 'node:http';
import type { Pane } from './pane.ts';
import { every } from './time.ts';
import type { Told } from './wire.ts';

/** Often enough that nobody sees a step. */
const LOOK_EVERY_MS = 60;
const MOST_READERS = 20;
/** Whoever reads so slowly is dropped, comes again by itself and gets everything anew. Bytes. */
const MOST_UNREAD = 32 * 1024 * 1024;

export interface Feed {
  /** Everything now, then what changes, until the connection ends. False when there are too many already. */
  add(response: ServerResponse): boolean;
  /** Tells what became of things right now, without waiting for the next look. */
  look(): void;
  stop(): void;
}

export function createFeed(panes: readonly Pane[]): Feed {
  const readers = new Set<ServerResponse>();

  function look(): void {
    const told = panes.flatMap((pane): Told[] => {
      const changes = pane.changes();
      return changes.length === 0 ? [] : [{ pane: pane.name, changes }];
    });
    if (told.length === 0) return;
    const text = told.map(event).join('');
    for (const reader of readers) write(reader, text);
  }

  function write(reader: ServerResponse, text: string): void {
    reader.write(text);
    if (reader.writableLength > MOST_UNREAD) reader.destroy();
  }

  const end = every(LOOK_EVERY_MS, look);
  return {
    look,
    add(response) {
      if (readers.size >= MOST_READERS) return false;
      // What has changed so far is in the state that follows, and must not be told to this reader again.
      look();
      response.on('close', () => readers.delete(response));
      readers.add(response);
      write(response, panes.map((pane) => event({ pane: pane.name, state: pane.state() })).join(''));
      return true;
    },
    stop() {
      end();
      for (const reader of readers) reader.destroy();
    },
  };
}

function event(told: Told): string {
  return `data: ${JSON.stringify(told)}\n\n`;
}
