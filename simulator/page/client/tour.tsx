/** Five things to try, in an order that tells a story. */
import { act } from './act.ts';
import { useSay } from './parts/said.tsx';
import { typeInto } from './typing.ts';

interface Step {
  readonly title: string;
  /** What is typed, or what happens to the cluster. */
  readonly words: string;
  readonly does: 'type' | 'play';
  readonly hint: string;
}

const STEPS: readonly Step[] = [
  { title: 'Ask', does: 'type', words: '@risbot 0011.2233.4455', hint: 'the MAC from a sticker' },
  { title: 'Watch', does: 'type', words: '@risbot watch all phones grace:2m', hint: 'hear of losses' },
  { title: 'Pull a cable', does: 'play', words: 'unplug 1002', hint: 'and wait for the card' },
  { title: 'Plug it in', does: 'play', words: 'plug 1002', hint: 'the card changes in place' },
  { title: 'Stop a node', does: 'play', words: 'node down cucm2', hint: 'a failover, no outage' },
];

export function Tour({ show }: { readonly show: (pane: 'slack' | 'cluster') => void }) {
  const { attempt, say } = useSay();
  const go = async ({ does, words }: Step) => {
    if (does === 'type') {
      show('slack');
      typeInto(['slack', 'webex'], words);
      return;
    }
    const answer = await attempt(act<{ said: string }>('cluster', { words }));
    if (answer !== null) say(answer.said);
  };
  return (
    <nav className="tour" aria-label="Tour">
      <ol>
        {STEPS.map((step, index) => (
          <li key={step.title}>
            <button type="button" onClick={() => void go(step)}>
              <span className="number" aria-hidden="true">
                {index + 1}
              </span>
              <span className="step">
                <b>{step.title}</b>
                <span>{step.hint}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
