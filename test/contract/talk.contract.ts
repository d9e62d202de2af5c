/** Questions and answers, in every turn that a conversation takes. */
import { describe, expect, test } from 'vitest';
import type { Block, Outcome, View } from '../../src/view/view.ts';
import { view } from '../adapters/core.ts';
import { type Platform, sees, textOf } from './stage.ts';
import { faultsOf } from './whole.ts';

const TYPED: readonly (readonly [string, string])[] = [
  ['a number', '1002'],
  ['a verb and a name', 'why SEP001122334455'],
  ['quotes and filters', 'find desc:"Lobby 2" status:!unreg model:8845 node:cucm2'],
  ['signs of markup', 'find desc:"a & b < c > d *e* _f_ ~g~"'],
  ['entities, as they are', 'find desc:&amp;&lt;'],
  ['a pasted column', 'SEP001122334455\nSEP001122334456\nSEP001122334457'],
  ['other letters', 'find desc:"📞 東京 מריאם Straße"'],
  ['an e-mail address', 'cti user:anna@example.com'],
  ['a long list', Array.from({ length: 60 }, (_, n) => `SEP${String(n).padStart(12, '0')}`).join(' ')],
];

const ROWS = 24;
const SIZE = 10;

/** `down`, and `down page:2`. */
function downPage(text: string): View {
  const number = Number(/page:(\d+)/.exec(text)?.[1] ?? 1);
  const all = Array.from({ length: ROWS }, (_, n) => [
    `SEP${String(n + 1).padStart(12, '0')}`,
    `desk ${n + 1}`,
  ]);
  const rows = all.slice((number - 1) * SIZE, number * SIZE);
  const table: Block = {
    type: 'table',
    columns: [{ label: 'Name' }, { label: 'Description' }],
    rows,
    page: { number, size: SIZE, total: ROWS, atLeast: false },
  };
  return view(`${ROWS} phones are down, page ${number}`, {
    blocks: [table],
    actions: [{ label: 'Next', command: `down page:${number + 1}` }],
  });
}

const CARD = view('1002 is Registered', {
  actions: [
    { label: 'Refresh', command: '1002 fresh:' },
    { label: 'Why', command: 'why 1002' },
  ],
});

