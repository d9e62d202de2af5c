import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/command/command.ts';
import { COMMANDS, verbNamed } from '../../src/command/commands.ts';
import { FIELDS, VERBS } from '../../src/command/grammar.ts';
import { parse } from '../../src/command/parse.ts';
import type { View } from '../../src/view/view.ts';
import { expectGolden } from '../view/golden.ts';
import { context, type FixtureOptions, fixture, ROWS, row } from './fixture.ts';

async function ask(text: string, ...clusters: readonly Cluster[]): Promise<View> {
  const read = parse(text);
  if (read.type !== 'command') throw new Error(`misread: ${text}`);
  const verb = verbNamed(read.command.verb);
  if (verb === null) throw new Error(`no verb ${read.command.verb}`);
  return await verb.run(read.command, context(...clusters));
}

function askOne(text: string, options: FixtureOptions = {}): Promise<View> {
  return ask(text, fixture(options).cluster);
}

function words(view: View): string {
  return JSON.stringify([view.title, view.blocks]);
}

function names(view: View): readonly unknown[] {
  const devices = view.data['devices'];
  return Array.isArray(devices) ? devices.map((device: { name: unknown }) => device.name) : [];
}

describe('the table of verbs', () => {
  test('is the grammar', () => {
    expect(COMMANDS.map(({ name }) => name)).toEqual(VERBS.map(({ name }) => name));
  });

  test('is the help', async () => {
    const text = words(await askOne('help'));
    for (const { name } of COMMANDS) expect(text).toMatch(new RegExp(`\\b${name}\\b`));
    for (const verb of COMMANDS) {
      if (verb.name === 'device') continue;
      expect(words(await askOne(`help ${verb.name}`))).toContain(verb.usage);
    }
  });

  test.each(['help filters', 'help filter', 'help node'])('%s explains every filter', async (text) => {
    const explained = words(await askOne(text));
    for (const field of FIELDS) expect(explained).toContain(`"${field.name}"`);
  });

  test.each(COMMANDS.map(({ name }) => name).filter((name) => name !== 'device'))(
    'help %s is about it',
    async (name) => {
      expect((await askOne(`help ${name}`)).title).toContain(name);
    },
  );

  test.each(COMMANDS.flatMap(({ name, examples }) => examples.map((example) => [name, example] as const)))(
    'an example of %s: %s',
    async (name, example) => {
      const read = parse(example);
      expect(read).toMatchObject({ type: 'command', command: { verb: name } });
      expect(['answered', 'nothing']).toContain((await askOne(example)).outcome);
    },
  );

  test.each(FIELDS.map(({ example }) => example))('an example of a field: %s', (example) => {
    expect(parse(`find class:phone ${example}`).type).toBe('command');
  });

  test.each([
    'device',
    'down',
    'why',
    'summary',
    'gateways',
    'cti',
    'find',
    'lines',
    'help',
    'status',
    'model',
    'reason',
    'export',
  ])('every button of %s carries a command that is read', async (name) => {
    const example = COMMANDS.find((verb) => verb.name === name)?.examples[0] ?? '';
    for (const action of (await askOne(example)).actions) expect(parse(action.command).type).toBe('command');
  });
});

