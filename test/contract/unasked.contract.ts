/** What nobody asked for: told, changed, and refused. */
import { describe, expect, test } from 'vitest';
import { ChatError } from '../../src/chat.ts';
import type { View } from '../../src/view/view.ts';
import { view } from '../adapters/core.ts';
import { MESSAGES, viewOf } from '../view/any-view.ts';
import { piecesOf } from './readable.ts';
import { codeOf, type Platform, sees, textOf } from './stage.ts';
import { faultsOf } from './whole.ts';

/** A card of each kind: platforms let few be told in a second. */
const TOLD = MESSAGES.filter((name) =>
  /^(?:incident-(?:outage|lost|blind|cti-lines|flap|stale|detail)|announcement-.*|milestone-(?:back|grew))$/.test(
    name,
  ),
);

const CHANGES: readonly (readonly [string, string])[] = [
  ['incident-lost', 'incident-lost-acknowledged'],
  ['incident-lost', 'incident-lost-back'],
  ['incident-outage', 'incident-outage-over'],
  ['incident-blind', 'incident-seen-again'],
];

export function unaskedContract({ open, traits }: Platform): void {
  describe('tells unasked', () => {
    test('every card whole', async () => {
      const stage = await open();
      const faults: Record<string, readonly string[]> = {};
      for (const name of TOLD) {
        const card = viewOf(name);
        const { posted, spot } = await stage.post(stage.place, card);
        expect(posted.place.platform).toBe(stage.chat.name);
        const seen = await sees(stage, spot, card.title);
        const found = await faultsOf(stage, { spot, seen, view: card, links: traits.links });
        if (found.length > 0) faults[name] = found;
      }
      expect(faults).toEqual({});
      expect(stage.asked).toEqual([]);
      expect(stage.rejections()).toEqual([]);
    });

    test('to a person as to a room', async () => {
      const stage = await open();
      const { spot } = await stage.post({ ...stage.place, room: stage.person('anna') }, view('1002 is back'));
      await sees(stage, spot, '1002 is back');
    });

    test(`only where it can: ${traits.nowhere}`, async () => {
      const stage = await open();
      const told = stage.post(await stage.nowhere(), view('12 phones lost'));
      await expect(told).rejects.toBeInstanceOf(ChatError);
      await expect(told).rejects.toMatchObject({ code: codeOf(traits.nowhere) });
    });

    test(traits.gone, async () => {
      const stage = await open();
      const changed = stage.chat.update({ place: stage.place, id: stage.lost }, view('12 phones lost'));
      const code = codeOf(traits.gone);
      if (code === undefined) await expect(changed).resolves.toMatchObject({ place: stage.place });
      else await expect(changed).rejects.toMatchObject({ name: 'ChatError', code });
    });
  });
}

/** What becomes of a card that was told: apart, since a platform may change it or not. */
export function changesContract({ open, traits }: Platform): void {
  describe(`afterwards: ${traits.changes}`, () => {
    test.each([
      ['ack 12', 'a command'],
      ['incidents 12 fresh:', 'a command that changes cards which were asked for'],
    ])('a button with %s, %s: who presses it asks, and the card stays', async (command) => {
      const stage = await open();
      stage.answerWith(({ text }) => view(`answer to ${text}`));
      const card = view('12 phones lost', { actions: [{ label: 'Do it', command }] });
      const { spot } = await stage.post(stage.place, card);
      await stage.press(await sees(stage, spot, 'about 12 phones lost', 'ben'), 'Do it', 'ben');
      await sees(stage, spot, `about answer to ${command}`, 'ben');
      await stage.settled();
      expect((await sees(stage, spot, 'about 12 phones lost')).text).toContain('12 phones lost');
      expect(stage.asked.map(({ text, person }) => [text, person])).toEqual([[command, stage.person('ben')]]);
      expect(stage.rejections()).toEqual([]);
    });

    test.each(CHANGES)('%s, %s', async (before, after) => {
      const stage = await open();
      const { posted, spot } = await stage.post(stage.place, viewOf(before));
      await sees(stage, spot, viewOf(before).title);
      const now: View = viewOf(after);
      const changed = await stage.chat.update(posted, now);
      await sees(stage, spot, now.title);
      const all = textOf(stage.standing(spot));
      expect(piecesOf(now).filter((piece) => !all.includes(piece))).toEqual([]);
      const takesPlace = traits.changes === 'a change of what was told takes its place';
      expect(all.includes(viewOf(before).title)).toBe(!takesPlace);
      expect(changed.place).toEqual(posted.place);
      expect(stage.rejections()).toEqual([]);
    });
  });
}
