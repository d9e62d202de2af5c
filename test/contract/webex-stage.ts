/** Webex before the contract: asked by mention in a space, answered in the thread. */
import { expect } from 'vitest';
import { safeName } from '../../src/view/cuts.ts';
import { openSpaces } from '../adapters/webex/space.ts';
import { readable } from './readable.ts';
import { type Spot, type Stage, sees } from './stage.ts';
import { buttonsOf, readWebex } from './webex-reading.ts';

const ROOM = 'Voice';
/** As ids of messages are made. */
const LOST = Buffer.from('ciscospark://us/MESSAGE/00000000-0000-1000-8000-000000000000').toString(
  'base64url',
);
const NOWHERE = Buffer.from('ciscospark://us/ROOM/00000000-0000-1000-8000-000000000000').toString(
  'base64url',
);

/** `cardEdits`: Webex lets a message with a card be changed, as people report and the reference denies. */
export async function openWebexStage(cardEdits: boolean): Promise<Stage> {
  const { webex, chat, url, asked, answerWith } = await openSpaces({ standIn: { cardEdits } });
  const room = webex.room(ROOM).id;
  /** The bot's, in the thread. */
  const messagesAt = ({ id }: Spot) => {
    const [roomId = '', root] = id.split(' ');
    return webex
      .messages(roomId)
      .filter((one) => one.id === root || one.parentId === root)
      .filter(({ personId }) => personId === webex.bot.id);
  };
  const stage: Stage = {
    chat,
    place: { platform: 'webex', room },
    lost: LOST,
    asked,
    answerWith,
    person: (who) => webex.person(who).email,
    async ask(text, who = 'anna') {
      const { roomId, id } = await webex.say(ROOM, who, `@risbot ${text}`);
      return { id: `${roomId} ${id}` };
    },
    standing: (spot) => messagesAt(spot).map(readWebex),
    async press({ id }, label, who = 'anna') {
      const message = webex.messages(ROOM).find((one) => one.id === id);
      const title = message && buttonsOf(message).find((one) => readable(one) === readable(label));
      if (message === undefined || title === undefined) throw new Error(`there is no button ${label}`);
      await webex.press(who, message, title);
    },
    async fill({ verb, lookFor, cluster }, who = 'anna') {
      const spot = await stage.ask('', who);
      await sees(stage, spot, 'What are you looking for?');
      const [form] = messagesAt(spot);
      if (form === undefined) throw new Error('no form is offered');
      await webex.press(who, form, 'Ask', { verb, lookFor, cluster });
      return spot;
    },
    async file(spot, asNamed) {
      const name = safeName(asNamed);
      const found = () => {
        const ids = new Set(messagesAt(spot).flatMap(({ files }) => files));
        return webex.files().find((file) => ids.has(file.id) && file.name === name);
      };
      await expect.poll(() => found()?.name, { timeout: 5000, interval: 5 }).toBe(name);
      return String(found()?.content);
    },
    async post(place, view) {
      const posted = await chat.post(place, view);
      return { posted, spot: { id: `${posted.place.room} ${posted.id}` } };
    },
    nowhere: async () => ({ platform: 'webex', room: NOWHERE }),
    rejections: webex.rejections,
    open: () =>
      fetch(url).then(
        () => 1,
        () => 0,
      ),
    settled: webex.settled,
  };
  return stage;
}