describe('golden views', () => {
  test.each([
    ['card', 'SEP001122334455', {}],
    ['card-by-number', '6961', {}],
    ['card-lost', 'SEPAAAAAAAAAA02', {}],
    ['card-moved', '2001', {}],
    ['card-ipv6', '1002', {}],
    ['card-trunk', 'name:SIP-TRUNK-LON', {}],
    ['table', 'SEP001122334455, 1002, SEP0000DEADBEEF', {}],
    ['twelve-digits', '000123456780', {}],
    ['nothing', 'SEP001122334456', { names: [{ name: 'SEP001122334455', description: '', numbers: [] }] }],
    ['nothing-blind', 'SEPE8B7480316D6', { blind: ['cucm3'] }],
    ['find', 'find class:phone', {}],
    ['find-cut', 'find class:phone', { complete: false, ageMs: 6000 }],
    ['down', 'down', {}],
    ['down-blind', 'down', { blind: ['cucm2'] }],
    ['down-nothing', 'down class:gateway', {}],
    ['why', 'why SEPAAAAAAAAAA02', {}],
    ['why-registered', 'why SEP001122334455', {}],
    ['why-several', 'why SEPAAAAAAAAAA02 SEP001122334455', {}],
    ['lines', 'lines 1002', {}],
    ['summary', 'summary', {}],
    ['gateways', 'gateways', {}],
    ['cti', 'cti cucmuser', {}],
    ['cti-nothing', 'cti nobody', {}],
    ['export', 'export class:phone', {}],
    ['status', 'status', {}],
    ['model', 'model 8845', {}],
    ['models', 'model 88', {}],
    ['reason', 'reason 13', {}],
    ['reasons', 'reason', {}],
    ['help', 'help', {}],
    ['help-down', 'help down', {}],
  ] as const)('%s', async (name, text, options) => {
    expectGolden(name, await askOne(text, options));
  });
});

describe('asking for devices', () => {
  test('five hundred pasted names are one request, and come back in their order', async () => {
    const rows = Array.from({ length: 500 }, (_, i) =>
      row({ name: `SEP${String(500 - i).padStart(12, '0')}` }),
    );
    const { cluster, asked } = fixture({ rows });
    const view = await ask(rows.map(({ name }) => name).join('\n'), cluster);
    expect(asked).toHaveLength(1);
    expect(names(view)).toEqual(rows.map(({ name }) => name));
    expect(view.title).toContain('500 devices');
    expect(view.blocks.some((block) => block.type === 'file')).toBe(true);
  });

  test('everything on a cluster of 20 000 is a summary, one page and a file', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => row({ name: `SEP${String(i).padStart(12, '0')}` }));
    const { cluster, asked } = fixture({ rows });
    const view = await ask('find *', cluster);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.options?.priority).toBe('sweep');
    expect(view.title).toBe('20\u00A0000 devices in prod');
    expect(view.blocks.map(({ type }) => type)).toEqual(['text', 'facts', 'table', 'file']);
  });

  test('a newer row counts, and a tie goes to Registered', async () => {
    const old = { node: 'cucm1', status: 'UnRegistered', timeStamp: 100 } as const;
    const moved = await askOne('1001', { rows: [row({ ...old }), row({ node: 'cucm2', timeStamp: 200 })] });
    expect(moved.title).toContain('Registered on cucm2');
    const tie = await askOne('1001', { rows: [row({ ...old }), row({ node: 'cucm2', timeStamp: 100 })] });
    expect(tie.title).toContain('Registered on cucm2');
    expect(tie.data['otherRows']).toHaveLength(1);
  });

  test('a node that did not answer makes nothing down, and is said', async () => {
    const view = await askOne('SEPE8B7480316D6', { blind: ['cucm3'] });
    expect(view.outcome).toBe('nothing');
    expect(view.title).toContain('Cannot tell');
    expect(words(view)).toContain('unknown, not down');
  });

  test('a user is looked for in a walk of the cluster, which is said', async () => {
    const { cluster, asked } = fixture({ blind: ['cucm3'] });
    const view = await ask('user:jsmith', cluster);
    expect(names(view)).toEqual(['SEPF01FAF38ABC2']);
    expect(asked[0]).toMatchObject({
      options: { priority: 'sweep' },
      query: { items: ['*'], deviceClass: 'Phone' },
    });
    expect(words(view)).toContain('gone through');
    expect(words(view)).toContain('cucm3 did not answer');
  });

  test('a trunk that is known by name is found by it', async () => {
    const { cluster, asked } = fixture({ names: [{ name: 'SIP-TRUNK-LON', description: '', numbers: [] }] });
    expect(names(await ask('sip-trunk-lon', cluster))).toEqual(['SIP-TRUNK-LON']);
    expect(asked[0]?.query.operation).toBe('selectCmDeviceExt');
  });

  test('what one cluster does not know can be asked of another', async () => {
    const view = await ask('SEP0000DEADBEEF', fixture().cluster, fixture({ name: 'lab' }).cluster);
    expect(view.actions.map(({ command }) => command)).toContain('SEP0000DEADBEEF in:lab');
  });

  test('buttons of another cluster stay there', async () => {
    const lab = fixture({ name: 'lab' });
    const view = await ask('1001 in:lab', fixture().cluster, lab.cluster);
    expect(lab.asked).toHaveLength(1);
    for (const { command } of view.actions) expect(command).toContain('in:lab');
  });

  test('a slip that is no device offers the command', async () => {
    const view = await askOne('statu');
    expect(view.actions[0]?.command).toBe('status');
  });

  test('fresh asks again, an ordinary question leaves the age to the cache', async () => {
    const { cluster, asked } = fixture();
    await ask('1001 fresh:yes', cluster);
    await ask('1001', cluster);
    expect(asked.map(({ options }) => options?.maxAgeMs)).toEqual([0, undefined]);
    expect(Object.keys(asked[1]?.options ?? {})).not.toContain('maxAgeMs');
  });

  test('what CUCM says stays text: no link, no markup', async () => {
    const hostile = '<!channel> [x](javascript:alert(1)) =cmd()';
    const view = await askOne('1001', {
      rows: [
        row({
          description: hostile,
          httpd: 'Yes',
          ipAddress: [{ ip: 'evil.example/x', ipAddrType: 'ipv4', attribute: '' }],
        }),
      ],
    });
    expect(words(view)).toContain('<!channel>');
    expect(words(view)).not.toContain('href');
  });
});

