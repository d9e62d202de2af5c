/** Who used up the allowance: told from what risbot sends while whose question is under way. */
import type { Core } from '../chat.ts';
import type { Clock } from '../clock.ts';
import type { Exchange } from '../risport/client.ts';

export interface AskedBy {
  /** When it went out and when its reply was here; epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly by: 'people' | 'watches' | 'sweeps';
}

export interface AskedBook {
  /** The same core, with an eye on the questions under way. */
  watching(core: Core): Core;
  readonly onExchange: (exchange: Exchange) => void;
  /** The last ones, oldest first. */
  list(): readonly AskedBy[];
}

const MOST_KEPT = 200;
/** Two clocks that read the same time a moment apart. */
const MARGIN_MS = 2;

export function createAskedBook(clock: Pick<Clock, 'now'>): AskedBook {
  const asked: AskedBy[] = [];
  let underWay = 0;
  /** Requests since nobody's question was under way. */
  let forPeople = 0;

  /** Only watches send the StateInfo of an earlier reply; only a walk asks for every class without one. */
  function byWhom({ requestBody }: Exchange): AskedBy['by'] {
    if (/<(?:\w+:)?StateInfo>[^<]/.test(requestBody)) return 'watches';
    if (underWay === 0) return isWalk(requestBody) ? 'sweeps' : 'watches';
    forPeople += 1;
    // A question is one request, or two; what takes more is asked again in parts.
    return forPeople > 2 * underWay ? 'sweeps' : 'people';
  }

  return {
    watching: (core) => ({
      ...core,
      async answer(message, tell) {
        underWay += 1;
        try {
          return await core.answer(message, tell);
        } finally {
          underWay -= 1;
          if (underWay === 0) forPeople = 0;
        }
      },
    }),
    onExchange(exchange) {
      const to = clock.now() + MARGIN_MS;
      asked.push({ from: Math.floor(to - exchange.ms) - 2 * MARGIN_MS, to, by: byWhom(exchange) });
      if (asked.length > MOST_KEPT) asked.shift();
    },
    list: () => asked,
  };
}

function isWalk(requestBody: string): boolean {
  return /<(?:\w+:)?DeviceClass>Any</.test(requestBody) && /<(?:\w+:)?Item>[^<]*\*</.test(requestBody);
}
