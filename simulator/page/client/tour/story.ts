/** The steps of the tour. Each makes sure of what it needs first, whatever was done before it. */
import { CHATS, type Chat } from '../stage.ts';
import { type Scene, Stuck } from './scene.ts';
import { isBack, newsSince, openCard, phoneWith, type Said, saidIn, titleOf } from './sights.ts';

export type StepName = 'ask' | 'watch' | 'unplug' | 'plug' | 'stop';

const ASK = '@risbot 0011.2233.4455';
const WATCH = '@risbot watch all phones grace:2m';
const NUMBER = '1002';
const NODE = 'cucm2';

/* Milliseconds of demo time. */
const ANSWER_MS = 60_000;
/** Until CUCM misses a phone that says nothing any more. */
const MISSED_MS = 90_000;
/** Until a phone that is plugged in, or looks for another node, is registered. */
const REGISTERED_MS = 90_000;
/** Until risbot has looked again, and said what it has seen. */
const LOOKED_MS = 45_000;
/** How many looks a new watch takes to know every phone. */
const LOOKS = 3;

/** What the tour itself did, as long as it holds. */
export interface Memory {
  /** Since when the cable is out, under a watch; null: it is not, or somebody else has pulled it. */
  unpluggedAt: number | null;
}

export const STORY: Readonly<Record<StepName, (scene: Scene, memory: Memory) => Promise<void>>> = {
  ask,
  watch: async (scene) => {
    await watch(scene, CHATS);
    scene.coach({ words: 'Both rooms are alerted from now on. Next: 3 pulls a cable.', seen: CHATS });
  },
  unplug: async (scene, memory) => {
    await unplug(scene, memory);
    scene.coach({ words: 'One card in each chat. Next: 4 plugs it in, and the card changes.', seen: CHATS });
  },
  plug,
  stop,
};

async function ask(scene: Scene): Promise<void> {
  const marks = scene.marks();
  await scene.say(ASK);
  await mustFind(scene, {
    words: 'Sent. risbot asks CUCM and answers in the thread.',
    within: ANSWER_MS,
    what: (said, chat) => newsSince(marks[chat], said).find(({ thread }) => thread !== null),
  });
  const words = 'Any spelling of the MAC works, and so does 1001, an address or a description. Next: 2.';
  scene.coach({ words, seen: CHATS });
}

/** Has all phones watched in these chats; bot and rooms stay as they are where they are. */
async function watch(scene: Scene, chats: readonly Chat[]): Promise<void> {
  const marks = scene.marks();
  const since = scene.now();
  await scene.say(WATCH, chats);
  await mustFind(scene, {
    words: 'risbot is asked to alert this room when phones are lost.',
    within: ANSWER_MS,
    chats,
    what: (said, chat) => newsSince(marks[chat], said).find(({ thread }) => thread !== null),
  });
  const looks = () =>
    (scene.known().cluster?.meter.requests ?? []).filter(({ at, by }) => by === 'watches' && at > since);
  scene.coach({ words: 'risbot takes its first look at every phone.', until: scene.now() + LOOKED_MS });
  await scene.until(() => looks().length >= LOOKS, LOOKED_MS);
}

/** Resolves with the longest time from a loss to its card, once both rooms watch all phones. */
async function watched(scene: Scene): Promise<number> {
  const stage = await scene.look();
  const muted = CHATS.filter((chat) => stage[chat].isMuted);
  if (muted.length > 0) {
    const where = muted
      .map((chat) => ({ slack: '#voice in Slack', webex: 'Voice in Webex' })[chat])
      .join(' and ');
    throw new Stuck(
      `Alerts are muted in ${where}: no card would come. Say "@risbot unmute all" there first.`,
    );
  }
  const missing = CHATS.filter((chat) => stage[chat].graceMs === null);
  if (missing.length === 0) return Math.max(...CHATS.map((chat) => stage[chat].graceMs ?? 0));
  scene.coach({ words: 'First a watch, as in step 2: nobody is alerted without one.' });
  await watch(scene, missing);
  return watched(scene);
}

/** Ends when the card on the loss of the phone stands in both chats. */
async function unplug(scene: Scene, memory: Memory): Promise<void> {
  const graceMs = await watched(scene);
  const phone = phoneIn(scene);
  if (cardsOf(scene, phone.name) !== null && !phone.isUp) {
    await findCard(scene, phone.name, 0, `${NUMBER} is unplugged already.`);
    return;
  }
  if (!phone.isUp && memory.unpluggedAt === null) await plugInFirst(scene);
  if (phoneIn(scene).isUp) {
    await scene.play(`unplug ${NUMBER}`);
    memory.unpluggedAt = scene.now();
  }
  const at = memory.unpluggedAt ?? scene.now();
  const until = at + MISSED_MS + graceMs + LOOKED_MS;
  const words = `${NUMBER} is unplugged. CUCM misses it after 60 to 90 s, and risbot waits ${graceWords(graceMs)} more, so that a reboot wakes nobody.`;
  await findCard(scene, phone.name, until, words);
}

