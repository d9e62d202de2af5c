import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nameIn } from '../../../simulator/webex/ids.ts';
import { startWebex, type Webex } from '../../../simulator/webex/webex.ts';
import { call, idsIn, nextOf } from './rest.ts';

let webex: Webex;

beforeEach(async () => {
  webex = await startWebex();
});
afterEach(() => webex.stop());

const mention = (id: string, name: string) =>
  `<spark-mention data-object-type="person" data-object-id="${id}">${name}</spark-mention>`;

describe('writing', () => {
  test('what is typed stays what it is, and has no HTML without a mention', async () => {
    const said = await webex.say('@anna', 'anna', '**1002** <b> & [x](http://y)');
    expect(said).toMatchObject({
      text: '**1002** <b> & [x](http://y)',
      mentionedPeople: [],
      roomType: 'direct',
    });
    expect(said.html).toBeUndefined();
    expect(said.markdown).toBeUndefined();
  });

  test('@risbot is a real mention, and the rest of it is escaped', async () => {
    const said = await webex.say('Voice', 'ben', '@risbot 1002 <b>&');
    expect(said.html).toBe(`<p>${mention(webex.bot.id, 'risbot')} 1002 &lt;b&gt;&amp;</p>`);
    expect(said).toMatchObject({ text: 'risbot 1002 <b>&', mentionedPeople: [webex.bot.id] });
  });

  test('a name with markup in it comes out of a mention as it is', async () => {
    const said = await webex.say('Voice', 'ben', '@zoe');
    expect(said.text).toBe(webex.person('zoe').displayName);
    expect(said.html).toContain('&lt;b&gt;&amp;</spark-mention>');
  });

  test('@all is everybody, and not the bot', async () => {
    const said = await webex.say('Voice', 'ben', '@all hands');
    expect(said).toMatchObject({ mentionedPeople: [], mentionedGroups: ['all'], text: 'All hands' });
    expect((await call(webex, `GET messages/${said.id}`)).status).toBe(404);
  });

  test.each([
    ['an address', 'mail anna@risbot.example'],
    ['somebody who is not there', '@nobody'],
    ['somebody who is gone', '@gone'],
  ])('%s is no mention', async (_claim, text) => {
    expect(await webex.say('Voice', 'ben', text)).toMatchObject({ text, mentionedPeople: [] });
  });

  test('markdown becomes HTML with mentions in it', async () => {
    const said = await webex.say('Voice', 'ben', '@risbot **now** [here](https://example.net/a_b)', {
      as: 'markdown',
    });
    expect(said.html).toBe(
      `<p>${mention(webex.bot.id, 'risbot')} <strong>now</strong> <a href="https://example.net/a_b">here</a></p>`,
    );
    expect(said.text).toBe('risbot now here');
  });

  test('HTML is taken as it is', async () => {
    const said = await webex.say('Voice', 'ben', '<p>@risbot <a href="tel:1002">1002</a></p>', {
      as: 'html',
    });
    expect(said).toMatchObject({ text: 'risbot 1002', mentionedPeople: [webex.bot.id] });
    expect(said.html).toContain('<a href="tel:1002">');
  });

  test('a thread has one level', async () => {
    const root = await webex.say('Voice', 'anna', 'one');
    const answer = await webex.say('Voice', 'ben', 'two', { parent: root });
    const deeper = await webex.say('Voice', 'carla', 'three', { parent: answer });
    expect(deeper.parentId).toBe(root.id);
    expect(webex.thread(deeper).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  test('who edits is told apart from who wrote anew', async () => {
    const said = await webex.say('Voice', 'anna', 'one');
    const edited = await webex.edit(said, '@risbot two');
    expect(edited).toMatchObject({
      id: said.id,
      text: 'risbot two',
      mentionedPeople: [webex.bot.id],
      edits: 1,
    });
    expect(webex.messages('Voice')).toEqual([edited]);
    await webex.remove(edited);
    expect(webex.messages('Voice')).toEqual([]);
    expect(webex.happenings().map(({ type }) => type)).toEqual(['posted', 'updated', 'deleted']);
  });

  test.each([
    ['is not in the space', () => webex.say('Secret', 'carla', 'x')],
    ['is gone', () => webex.say('Voice', 'gone', 'x')],
    ['does not exist', () => webex.say('Voice', 'nobody', 'x')],
    ['writes into a space that does not exist', () => webex.say('Voyce', 'anna', 'x')],
    ['writes into somebody else’s direct space', () => webex.say('@anna', 'ben', 'x')],
    [
      'edits what was deleted',
      async () => {
        const said = await webex.say('Voice', 'anna', 'x');
        await webex.remove(said);
        return webex.edit(said, 'y');
      },
    ],
    [
      'edits the bot’s',
      async () => {
        await call(webex, 'POST messages', { body: { roomId: webex.room('Voice').id, text: 'x' } });
        return webex.edit(webex.messages('Voice')[0]!, 'y');
      },
    ],
  ])('who %s cannot', async (_claim, act) => {
    await expect(act()).rejects.toThrow();
  });
});

describe('seeing', () => {
  test('people and spaces go by name, address and id', () => {
    const anna = webex.person('anna');
    for (const who of ['@anna', anna.email, anna.id]) expect(webex.person(who)).toEqual(anna);
    const voice = webex.room('Voice');
    expect(webex.room(voice.id)).toEqual(voice);
    expect(webex.room('@anna')).toMatchObject({ type: 'direct', title: anna.displayName });
    expect(() => webex.person('nobody')).toThrow('nobody here is called nobody');
  });

  test('the guest belongs to somebody else', () => {
    const guest = webex.person('guest');
    expect(guest.orgId).not.toBe(webex.bot.orgId);
    expect(guest.email).not.toContain('example.com');
    expect(webex.person('ben').orgId).toBe(webex.bot.orgId);
  });

  test('ids are base64 without padding of what they name', () => {
    expect(nameIn('PEOPLE', webex.bot.id)).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(webex.bot.id).not.toContain('=');
    expect(nameIn('ROOM', webex.bot.id)).toBeUndefined();
  });

  test('looking at a direct space does not open it', async () => {
    expect(webex.messages('@ben')).toEqual([]);
    expect((await call(webex, 'GET rooms?type=direct')).body['items']).toEqual([]);
    await webex.say('@ben', 'ben', 'hi');
    expect(idsIn(await call(webex, 'GET rooms?type=direct'))).toEqual([webex.room('@ben').id]);
  });

  test('a crowd is as large as it was ordered', async () => {
    const crowded = await startWebex({ crowd: { people: 3, rooms: 120 } });
    const first = await call(crowded, 'GET rooms?max=100');
    const second = await call(crowded, `GET ${nextOf(first)}`);
    expect(idsIn(first)).toHaveLength(100);
    expect(idsIn(second)).toHaveLength(24);
    expect(nextOf(second)).toBeUndefined();
    await crowded.say('Crowd 120', 'person3', '@risbot hi');
    await crowded.stop();
  });
});

describe('waiting', () => {
  const post = (where: string, text: string) =>
    call(webex, 'POST messages', { body: { roomId: webex.room(where).id, text } });

  test('each message is given once, in order, and edits are messages too', async () => {
    const first = await post('Voice', 'one');
    await post('Alerts', 'elsewhere');
    await post('Voice', 'two');
    await call(webex, `PUT messages/${first.body['id']}`, {
      body: { roomId: webex.room('Voice').id, text: 'one, edited' },
    });
    const texts = [];
    for (let count = 0; count < 3; count += 1) texts.push((await webex.nextMessage('Voice')).text);
    expect(texts).toEqual(['one', 'two', 'one, edited']);
  });

  test('it waits for what comes, and leaves out what people say', async () => {
    const waiting = webex.nextMessage('Voice', ({ text }) => text.startsWith('it'));
    await webex.say('Voice', 'anna', 'it is me');
    await post('Voice', 'not this');
    await post('Voice', 'it is this');
    expect((await waiting).text).toBe('it is this');
  });

  test('in vain, it says what there was instead', async () => {
    await post('Alerts', '');
    await expect(webex.nextMessage('Voice', undefined, 20)).rejects.toThrow(
      /POST messages.*Refused: POST messages/s,
    );
  });

  test('a file is given when it was posted', async () => {
    const waiting = webex.nextFile();
    await webex.say('Voice', 'anna', 'mine', { files: [{ name: 'hers.csv', content: 'a' }] });
    await call(webex, 'POST messages', {
      form: { roomId: webex.room('Voice').id, file: ['list.csv', 'a,b'] },
    });
    expect(await waiting).toMatchObject({ name: 'list.csv', type: 'text/csv', content: Buffer.from('a,b') });
  });

  test('who follows hears of every change', async () => {
    const heard: string[] = [];
    webex.follow(({ type }) => heard.push(type));
    await webex.say('@anna', 'anna', 'hi');
    expect(heard).toEqual(['joined', 'joined', 'posted']);
  });

  test('settled waits until calls were answered', async () => {
    webex.trouble.slow(30);
    const posting = post('Voice', 'one');
    await expect.poll(() => webex.settled().then(() => webex.messages('Voice').length)).toBe(1);
    await posting;
  });
});
