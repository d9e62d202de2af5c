import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWebex, type Webex } from '../../../simulator/webex/webex.ts';
import { type FakeTime, fakeTime } from '../slack/fake-time.ts';
import { attached, call, idsIn, nextOf } from './rest.ts';

const CARD = attached({ body: [{ type: 'TextBlock', text: 'hi' }] });

let time: FakeTime;
let webex: Webex;

beforeEach(async () => {
  time = fakeTime();
  webex = await startWebex({ clock: time });
});
afterEach(() => webex.stop());

const post = (body: Record<string, unknown>, where = 'Voice') =>
  call(webex, 'POST messages', { body: { roomId: webex.room(where).id, ...body } });

describe('posting', () => {
  test('text, and nothing else of it', async () => {
    const { status, body } = await post({ text: '**1002**' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      roomId: webex.room('Voice').id,
      roomType: 'group',
      personId: webex.bot.id,
      personEmail: 'risbot@webex.bot',
      text: '**1002**',
      created: new Date(time.now()).toISOString(),
    });
    expect(body).not.toHaveProperty('html');
    expect(webex.messages('Voice')).toMatchObject([{ by: 'bot', passed: ['text'] }]);
  });

  test('markdown, with a mention in it', async () => {
    const { body } = await post({ markdown: '**up**, <@personEmail:anna@example.com>' });
    expect(body).toMatchObject({
      markdown: '**up**, <@personEmail:anna@example.com>',
      text: 'up, Anna Berg',
      mentionedPeople: [webex.person('anna').id],
    });
  });

  test('a card, with text for clients that show none', async () => {
    const { body } = await post({ markdown: '1002', text: 'plain', attachments: CARD });
    expect(body).toMatchObject({ text: 'plain', attachments: CARD });
    expect(webex.messages('Voice')).toMatchObject([{ passed: ['text', 'markdown', 'card'] }]);
  });

  test('a file, which can be fetched again', async () => {
    const form = { roomId: webex.room('Voice').id, text: 'here', file: ['phones,ä.csv', 'a,b'] as const };
    const { body } = await call(webex, 'POST messages', { form });
    const [url] = body['files'] as string[];
    const file = await call(webex, `GET ${url}`);
    expect(file.raw).toBe('a,b');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="phones%2C%C3%A4.csv"');
    const head = await call(webex, `HEAD ${url}`);
    expect([head.status, head.raw, head.headers.get('content-length')]).toEqual([200, '', '3']);
    expect((await call(webex, `GET ${url}`, { token: null })).status).toBe(401);
  });

  test('into a direct space by person and by address, opening it', async () => {
    const { id } = webex.person('ben');
    const first = await call(webex, 'POST messages', { body: { toPersonId: id, text: 'x' } });
    const second = await call(webex, 'POST messages', {
      body: { toPersonEmail: 'ben@example.com', text: 'y' },
    });
    expect(first.body).toMatchObject({ roomId: webex.room('@ben').id, roomType: 'direct' });
    expect(second.body['roomId']).toBe(first.body['roomId']);
    expect(webex.messages('@ben')).toHaveLength(2);
  });

  test('into a thread, and not deeper', async () => {
    const root = await webex.say('Voice', 'anna', '@risbot 1002');
    const answer = await post({ text: 'x', parentId: root.id });
    expect(answer.body).toMatchObject({ parentId: root.id });
    expect((await post({ text: 'x', parentId: answer.body['id'] })).status).toBe(400);
    expect((await post({ text: 'x', parentId: root.id }, 'Alerts')).status).toBe(404);
    await webex.remove(root);
    expect((await post({ text: 'x', parentId: root.id })).status).toBe(404);
  });

  test.each([
    ['nothing to say', {}, 'a message needs text, markdown or a file'],
    ['only a card', { attachments: CARD }, 'a card needs text or markdown'],
    ['two targets', { text: 'x', toPersonEmail: 'anna@example.com' }, 'exactly one of roomId'],
    ['a property that is not known', { text: 'x', markdwon: 'y' }, 'markdwon'],
    ['text that is no text', { text: 7 }, '/text must be string'],
    ['two cards', { text: 'x', attachments: [...CARD, ...CARD] }, 'must NOT have more than 1 items'],
    [
      'a card of another kind',
      { text: 'x', attachments: [{ contentType: 'card', content: {} }] },
      'contentType',
    ],
    ['files by address', { text: 'x', files: ['http://127.0.0.1/x'] }, 'files by URL'],
    ['7440 bytes', { text: 'a'.repeat(7440) }, 'text has 7440 bytes, and may have 7439'],
    ['7440 bytes of less letters', { markdown: 'ä'.repeat(3720) }, 'markdown has 7440 bytes'],
  ])('%s is refused, and says why', async (_claim, body, reason) => {
    const { status, body: said } = await post(body);
    expect(status).toBe(400);
    expect(JSON.stringify(said['errors'])).toContain(reason);
    expect(webex.rejections()).toMatchObject([{ method: 'POST messages', status: 400 }]);
    expect(webex.messages('Voice')).toEqual([]);
  });

  test('7439 bytes are taken', async () => {
    expect((await post({ text: 'a'.repeat(7439), markdown: 'b'.repeat(7439) })).status).toBe(200);
  });

  test.each([
    ['a file and a card', { text: 'x', attachments: JSON.stringify(CARD), file: ['a.csv', 'x'] as const }],
    ['an empty file', { text: 'x', file: ['a.csv', ''] as const }],
  ])('%s is refused', async (_claim, form) => {
    const all = { roomId: webex.room('Voice').id, ...form };
    expect((await call(webex, 'POST messages', { form: all })).status).toBe(400);
    expect(webex.files()).toEqual([]);
  });

  test.each([
    ['a space it is not in', { roomId: () => webex.room('Secret').id }],
    ['a space there is not', { roomId: () => 'x' }],
    ['somebody who is not there', { toPersonEmail: () => 'nobody@example.com' }],
    ['somebody who is gone', { toPersonId: () => webex.person('gone').id }],
  ])('%s is not found, and that is no rejection', async (_claim, target) => {
    const [[name, value]] = Object.entries(target) as [[string, () => string]];
    expect((await call(webex, 'POST messages', { body: { [name]: value(), text: 'x' } })).status).toBe(404);
    expect(webex.rejections()).toEqual([]);
  });
});