describe('down', () => {
  test('a phone that moved is not down, however late the old node noticed', async () => {
    expect(names(await askOne('down'))).not.toContain('SEPAAAAAAAAAA01');
    expect(names(await askOne('down node:cucm1'))).not.toContain('SEPAAAAAAAAAA01');
    expect(names(await askOne('find status:unreg'))).not.toContain('SEPAAAAAAAAAA01');
  });

  test('a phone whose old node noticed late is asked for once more by name, and is registered', async () => {
    const { cluster, asked } = fixture();
    const view = await ask('2001', cluster);
    expect(view.title).toBe('SEPAAAAAAAAAA01 is Registered on cucm2');
    expect(asked.map(({ query }) => query.operation)).toEqual(['selectCmDevice', 'selectCmDeviceExt']);
  });

  test.each([
    ['number', '1500', { linesStatus: [{ directoryNumber: '1500', status: 'UnRegistered' }] }],
    ['description', '"old room"', { description: 'old room' }],
  ])('a phone that moved, with another %s since, is not down for its old row', async (_what, text, old) => {
    const moved = {
      name: 'SEPAAAAAAAAAA09',
      linesStatus: [{ directoryNumber: '1600', status: 'Registered' }],
    };
    const rows = [
      row({ ...moved, node: 'cucm1', status: 'UnRegistered', timeStamp: 100, ...old }),
      row({ ...moved, node: 'cucm2', timeStamp: 200 }),
    ];
    const view = await askOne(text, { rows });
    expect(view.title).toBe('SEPAAAAAAAAAA09 is Registered on cucm2');
  });

  test('a node that did not answer makes the list doubtful, not the phones down', async () => {
    const view = await askOne('down', { blind: ['cucm2'] });
    expect(view).toMatchObject({ tone: 'warn' });
    expect(view.title).toContain('on the nodes that answered');
  });

  test('asks three statuses, and the names found once more', async () => {
    const { cluster, asked } = fixture();
    await ask('down', cluster);
    expect(asked.map(({ query }) => ('status' in query ? query.status : ''))).toEqual([
      'UnRegistered',
      'Rejected',
      'PartiallyRegistered',
      'Any',
    ]);
    expect(asked[3]?.query.operation).toBe('selectCmDeviceExt');
  });

  test('soft clients that do not run are counted apart, unless asked for', async () => {
    const view = await askOne('down');
    expect(names(view)).not.toContain('CSFJSMITH');
    expect(view.data['softClients']).toBe(1);
    expect(words(view)).toContain('1 soft client');
    expect(names(await askOne('down CSF*'))).toEqual(['CSFJSMITH']);
  });

  test('many names are confirmed in few requests', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) =>
      row({ name: `SEP${String(i).padStart(12, '0')}`, status: 'UnRegistered' }),
    );
    const { cluster, asked } = fixture({ rows });
    const view = await ask('down', cluster);
    expect(asked.length).toBe(6);
    expect(view.title).toContain('2\u00A0000 devices');
  });

  test('nothing down is good news only when everything was seen', async () => {
    expect((await askOne('down class:gateway')).tone).toBe('good');
    expect(await askOne('down class:gateway', { blind: ['cucm1'] })).toMatchObject({
      tone: 'warn',
      outcome: 'answered',
    });
  });
});

