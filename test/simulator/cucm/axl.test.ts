import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cucm, startCucm } from '../../../simulator/cucm/cucm.ts';
import { handClock, post, soap } from './ask.ts';

let cucm: Cucm;
beforeAll(async () => {
  cucm = await startCucm({ clock: handClock(), axlMaxBytes: 15_000 });
});
afterAll(() => cucm.stop());

async function axl(body: string, version = '14.0') {
  const headers = {
    authorization: `Basic ${btoa('risbot:risbot-demo')}`,
    soapaction: `"CUCM:DB ver=${version} listPhone"`,
  };
  return post(cucm, soap(body), { path: '/axl/', headers });
}
const sql = (text: string) =>
  axl(
    `<n:executeSQLQuery xmlns:n="http://www.cisco.com/AXL/API/14.0"><sql>${text}</sql></n:executeSQLQuery>`,
  );
const NUMBERS =
  'from device d left outer join devicenumplanmap m on m.fkdevice = d.pkid left outer join numplan n on m.fknumplan = n.pkid';
const columns = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, value]) => value);

describe('executeSQLQuery', () => {
  test('names and descriptions, in the order of names', async () => {
    const { text, status } = await sql('select first 3 name, description from device order by name');
    expect(status).toBe(200);
    expect(columns(text, 'name')).toEqual(columns(text, 'name').toSorted());
    expect(columns(text, 'row')).toEqual([]);
    expect(text.match(/<row>/g)).toHaveLength(3);
  });

  test('skip and first walk through everything once', async () => {
    const seen: (string | undefined)[] = [];
    for (let skip = 0; skip < 300; skip += 60) {
      const { text } = await sql(`select skip ${skip} first 60 name from device order by name`);
      seen.push(...columns(text, 'name'));
    }
    expect(seen).toHaveLength(242);
    expect(new Set(seen).size).toBe(242);
  });

  test('numbers, a row each; a device without one has a row with none', async () => {
    const { text } = await sql(
      `SELECT first 9 d.name,\n d.description, n.dnorpattern ${NUMBERS} where d.name like 'SEPF01FAF38ABC2%' order by d.name`,
    );
    expect([columns(text, 'name'), columns(text, 'dnorpattern')]).toEqual([['SEPF01FAF38ABC2'], ['1002']]);
    const trunks = await sql(
      `select d.name, n.dnorpattern ${NUMBERS} where d.name like 'SIPT-%' order by d.name`,
    );
    expect(columns(trunks.text, 'dnorpattern')).toEqual(['', '', '']);
  });

  test('other columns by their table', async () => {
    const { text } = await sql(
      "select d.name as device, dp.name as pool, tm.name as model from device as d join devicepool dp on d.fkdevicepool = dp.pkid join typemodel tm on d.tkmodel = tm.enum where d.name = 'SEP001122334455'",
    );
    expect([columns(text, 'device'), columns(text, 'pool'), columns(text, 'model')]).toEqual([
      ['SEP001122334455'],
      ['DP_LON'],
      ['Cisco 8851'],
    ]);
  });

  test.each(['delete from device', 'select nonsense from device', 'select name from device where 1 = 1'])(
    '%s is refused',
    async (text) => {
      expect((await sql(text)).status).toBe(500);
    },
  );

  test('too much at once: the fault says how many rows would fit, and they do', async () => {
    const { text, status } = await sql('select name, description from device');
    expect(status).toBe(500);
    const fewer = Number(
      /Query request too large.*Suggestive Row Fetch: less than (\d+) rows/.exec(text)?.[1],
    );
    expect(fewer).toBeLessThan(242);
    expect((await sql(`select first ${fewer - 1} name, description from device`)).status).toBe(200);
  });
});

describe('listPhone', () => {
  const list = (more = '') =>
    axl(
      `<n:listPhone xmlns:n="http://www.cisco.com/AXL/API/14.0"><searchCriteria><name>SEP00562B%</name></searchCriteria>` +
        `<returnedTags><name/><description/><model/><devicePoolName/></returnedTags>${more}</n:listPhone>`,
    );
  test('phones that match, with what was asked for, those never plugged in among them', async () => {
    const { text } = await list();
    expect(columns(text, 'name')).toContain('SEP00562B0000C1');
    expect(text).toContain(
      '<description>R&amp;D &lt;lab&gt; &quot;3&quot; &apos;b&apos; ]]&gt; &amp;amp;</description>',
    );
    expect(text).not.toContain('<protocol>');
  });
  test('skip works only with first', async () => {
    const all = columns((await list()).text, 'name');
    expect(columns((await list('<skip>2</skip><first>3</first>')).text, 'name')).toEqual(all.slice(2, 5));
    expect(columns((await list('<skip>2</skip>')).text, 'name')).toEqual(all);
  });
  test('a deleted phone is gone at once', async () => {
    cucm.play('delete SEP00562B0000B8');
    expect(columns((await list()).text, 'name')).not.toContain('SEP00562B0000B8');
  });
});

test('a version it does not speak is 599', async () => {
  expect((await axl('<listPhone/>', '11.5')).status).toBe(599);
});

test('other operations are refused', async () => {
  expect((await axl('<addPhone/>')).status).toBe(500);
});

test('AXL costs nothing of the RisPort70 allowance', async () => {
  const before = cucm.cluster.service.counted.length;
  await sql('select first 1 name from device');
  expect(cucm.cluster.service.counted).toHaveLength(before);
});
