/** A line at the bottom of the page: what an act did, or why it did not. Screen readers hear it. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { ActProblem } from '../act.ts';
import { after } from '../time.ts';

const SHOWN_MS = 6000;

interface Saying {
  readonly said: string;
  readonly isProblem: boolean;
  /** Counts, so that the same words said again show again. */
  readonly turn: number;
}

interface Say {
  readonly saying: Saying;
  say(words: string): void;
  /** Runs an act and says what went wrong with it, if anything did. */
  attempt<T>(doing: Promise<T>): Promise<T | null>;
}

const NOTHING: Saying = { said: '', isProblem: false, turn: 0 };
const Context = createContext<Say>({ saying: NOTHING, say: () => {}, attempt: async (doing) => doing });

export const useSay = (): Say => useContext(Context);

export function SayProvider({ children }: { readonly children: ReactNode }) {
  const [saying, setSaying] = useState(NOTHING);
  const show = (said: string, isProblem: boolean) =>
    setSaying(({ turn }) => ({ said, isProblem, turn: turn + 1 }));
  const value: Say = {
    saying,
    say: (words) => show(words, false),
    async attempt(doing) {
      try {
        return await doing;
      } catch (error) {
        show(error instanceof ActProblem ? error.message : 'That did not work.', true);
        return null;
      }
    },
  };
  return <Context value={value}>{children}</Context>;
}

export function Said() {
  const { saying } = useSay();
  const [shownTurn, setShownTurn] = useState(0);
  useEffect(() => {
    setShownTurn(saying.turn);
    return after(SHOWN_MS, () => setShownTurn(-1));
  }, [saying.turn]);
  const isShown = saying.said !== '' && shownTurn === saying.turn;
  return (
    <div className="said" role="status" data-problem={saying.isProblem} data-shown={isShown}>
      {isShown && saying.said}
    </div>
  );
}
