/** Five things to try, in an order that tells a story, and a line that says what to look at. */
import { useEffect, useRef, useState } from 'react';
import { ActProblem } from '../act.ts';
import { Icon } from '../parts/icon.tsx';
import type { Chat } from '../stage.ts';
import { demoNow, useClock } from '../store.ts';
import { every } from '../time.ts';
import { type Coaching, createScene, Stuck } from './scene.ts';
import { type Memory, STORY, type StepName } from './story.ts';

interface Step {
  readonly name: StepName;
  readonly title: string;
  readonly hint: string;
}

const STEPS: readonly Step[] = [
  { name: 'ask', title: 'Ask', hint: 'the MAC from a sticker' },
  { name: 'watch', title: 'Watch', hint: 'be alerted to losses' },
  { name: 'unplug', title: 'Pull a cable', hint: 'and wait for the card' },
  { name: 'plug', title: 'Plug it in', hint: 'the card changes' },
  { name: 'stop', title: 'Stop a node', hint: 'a failover, no outage' },
];
const WELCOME: Coaching = {
  words: 'Press 1, or any step: it types and sends in both chats, and this line says what to look at.',
};
const CHAT_NAMES: Readonly<Record<Chat, string>> = { slack: 'Slack', webex: 'Webex' };

export function Tour({ show }: { readonly show: (pane: 'slack') => void }) {
  const [coaching, setCoaching] = useState(WELCOME);
  const [running, setRunning] = useState<StepName | null>(null);
  const [done, setDone] = useState<ReadonlySet<StepName>>(new Set());
  const memory = useRef<Memory>({ unpluggedAt: null });
  const last = useRef<AbortController | null>(null);
  useEffect(() => () => last.current?.abort(), []);
  const go = async (name: StepName) => {
    last.current?.abort();
    const controller = new AbortController();
    last.current = controller;
    show('slack');
    setRunning(name);
    setDone((before) => new Set([...before].filter((one) => one !== name)));
    try {
      await STORY[name](createScene(setCoaching, controller.signal), memory.current);
      setDone((before) => new Set([...before, name]));
    } catch (error) {
      // Another step has begun.
      if (controller.signal.aborted) return;
      const isKnown = error instanceof Stuck || error instanceof ActProblem;
      setCoaching({ words: isKnown ? error.message : 'That did not work. Please press it again.' });
    }
    setRunning(null);
  };
  return (
    <nav className="tour" aria-label="Tour">
      <ol>
        {STEPS.map((step, index) => (
          <li key={step.name}>
            <StepButton
              step={step}
              number={index + 1}
              isRunning={running === step.name}
              isDone={done.has(step.name)}
              go={() => void go(step.name)}
            />
          </li>
        ))}
      </ol>
      <Line coaching={coaching} isRunning={running !== null} />
    </nav>
  );
}

function StepButton(props: {
  readonly step: Step;
  readonly number: number;
  readonly isRunning: boolean;
  readonly isDone: boolean;
  readonly go: () => void;
}) {
  const { step, number, isRunning, isDone, go } = props;
  return (
    <button type="button" aria-busy={isRunning} data-done={isDone} onClick={go}>
      <span className="unseen">{number}. </span>
      <span className="number" aria-hidden="true">
        {isDone ? <Icon name="check" /> : number}
      </span>
      <span className="step">
        <b>
          {step.title}
          <span className="unseen">{isDone ? ' (done)' : ''}: </span>
        </b>
        <span>{step.hint}</span>
      </span>
    </button>
  );
}

function Line({ coaching, isRunning }: { readonly coaching: Coaching; readonly isRunning: boolean }) {
  const { words, until, seen } = coaching;
  return (
    <div className="coach" data-running={isRunning}>
      <p role="status">{words}</p>
      {isRunning && until !== undefined && <Countdown until={until} />}
      {seen !== undefined && (
        <ul>
          {(['slack', 'webex'] as const).map((chat) => (
            <li key={chat} data-seen={seen.includes(chat)}>
              {seen.includes(chat) ? <Icon name="check" /> : <span className="waits" aria-hidden="true" />}
              {CHAT_NAMES[chat]}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Not read out: it changes every second. */
function Countdown({ until }: { readonly until: number }) {
  const clock = useClock();
  const [, tick] = useState(0);
  useEffect(() => every(250, () => tick((turn) => turn + 1)), []);
  const seconds = Math.ceil((until - demoNow()) / 1000 / (clock?.rate ?? 1));
  return (
    <span className="countdown" aria-hidden="true">
      {seconds > 90
        ? `within ${Math.ceil(seconds / 60)} min`
        : seconds > 0
          ? `within ${seconds} s`
          : 'any moment'}
    </span>
  );
}
