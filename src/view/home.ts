/** A person's own page: what they can ask, how fresh it is, and what they asked last. */

import type { Watched } from '../watch/desk.ts';
import { type ClusterStatus, statusBlocks } from './status.ts';
import { duration, shortened } from './text.ts';
import type { Action, Block, View } from './view.ts';
import { ownWatchBlocks } from './watches.ts';

export interface Home {
  /** Those that this person may ask, at least one. */
  readonly clusters: readonly ClusterStatus[];
  /** Newest first; `command` as a button carries it. */
  readonly questions: readonly { readonly command: string; readonly at: number }[];
  /** Those that this person made; null where none are kept. */
  readonly watches: readonly Watched[] | null;
  readonly version: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const LONGEST_LABEL = 60;

/** The page as a view: an adapter shows it wherever the platform has such a place. */
export function homeView(home: Home): View {
  const { clusters, questions, watches, version, now } = home;
  return {
    outcome: 'answered',
    title: 'risbot: ask about phones',
    blocks: [
      {
        type: 'text',
        text: [
          {
            text: 'Type what you have: a MAC address, extension, IP address, user or words of a description. ',
          },
          { text: 'down', style: 'code' },
          { text: ' lists what is not registered, ' },
          { text: 'help', style: 'code' },
          { text: ' the rest.' },
        ],
      },
      ...statusBlocks({ clusters, now }),
      ...ownWatchBlocks(watches ?? [], now),
      ...questionBlocks(home),
    ],
    actions: actions(
      questions.map(({ command }) => command),
      watches !== null,
    ),
    data: { version, clusters, questions, watches: (watches ?? []).map(({ watch }) => watch) },
  };
}

const ALWAYS: readonly Action[] = [
  { label: 'What is down', command: 'down' },
  { label: 'Help', command: 'help' },
];

function actions(asked: readonly string[], keepsWatch: boolean): readonly Action[] {
  const again = asked.map((command): Action => ({ label: shortened(command, LONGEST_LABEL), command }));
  const more = [...(keepsWatch ? [{ label: 'My watches', command: 'watches mine' }] : []), ...ALWAYS];
  return [...again, ...more.filter(({ command }) => !asked.includes(command))];
}

function questionBlocks({ questions, now }: Home): readonly Block[] {
  if (questions.length === 0) return [];
  const facts = questions.map(({ command, at }) => ({
    label: `${duration(now - at)} ago`,
    value: [{ text: shortened(command), style: 'code' }] as const,
  }));
  return [
    { type: 'text', text: [{ text: 'Your last questions', style: 'strong' }] },
    { type: 'facts', facts },
  ];
}