describe('finding nothing', () => {
  const known = [
    { name: 'SEP001122334456', description: 'Attic', numbers: ['7777'] },
    { name: 'SEP0011223344AB', description: 'Cellar', numbers: [] },
  ];

  test.each([
    ['SEP0000DEADBEEF', 'CUCM has no record of SEP0000DEADBEEF: mistyped, deleted or never registered'],
    ['00:00:DE:AD:BE:EF', 'CUCM has no record of SEP0000DEADBEEF: mistyped, deleted or never registered'],
    ['SEP001122334456', 'SEP001122334456 is known in prod, but has no record now'],
    ['7777', '7777 is on SEP001122334456, which is known in prod, but has no record now'],
    ['9999', 'No device in prod has the number 9999: mistyped, deleted or never registered'],
    ['999999999999', 'CUCM has no record of 999999999999, neither as a device nor as a number'],
    ['SEP99*', 'No device name in prod is like SEP99*'],
    ['10.99.0.1', 'No device in prod has the address 10.99.0.1'],
    ['10.99.0.0/24', 'No device in prod has an address in 10.99.0.0/24'],
    ['@nobody', 'No phone in prod has the user nobody'],
    ['nonsense', 'No device in prod has "nonsense" in its description'],
    ['9999 nonsense', 'CUCM has no record of 9999 or nonsense'],
  ])('%s: %s', async (text, title) => {
    const view = await askOne(text, { names: known });
    expect(view.outcome).toBe('nothing');
    expect(view.title).toContain(title);
  });

  test.each([
    ['a MAC address that lacks a digit', '0011223344A', 'this has 11', 'SEP0011223344AB'],
    ['the end of a MAC address', '3344ab', '', 'SEP0011223344AB'],
    ['a letter that looks like a digit', 'SEPO011223344AB', 'an O may be a 0', 'SEP0011223344AB'],
    ['a user who is an application', '@cucmuser', '', 'cti cucmuser'],
    ['a slip in a verb', 'sumary', '', 'summary'],
    ['nothing that comes near', 'nonsense', '', 'help'],
  ])('%s leads on', async (_claim, text, hint, command) => {
    const view = await askOne(text, { names: known });
    expect(words(view)).toContain(hint);
    expect(view.actions.map((action) => action.command)).toContain(command);
  });

  test('a node that did not answer leaves no room for advice about the device', async () => {
    const view = await askOne('SEP001122334456', { names: known, blind: ['cucm1'] });
    expect(view.title).toContain('Cannot tell');
    expect(words(view)).not.toContain('power');
  });
});