describe('editing', () => {
  const edit = (id: unknown, body: Record<string, unknown>, where = 'Voice') =>
    call(webex, `PUT messages/${id}`, { body: { roomId: webex.room(where).id, ...body } });

  test('changes what it says, and when', async () => {
    const { body } = await post({ markdown: '**one**' });
    await time.pass(5000);
    const edited = await edit(body['id'], { text: 'two' });
    expect(edited.body).toMatchObject({ text: 'two', updated: new Date(time.now()).toISOString() });
    expect(edited.body).not.toHaveProperty('html');
    expect(webex.messages('Voice')).toMatchObject([{ text: 'two', edits: 1 }]);
  });

  test('what GET gave may be sent back', async () => {
    const { body } = await post({ text: 'one' });
    expect((await edit(body['id'], { ...body, text: 'two' })).status).toBe(200);
  });

  test('ten times, and no more', async () => {
    const { body } = await post({ text: '0' });
    for (let count = 1; count <= 10; count += 1)
      expect((await edit(body['id'], { text: `${count}` })).status).toBe(200);
    const refused = await edit(body['id'], { text: '11' });
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('limit of 10 edits') },
    });
    expect(webex.rejections()).toEqual([]);
  });

  test('a message with a card cannot be edited, nor become one', async () => {
    const card = await post({ text: 'x', attachments: CARD });
    expect(await edit(card.body['id'], { text: 'y' })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('not supported') },
    });
    const plain = await post({ text: 'x' });
    expect((await edit(plain.body['id'], { text: 'y', attachments: CARD })).status).toBe(400);
    expect(webex.messages('Voice').map(({ edits }) => edits)).toEqual([0, 0]);
    expect(webex.rejections()).toEqual([]);
  });

  test('unless the platform takes it, as people report', async () => {
    const other = await startWebex({ cardEdits: true, edits: 2 });
    const roomId = other.room('Voice').id;
    const { body } = await call(other, 'POST messages', { body: { roomId, text: 'x', attachments: CARD } });
    const again = (more: Record<string, unknown>) =>
      call(other, `PUT messages/${body['id']}`, { body: { roomId, text: 'y', ...more } });
    expect((await again({ attachments: CARD })).body).toMatchObject({ attachments: CARD });
    expect((await again({ attachments: attached({ bodi: [] }) })).status).toBe(400);
    expect((await again({})).body).not.toHaveProperty('attachments');
    expect((await again({})).status).toBe(400);
    await other.stop();
  });

  test('a message with a file cannot be edited at all', async () => {
    const other = await startWebex({ cardEdits: true });
    const roomId = other.room('Voice').id;
    const { body } = await call(other, 'POST messages', { form: { roomId, text: 'x', file: ['a', 'b'] } });
    expect((await call(other, `PUT messages/${body['id']}`, { body: { roomId, text: 'y' } })).status).toBe(
      400,
    );
    await other.stop();
  });

  test.each([
    ['another’s', 403],
    ['what it cannot see', 404],
    ['in the wrong space', 400],
    ['without words', 400],
    ['with markdown beside HTML', 400],
    ['with a property that is not known', 400],
  ])('%s is refused', async (claim, status) => {
    const hers = await webex.say('Voice', 'anna', claim.startsWith('what') ? 'x' : '@risbot x');
    const own = await post({ text: 'x' });
    const isHers = claim.startsWith('another') || claim.startsWith('what');
    const bodies: Record<string, Record<string, unknown>> = {
      'without words': {},
      'with markdown beside HTML': { markdown: 'y', html: 'y' },
      'with a property that is not known': { text: 'y', txt: 'y' },
    };
    const where = claim === 'in the wrong space' ? 'Alerts' : 'Voice';
    expect(
      (await edit(isHers ? hers.id : own.body['id'], bodies[claim] ?? { text: 'y' }, where)).status,
    ).toBe(status);
  });
});