/** Who was down before anybody watched is no news. */
async function plugInFirst(scene: Scene): Promise<void> {
  scene.coach({
    words: `${NUMBER} was down before this room watched it, which is no news: it is plugged in first.`,
    until: scene.now() + REGISTERED_MS + LOOKED_MS,
  });
  await scene.play(`plug ${NUMBER}`);
  if (!(await scene.until(() => phoneIn(scene).isUp, 2 * REGISTERED_MS))) {
    throw new Stuck(
      `${NUMBER} does not register. Is its node stopped, or its WAN cut? Mend that in the Cluster pane.`,
    );
  }
  const up = scene.now();
  await scene.until(() => scene.now() - up > LOOKED_MS, LOOKED_MS);
}

async function plug(scene: Scene, memory: Memory): Promise<void> {
  const { name } = phoneIn(scene);
  if (phoneIn(scene).isUp || cardsOf(scene, name) === null) {
    await unplug(scene, memory);
  } else await watched(scene);
  const marks = scene.marks();
  await scene.play(`plug ${NUMBER}`);
  memory.unpluggedAt = null;
  await mustFind(scene, {
    words: `${NUMBER} is plugged in, and registers within a minute. Look at its card.`,
    until: scene.now() + REGISTERED_MS + LOOKED_MS,
    within: 2 * (REGISTERED_MS + LOOKED_MS),
    isShown: true,
    what: (said, chat) => {
      const card = cardOn(name, said);
      return newsSince(marks[chat], said).find(
        (one) => isBack(one) && (one.id === card?.id || one.thread === card?.id || one.text.includes(name)),
      );
    },
  });
  const words =
    'The card itself changed in Slack. Webex lets no card be changed: there a line below it says so. Next: 5.';
  scene.coach({ words, seen: CHATS });
}

async function stop(scene: Scene): Promise<void> {
  const graceMs = await watched(scene);
  const node = scene.known().cluster?.nodes.find(({ name }) => name === NODE);
  if (node === undefined) throw new Stuck('This cluster has only one node: start the demo with --nodes 3.');
  if (!node.running) {
    throw new Stuck(
      `${NODE} is stopped already. Start it in the Cluster pane: its phones come home, and the card says so.`,
    );
  }
  if (node.registered === 0) {
    throw new Stuck(`The phones of ${NODE} are not home yet. Give them a minute, and press this again.`);
  }
  const marks = scene.marks();
  await scene.play(`node down ${NODE}`);
  await mustFind(scene, {
    words: `${NODE} is stopped: watch its phones turn blue as they register elsewhere. risbot waits for the last of them.`,
    until: scene.now() + REGISTERED_MS + graceMs + LOOKED_MS,
    within: 2 * (REGISTERED_MS + graceMs + LOOKED_MS),
    isShown: true,
    what: (said, chat) =>
      newsSince(marks[chat], said).find((one) => one.thread === null && titleOf(one).includes(NODE)),
  });
  const words = `A failover is one card, no alarm a phone. Start ${NODE} in the Cluster pane, and they come home.`;
  scene.coach({ words, seen: CHATS });
}

/** Where no card comes, the likeliest reasons are said. */
async function findCard(scene: Scene, name: string, until: number, words: string): Promise<void> {
  await mustFind(scene, {
    words,
    ...(until > 0 && { until }),
    within: until > 0 ? 2 * Math.max(60_000, until - scene.now()) : 0,
    isShown: true,
    what: (said) => openCard(name, said),
  });
}

async function mustFind(scene: Scene, waiting: Parameters<Scene['find']>[0]): Promise<void> {
  if (await scene.find(waiting)) return;
  throw new Stuck(
    'Nothing came. Is it muted, unwatched, or mended meanwhile? Press the step again, or ask @risbot watches.',
  );
}

const cardOn = (name: string, said: readonly Said[]): Said | undefined =>
  said.findLast(({ thread, text }) => thread === null && text.includes(name));

/** The open card in each chat, or null when one has none. */
function cardsOf(scene: Scene, name: string): readonly Said[] | null {
  const cards = CHATS.flatMap((chat) => openCard(name, saidIn(scene.known(), chat)) ?? []);
  return cards.length === CHATS.length ? cards : null;
}

function phoneIn(scene: Scene): { readonly name: string; readonly isUp: boolean } {
  const phone = phoneWith(NUMBER, scene.known());
  if (phone === null) throw new Stuck(`There is no ${NUMBER} in this cluster.`);
  return phone;
}

const graceWords = (ms: number): string =>
  ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
