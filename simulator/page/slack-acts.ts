/** What somebody at the page does in Slack, done by the simulated person. */
import { type JsonObject, objectAt, textAt } from '../slack/json.ts';
import type { Delivery, Message, View } from '../slack/model.ts';
import type { Slack } from '../slack/slack.ts';
import { OrderError, wordAt } from './pane.ts';
import { filledOf } from './slack-seen.ts';

const COMMAND = '/ris';
const SHORTCUT = 'look_up_phones';
/** What Slack lets people write in one message. */
const LONGEST = 40_000;

type Act = (who: string, order: JsonObject) => Promise<unknown>;

/** An order names who does it and what (`do`), and then what that needs. */
export function createSlackActs(slack: Slack): (order: JsonObject) => Promise<unknown> {
  const acts: Readonly<Record<string, Act>> = {
    say: async (who, order) => say(slack, who, order),
    press: async (who, order) => {
      const choice = order['choice'];
      const on = placeOf(slack, who, order);
      const chosen = typeof choice === 'string' ? choice : null;
      return outcomeOf(await slack.press(who, on, wordAt(order, 'action'), chosen));
    },
    suggest: async (who, order) => {
      const on = placeOf(slack, who, order);
      return { choices: await slack.suggest(who, on, wordAt(order, 'action'), wordAt(order, 'typed')) };
    },
    submit: async (who, order) => {
      const { delivery, errors } = await slack.submit(
        who,
        viewOf(slack, who, order),
        filledOf(order['values']),
      );
      return { ...outcomeOf(delivery), errors: errors ?? {} };
    },
    close: async (who, order) => {
      await slack.closeView(who, viewOf(slack, who, order));
      return {};
    },
    home: async (who) => outcomeOf(await slack.openHome(who)),
    lookUp: async (who, order) =>
      outcomeOf(await slack.shortcut(who, messageOf(slack, who, order), SHORTCUT)),
  };
  return async (order) => {
    const does = wordAt(order, 'do');
    const act = Object.hasOwn(acts, does) ? acts[does] : undefined;
    if (act === undefined) throw new OrderError('nobody does that in Slack');
    try {
      return await act(slack.user(wordAt(order, 'who')).id, order);
    } catch (error) {
      // The simulated Slack refuses by an Error what a person could not do, in words that say why.
      throw new OrderError(error instanceof Error ? error.message : 'that did not work', { cause: error });
    }
  };
}

async function say(slack: Slack, who: string, order: JsonObject): Promise<unknown> {
  const [where, text] = [wordAt(order, 'where'), wordAt(order, 'text', LONGEST).trim()];
  if (text === '') throw new OrderError('there is nothing to say');
  const [command = '', ...rest] = text.split(/\s/);
  if (!text.startsWith('/')) {
    const thread = objectAt(order, 'thread');
    const first = thread === undefined ? undefined : messageOf(slack, who, { on: thread });
    await slack.say(where, who, text, first === undefined ? {} : { thread: first });
    return {};
  }
  if (command !== COMMAND) throw new OrderError(`${command} is not a command here; ${COMMAND} is`);
  const { delivery } = await slack.slash(
    who,
    where,
    COMMAND,
    rest.length === 0 ? '' : text.slice(command.length + 1),
  );
  return outcomeOf(delivery);
}

/** Slack shows a person when a bot does not react. */
function outcomeOf({ outcome }: Delivery): { readonly problem?: string } {
  return outcome === 'acknowledged' ? {} : { problem: 'risbot did not react in time' };
}

function placeOf(slack: Slack, who: string, order: JsonObject): Message | View {
  const on = objectAt(order, 'on') ?? {};
  return textAt(on, 'view') === undefined ? messageOf(slack, who, order) : viewOf(slack, who, order);
}

function messageOf(slack: Slack, who: string, order: JsonObject): Message {
  const on = objectAt(order, 'on') ?? {};
  const [channel, ts] = [wordAt(on, 'channel'), wordAt(on, 'ts')];
  const found = [...slack.ephemerals(who), ...slack.messages(channel)].find(
    (message) => message.ts === ts && message.channel === channel,
  );
  if (found === undefined) throw new OrderError('that message is not there any more');
  return found;
}

function viewOf(slack: Slack, who: string, order: JsonObject): View {
  const id = wordAt(objectAt(order, 'on') ?? {}, 'view');
  const home = slack.home(who);
  const found = [...slack.views(who), ...(home === null ? [] : [home])].find((view) => view.id === id);
  if (found === undefined) throw new OrderError('that is not open any more');
  return found;
}