describe('reading and deleting', () => {
  test('in a group space it sees its own, and what mentions it', async () => {
    const [unseen, seen] = [
      await webex.say('Voice', 'anna', 'hi'),
      await webex.say('Voice', 'anna', '@risbot hi'),
    ];
    const own = await post({ text: 'x' });
    const status = async (id: unknown) => (await call(webex, `GET messages/${id}`)).status;
    expect([await status(unseen.id), await status(seen.id), await status(own.body['id'])]).toEqual([
      404, 200, 200,
    ]);
    const roomId = webex.room('Voice').id;
    expect((await call(webex, `GET messages?roomId=${roomId}`)).status).toBe(403);
    expect(idsIn(await call(webex, `GET messages?roomId=${roomId}&mentionedPeople=me`))).toEqual([seen.id]);
  });

  test('in a direct space it sees everything, the newest first', async () => {
    const said = [];
    for (const text of ['one', 'two', 'three']) {
      await time.pass(1000);
      said.push(await webex.say('@anna', 'anna', text));
    }
    const [one, two, three] = said.map(({ id }) => id);
    const roomId = webex.room('@anna').id;
    const list = async (query: string) => idsIn(await call(webex, `GET messages?roomId=${roomId}${query}`));
    expect(await list('')).toEqual([three, two, one]);
    expect(await list(`&beforeMessage=${three}`)).toEqual([two, one]);
    expect(await list(`&before=${new Date(time.now()).toISOString()}`)).toEqual([two, one]);
    expect(idsIn(await call(webex, 'GET messages/direct?personEmail=anna@example.com'))).toHaveLength(3);
    const first = await call(webex, `GET messages?roomId=${roomId}&max=2`);
    expect(idsIn(await call(webex, `GET ${nextOf(first)}`))).toEqual([one]);
  });

  test('answers of a thread, if it sees them', async () => {
    const root = await webex.say('@anna', 'anna', 'one');
    const answer = await webex.say('@anna', 'anna', 'two', { parent: root });
    expect(
      idsIn(await call(webex, `GET messages/direct?personEmail=anna@example.com&parentId=${root.id}`)),
    ).toEqual([answer.id]);
  });

  test.each([
    '',
    'roomId=x',
    'roomId=VOICE&mentionedPeople=anna',
    'roomId=VOICE&mentionedPeople=me&before=then',
  ])('messages?%s is not had', async (query) => {
    const line = `GET messages?${query.replace('VOICE', webex.room('Voice').id)}`;
    expect((await call(webex, line)).status).toBeGreaterThanOrEqual(400);
  });

  test('it deletes its own, and not those of others', async () => {
    const own = await post({ text: 'x' });
    const hers = await webex.say('Voice', 'anna', '@risbot x');
    expect((await call(webex, `DELETE messages/${own.body['id']}`)).status).toBe(204);
    expect((await call(webex, `DELETE messages/${own.body['id']}`)).status).toBe(404);
    expect((await call(webex, `DELETE messages/${hers.id}`)).status).toBe(403);
    expect(webex.messages('Voice')).toEqual([hers]);
  });

  test('files of messages that it cannot see are not there', async () => {
    const files = [{ name: 'a.txt', content: 'secret' }];
    const seen = await webex.say('Voice', 'anna', '@risbot look', { files });
    const unseen = await webex.say('Voice', 'anna', 'look', { files });
    const { body } = await call(webex, `GET messages/${seen.id}`);
    expect((await call(webex, `GET ${(body['files'] as string[])[0]}`)).raw).toBe('secret');
    expect((await call(webex, `GET contents/${unseen.files[0]}`)).status).toBe(404);
    await webex.remove(seen);
    expect((await call(webex, `GET contents/${seen.files[0]}`)).status).toBe(404);
  });
});