describe('what is down', () => {
  const lost = { status: 'UnRegistered', statusReason: 13 } as const;
  const rows = [
    row({ ...lost, name: 'SEP00000000000A', timeStamp: 1_000_000 }),
    row({ ...lost, name: 'SEP00000000000B', timeStamp: 1_773_323_000 }),
    row({ ...lost, name: 'CSFIDLE', description: 'Attic' }),
  ];

  test('the latest comes first', async () => {
    const view = await askOne('down', { rows });
    expect(names(view)).toEqual(['SEP00000000000B', 'SEP00000000000A']);
    expect(words(view)).toContain('in the last hour (1), more than a day ago (1)');
  });

  test.each([
    ['down', 1],
    ['down attic', 1],
    ['down 10.0.0.0/8', 1],
    ['down CSF*', 0],
    ['down name:CSF*', 0],
  ])('%s leaves %i soft clients out', async (text, left) => {
    expect((await askOne(text, { rows })).data['softClients']).toBe(left);
  });

  test('a button leads to the soft clients', async () => {
    const button = (await askOne('down', { rows })).actions.find(({ label }) => label === 'Soft clients');
    expect(names(await askOne(button?.command ?? '', { rows }))).toEqual(['CSFIDLE']);
  });

  test('a button asks why all of the page are lost', async () => {
    const button = (await askOne('down', { rows })).actions.find(({ label }) => label === 'Why');
    expect(names(await askOne(button?.command ?? '', { rows }))).toHaveLength(2);
  });
});

test('the button of a summary keeps what narrowed it', async () => {
  const [button] = (await askOne('summary class:phone node:cucm1')).actions;
  expect(button?.command).toBe('down class:phone node:cucm1');
});

describe('pages', () => {
  const rows = Array.from({ length: 25 }, (_, i) => row({ name: `SEP${String(i).padStart(12, '0')}` }));

  test.each([
    ['find *', ['find * page:2']],
    ['find * page:2', ['find * page:1', 'find * page:3']],
    ['find * page:3', ['find * page:2']],
    ['find * page:99', ['find * page:2']],
  ])('%s leads to %s', async (text, expected) => {
    const view = await askOne(text, { rows });
    expect(view.actions.map(({ command }) => command).filter((command) => command.includes('page:'))).toEqual(
      expected,
    );
    expect(view.rows?.cells).toHaveLength(25);
  });

  test('the count is true, and "at least" when the reply was cut', async () => {
    expect((await askOne('find *', { rows })).title).toBe('25 devices in prod');
    expect((await askOne('find *', { rows, complete: false })).title).toBe('At least 25 devices in prod');
    expect((await askOne('lines *', { rows, complete: false })).title).toMatch(/^At least 25 devices have/);
  });
});

describe('nothing found', () => {
  test.each([
    ['a whole reply is an answer', true, 'No devices that match in prod', 'muted'],
    ['a cut one is not', false, 'No devices that match in prod, as far as could be seen', 'warn'],
  ])('%s', async (_claim, complete, title, tone) => {
    expect(await askOne('find model:8845 name:nobody', { complete })).toMatchObject({ title, tone });
  });
});

describe('cti', () => {
  test.each([
    ['cti', 1, ['Provider']],
    ['cti cucmuser', 3, ['Provider', 'Device', 'Line']],
    ['cti SEPF01FAF38ABC2', 2, ['Device', 'Line']],
    ['cti dn:1002', 1, ['Line']],
    ['cti nobody', 0, ['Provider', 'Device', 'Line']],
  ])('%s finds %i items with %j', async (text, items, asked) => {
    const { cluster, asked: queries } = fixture();
    const view = await ask(text, cluster);
    expect(view.data['ctiItems']).toHaveLength(items);
    expect(queries.map(({ query }) => ('ctiMgrClass' in query ? query.ctiMgrClass : ''))).toEqual(asked);
  });
});

test('the fixture has a device of each kind that the tests speak of', () => {
  expect(new Set(ROWS.map(({ status }) => status))).toEqual(
    new Set(['Registered', 'UnRegistered', 'Rejected', 'Unknown']),
  );
});
