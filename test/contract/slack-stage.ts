/** Slack before the contract: asked by mention in a channel and answered in the thread, or by the command and answered for one person alone. */
import { expect } from 'vitest';
import type { Message } from '../../simulator/slack/model.ts';
import { safeName } from '../../src/view/cuts.ts';
import { openWorkspace } from '../adapters/slack/workspace.ts';
import { readable } from './readable.ts';
import { buttonsOf, readSlack } from './slack-reading.ts';
import { type Spot, type Stage, sees, type Who } from './stage.ts';

const ROOM = '#voice';

export async function openSlackStage(by: 'mention' | 'command'): Promise<Stage> {
  const known = [{ text: 'SEP001122334455', label: 'SEP001122334455 Lobby' }];
  const opened = await openWorkspace({ core: { suggest: () => known } });
  const { slack, chat, asked, answerWith } = opened;
  const room = slack.channel(ROOM).id;

  const threadOf = (channel: string, ts: string): Spot => ({ id: `${channel} ${ts}` });
  /** What only this person sees from now on; a file of it is in their direct messages. */
  const asideOf = (who: Who): Spot => ({ id: `aside ${slack.ephemerals(who).length}` });
  /** In the thread, and what only this person sees since it began. */
  const messagesAt = ({ id }: Spot, who: Who): readonly Message[] => {
    const [channel = '', ts = ''] = id.split(' ');
    const alone = slack.ephemerals(who);
    if (channel === 'aside') return alone.slice(Number(ts));
    const all = slack.messages(channel).filter((message) => message.ts === ts || message.thread === ts);
    return [
      ...all.filter(({ user }) => user === slack.bot.user),
      ...alone.filter((message) => message.channel === channel && Number(message.ts) >= Number(ts)),
    ];
  };
  const filesAt = (spot: Spot): readonly string[] =>
    (spot.id.startsWith('aside') ? slack.messages('@anna') : messagesAt(spot, 'anna')).flatMap(
      ({ files }) => files,
    );
  const messageOf = (id: string, who: Who) =>
    [...slack.messages(ROOM), ...slack.ephemerals(who)].find(({ ts }) => ts === id);

  const stage: Stage = {
    chat,
    place: { platform: 'slack', room },
    lost: '1700000000.000100',
    asked,
    answerWith,
    person: (who) => slack.user(who).id,
    async ask(text, who = 'anna') {
      const aside = asideOf(who);
      if (by === 'command') {
        await slack.slash(who, ROOM, '/ris', text);
        return aside;
      }
      const { channel, ts } = await slack.say(ROOM, who, `@risbot ${text}`);
      return threadOf(channel, ts);
    },
    standing: (spot, who = 'anna') => messagesAt(spot, who).map(readSlack),
    async press({ id }, label, who = 'anna') {
      const message = messageOf(id, who);
      const name = message && buttonsOf(message).find((one) => readable(one) === readable(label));
      if (message === undefined || name === undefined) throw new Error(`there is no button ${label}`);
      await slack.press(who, message, name);
    },
    async fill({ verb, lookFor, cluster }, who = 'anna') {
      const spot = await stage.ask('', who);
      if (by === 'mention') {
        await stage.press(await sees(stage, spot, 'What are you looking for?'), 'Open the form', who);
      }
      const form = await slack.nextView(who);
      await slack.suggest(who, form, 'form:look-for', lookFor.slice(0, 6));
      const { errors } = await slack.submit(who, form, {
        'form:look-for': lookFor,
        'form:verb': verb,
        'form:cluster': cluster,
      });
      expect(errors).toBeNull();
      return spot;
    },
    async file(spot, asNamed) {
      const name = safeName(asNamed);
      const found = () => {
        const ids = new Set(filesAt(spot));
        return slack.files().find((file) => ids.has(file.id) && file.name === name);
      };
      await expect.poll(() => found()?.state, { timeout: 5000, interval: 5 }).toBe('complete');
      return String(found()?.content);
    },
    async post(place, view) {
      const posted = await chat.post(place, view);
      return { posted, spot: threadOf(posted.place.room, posted.id) };
    },
    nowhere: async () => ({ platform: 'slack', room: 'C0NOWHERE1' }),
    rejections: slack.rejections,
    open: async () => slack.sockets(),
    settled: slack.settled,
  };
  return stage;
}
