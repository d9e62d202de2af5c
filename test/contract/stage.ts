/** What the contract asks of a platform: a person's eyes and hands before the real adapter and a stand-in for the service behind it. */
import { expect } from 'vitest';
import type { Chat, ChatError, Incoming, Place, Posted } from '../../src/chat.ts';
import type { Interim, View } from '../../src/view/view.ts';
import { readable } from './readable.ts';

/** Two people who may ask. On a terminal both are whoever sits there. */
export type Who = 'anna' | 'ben';

/** A message of risbot's as it stands there now. Texts are as `readable` leaves them. */
export interface Seen {
  /** As the platform names it. */
  readonly id: string;
  /** All that can be read of it. */
  readonly text: string;
  /** What a notification says, and who sees no cards reads. */
  readonly beside: string;
  /** Labels, in order, also of those that another button unfolds. */
  readonly buttons: readonly string[];
  /** What does something by itself or when it is pressed: `link http://…`, `mention U…`, `control …`. Buttons are not among it. */
  readonly live: readonly string[];
}

/** Somewhere that answers come to: below a question, or below what was told. */
export interface Spot {
  readonly id: string;
}

export interface Filled {
  readonly verb: string;
  readonly lookFor: string;
  readonly cluster: string;
}

export interface Told {
  readonly posted: Posted;
  readonly spot: Spot;
}

export interface Stage {
  readonly chat: Pick<Chat, 'name' | 'update' | 'stop'>;
  /** Where it is asked and told, as the core hears it. */
  readonly place: Place;
  /** Another name for a message that is not there. */
  readonly lost: string;
  readonly asked: readonly Incoming[];
  answerWith(answer: Answerer): void;
  /** As the core hears of them. */
  person(who: Who): string;
  /** Says it to risbot, by its name where others talk, too. Resolves when it is said. */
  ask(text: string, who?: Who): Promise<Spot>;
  /** What risbot's messages there are now for this person, oldest first. */
  standing(spot: Spot, who?: Who): readonly Seen[];
  /** Presses a button of what was seen last. */
  press(seen: Seen, label: string, who?: Who): Promise<void>;
  /** Fills in what a bare address offers. */
  fill(filled: Filled, who?: Who): Promise<Spot>;
  /** Content of the file of that name, of which a platform may have made a safe one, once it is there. */
  file(spot: Spot, name: string): Promise<string>;
  /** Says what nobody asked for. Rejects as the adapter does. */
  post(place: Place, view: View): Promise<Told>;
  /** A place where nothing can be told. */
  nowhere(): Promise<Place>;
  /** Whatever the service did not take. */
  rejections(): readonly unknown[];
  /** How many ways to risbot are open. */
  open(): Promise<number>;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
}

export type Answerer = (message: Incoming, tell: (interim: Interim) => void) => Promise<View> | View;

/** Where platforms rightly differ, in a sentence each. */
export interface Traits {
  readonly pages: 'the next page takes the place of the card' | 'the next page stands below the card';
  readonly line:
    | 'a line on what is under way goes when the answer comes'
    | 'a line on what is under way stays above the answer';
  readonly presses: 'anybody there presses a button' | 'only who asked sees the button';
  readonly links: 'an address leads to its phone' | 'an address is text';
  readonly form:
    | 'a bare address offers a form'
    | 'an empty line asks nothing, and Tab completes what is typed';
  readonly atOnce: 'questions are answered side by side' | 'questions are answered in the order they came';
  readonly changes:
    | 'a change of what was told takes its place'
    | 'a change of what was told stands below it'
    | 'a change of what was told is printed below it, without what was said already';
  readonly nowhere:
    | 'a room that is not there takes nothing: refused'
    | 'a terminal that was left takes nothing: unreachable';
  readonly gone:
    | 'what is not there any more cannot be changed: gone'
    | 'what has scrolled by cannot be gone: a change of it is printed whole';
  readonly stop:
    | 'what is under way when it stops is answered'
    | 'what is under way when it stops is cancelled, and says so';
}

export interface OpenOptions {
  /** Where the width can be chosen: that of a small window. */
  readonly narrow?: boolean;
}

export interface Platform {
  readonly traits: Traits;
  /** With risbot connected; both are stopped after the test. */
  open(options?: OpenOptions): Promise<Stage>;
}

/** The last word of a trait about failures. */
export function codeOf(trait: string): ChatError['code'] | undefined {
  return /: (refused|unreachable|gone)$/.exec(trait)?.[1] as ChatError['code'] | undefined;
}

const PATIENCE = { timeout: 5000, interval: 5 };

/** Waits until something there says so; the last one that does. */
export async function sees(stage: Stage, spot: Spot, words: string, who: Who = 'anna'): Promise<Seen> {
  const wanted = readable(words);
  const standing = () => stage.standing(spot, who);
  await expect.poll(() => textOf(standing()), PATIENCE).toContain(wanted);
  const seen = standing().findLast(({ text }) => text.includes(wanted));
  if (seen === undefined) throw new Error(`nothing says ${wanted} on its own`);
  return seen;
}

export function textOf(standing: readonly Seen[]): string {
  return standing.map(({ text }) => text).join('\n');
}