export function talkContract({ open, traits }: Platform): void {
  const presser = traits.presses === 'anybody there presses a button' ? 'ben' : 'anna';

  describe('a question', () => {
    test.each(TYPED)('is heard as it was typed, and answered once: %s', async (_claim, typed) => {
      const stage = await open();
      stage.answerWith(() => view('here it is'));
      const spot = await stage.ask(typed);
      await sees(stage, spot, 'here it is');
      stage.answerWith(() => view('the last one'));
      await sees(stage, await stage.ask('last'), 'the last one');
      await stage.settled();
      expect(stage.asked.map(({ text }) => text)).toEqual([typed, 'last']);
      expect(textOf(stage.standing(spot)).split('here it is').length - 1).toBe(2);
      expect(stage.rejections()).toEqual([]);
    });

    test('comes with who asks, where, and on which platform', async () => {
      const stage = await open();
      await sees(stage, await stage.ask('1002', 'ben'), 'about 1002', 'ben');
      const [{ person, place } = { person: '', place: { platform: '', room: '' } }] = stage.asked;
      expect(person).toBe(stage.person('ben'));
      expect(place).toMatchObject(stage.place);
      expect(place.platform).toBe(stage.chat.name);
    });

    test(`has an answer of its own: ${traits.atOnce}`, async () => {
      const stage = await open();
      const gates = new Map(['first', 'second'].map((text) => [text, Promise.withResolvers<void>()]));
      stage.answerWith(async ({ text }) => {
        await gates.get(text)?.promise;
        return view(`answer to ${text}`);
      });
      const first = await stage.ask('first');
      await expect.poll(() => stage.asked.length).toBe(1);
      const second = await stage.ask('second', 'ben');
      const atOnce = traits.atOnce === 'questions are answered side by side';
      if (atOnce) await expect.poll(() => stage.asked.length).toBe(2);
      gates.get('second')?.resolve();
      if (atOnce) await sees(stage, second, 'answer to second', 'ben');
      gates.get('first')?.resolve();
      await sees(stage, first, 'answer to first');
      await sees(stage, second, 'answer to second', 'ben');
      const said = textOf(stage.standing(first));
      if (atOnce) expect(said).not.toContain('second');
      else expect(said.indexOf('answer to first')).toBeLessThan(said.indexOf('answer to second'));
    });

    test.each<Outcome>(['refused', 'failed', 'misread', 'nothing'])(
      'is answered when it is %s',
      async (outcome) => {
        const stage = await open();
        const answer = view(`so it is: ${outcome}`, {
          outcome,
          tone: 'warn',
          blocks: [{ type: 'notice', tone: 'warn', text: 'and this is why' }],
          actions: [{ label: 'Help', command: 'help' }],
        });
        stage.answerWith(() => answer);
        const spot = await stage.ask('fnid 1002');
        const seen = await sees(stage, spot, answer.title);
        expect(await faultsOf(stage, { spot, seen, view: answer, links: traits.links })).toEqual([]);
      },
    );
  });

  describe('a button', () => {
    test('asks as if its command had been typed by who pressed it', async () => {
      const stage = await open();
      stage.answerWith(({ text }) => (text === '1002' ? CARD : view(`answer to ${text}`)));
      const spot = await stage.ask('1002');
      await stage.press(await sees(stage, spot, CARD.title), 'Why', presser);
      await sees(stage, spot, 'answer to why 1002', presser);
      await sees(stage, spot, CARD.title);
      expect(stage.asked.map(({ text, person }) => [text, person])).toEqual([
        ['1002', stage.person('anna')],
        ['why 1002', stage.person(presser)],
      ]);
      expect(stage.asked[1]?.place).toEqual(stage.asked[0]?.place);
      expect(stage.rejections()).toEqual([]);
    });

    test.each([999, 1001, 1900, 2001, 12_000])('carries a command of %d letters whole', async (length) => {
      const stage = await open();
      const command = `why ${'é𝕊SEP '.repeat(length)}`
        .slice(0, length - 1)
        .toWellFormed()
        .concat('!');
      stage.answerWith(({ text }) =>
        text === 'paste' ? view('pasted', { actions: [{ label: 'Why', command }] }) : view('answered'),
      );
      const spot = await stage.ask('paste');
      await stage.press(await sees(stage, spot, 'about pasted'), 'Why');
      await sees(stage, spot, 'about answered');
      expect(stage.asked[1]?.text).toBe(command);
    });

    test(`turns the page: ${traits.pages}`, async () => {
      const stage = await open();
      stage.answerWith(({ text }) => downPage(text));
      const spot = await stage.ask('down');
      const first = await sees(stage, spot, '1–10 of 24');
      await stage.press(first, 'Next', presser);
      const next = await sees(stage, spot, '11–20 of 24');
      for (let n = 11; n <= 20; n += 1) expect(next.text).toContain(`desk ${n}`);
      expect(stage.asked[1]).toMatchObject({ text: 'down page:2', person: stage.person(presser) });
      const isFirstThere = textOf(stage.standing(spot)).includes('1–10 of 24');
      expect(isFirstThere).toBe(traits.pages === 'the next page stands below the card');
      await stage.press(next, 'Next');
      const last = await sees(stage, spot, '21–24 of 24');
      expect(last.text).toContain('desk 24');
      expect(stage.rejections()).toEqual([]);
    });

    test.each<Outcome>(['refused', 'failed', 'misread'])(
      'leaves the card where it is when its answer is %s',
      async (outcome) => {
        const stage = await open();
        stage.answerWith(({ text }) =>
          text === '1002' ? CARD : view(`so it is: ${outcome}`, { outcome, actions: [] }),
        );
        const spot = await stage.ask('1002');
        await stage.press(await sees(stage, spot, CARD.title), 'Refresh', presser);
        await sees(stage, spot, `about so it is: ${outcome}`, presser);
        await stage.settled();
        expect((await sees(stage, spot, `about ${CARD.title}`)).text).toContain(CARD.title);
        expect(stage.standing(spot).some(({ buttons }) => buttons.includes('Refresh'))).toBe(true);
      },
    );
  });

  test(`a form: ${traits.form}`, async () => {
    const stage = await open();
    const spot = await stage.fill({ verb: 'why', lookFor: 'SEP001122334455', cluster: 'lab' }, 'ben');
    await sees(stage, spot, 'about why SEP001122334455', 'ben');
    expect(stage.asked.map(({ text, person }) => [text, person])).toEqual([
      ['why SEP001122334455 in:lab', stage.person('ben')],
    ]);
    expect(stage.rejections()).toEqual([]);
  });

  test.each([
    ['a name', 'phones.csv'],
    ['blanks and dots', 'phones of prod 2026-03-12.v1.csv'],
    ['a path', '../../etc/passwd.csv'],
    ['other letters', 'Straße 東京 📞.csv'],
  ])('a file arrives whole, by %s', async (_claim, name) => {
    const stage = await open();
    const content = `name,text\r\n${Array.from({ length: 3000 }, (_, n) => `SEP${n},"東京 📞 ""é"" ${n}"`).join('\r\n')}\r\n`;
    const answer = view('240 phones', { blocks: [{ type: 'file', name, mediaType: 'text/csv', content }] });
    stage.answerWith(() => answer);
    const spot = await stage.ask('export');
    const seen = await sees(stage, spot, '240 phones');
    expect(await faultsOf(stage, { spot, seen, view: answer, links: traits.links })).toEqual([]);
    expect(stage.rejections()).toEqual([]);
  });

  test(traits.line, async () => {
    const stage = await open();
    const gate = Promise.withResolvers<void>();
    stage.answerWith(async (_message, tell) => {
      tell({ text: 'Asking prod: 2 questions ahead' });
      await gate.promise;
      return view('3 phones are down');
    });
    const spot = await stage.ask('down');
    await sees(stage, spot, 'Asking prod: 2 questions ahead');
    gate.resolve();
    await sees(stage, spot, 'about 3 phones are down');
    const goes = traits.line === 'a line on what is under way goes when the answer comes';
    const isThere = () => textOf(stage.standing(spot)).includes('Asking prod');
    await expect.poll(isThere).toBe(!goes);
    expect(stage.rejections()).toEqual([]);
  });

  describe('at the end', () => {
    test('nothing is answered any more, and nothing is left open', async () => {
      const stage = await open();
      await sees(stage, await stage.ask('1002'), 'about 1002');
      expect(await stage.open()).toBeGreaterThan(0);
      await stage.chat.stop();
      expect(await stage.open()).toBe(0);
      const spot = await stage.ask('1003');
      await stage.chat.stop();
      expect(stage.asked.map(({ text }) => text)).toEqual(['1002']);
      expect(textOf(stage.standing(spot))).not.toContain('about 1003');
    });

    test(traits.stop, async () => {
      const stage = await open();
      const gate = Promise.withResolvers<void>();
      stage.answerWith(async ({ text }) => {
        await gate.promise;
        return view(text);
      });
      const spot = await stage.ask('1002');
      await expect.poll(() => stage.asked.length).toBe(1);
      const stopped = stage.chat.stop();
      gate.resolve();
      await stopped;
      const isAnswered = traits.stop === 'what is under way when it stops is answered';
      expect(textOf(stage.standing(spot))).toContain(isAnswered ? 'about 1002' : 'Cancelled');
    });

    test('what would be told then is refused as unreachable', async () => {
      const stage = await open();
      await stage.chat.stop();
      await expect(stage.post(stage.place, view('too late'))).rejects.toMatchObject({
        name: 'ChatError',
        code: 'unreachable',
      });
    });
  });
}
