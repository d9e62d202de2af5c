import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_SUBJECTS, readArguments } from '../../src/command/arguments.ts';
import { VERB_WORDS, type VerbGrammar } from '../../src/command/grammar.ts';
import { type Command, parse } from '../../src/command/parse.ts';
import { clean, MAX_TEXT } from '../../src/command/text.ts';
import { tokenize } from '../../src/command/tokens.ts';
import { misreadView } from '../../src/view/misread.ts';

function verbNamed(name: string): VerbGrammar {
  const verb = VERB_WORDS.get(name);
  if (verb === undefined) throw new Error(`no verb ${name}`);
  return verb;
}

function command(text: string): Command {
  const read = parse(text);
  if (read.type !== 'command') throw new Error(`misread: ${JSON.stringify(read)}`);
  return read.command;
}

function reading(text: string): string {
  const { verb, subjects, filters } = command(text);
  const narrowed = filters.map(({ field, values, not }) => `${field}:${not ? '!' : ''}${values.join(',')}`);
  return [verb, ...subjects.map(({ readAs }) => readAs.replace(/^.* → /, '')), ...narrowed].join(' | ');
}

describe('sentences', () => {
  test.each([
    ['a sticker alone is a card', '00 11 22 33 44 55', 'device | SEP001122334455'],
    [
      'the reading of a sticker beside an extension',
      '00:11:22:33:44:55 1002',
      'device | SEP001122334455 | 1002',
    ],
    ['seven pairs are no MAC', '00 11 22 33 44 55 66', 'device | 00 | 11 | 22 | 33 | 44 | 55 | 66'],
    ['words side by side are one description', 'front desk', 'device | front desk'],
    ['cells are not', 'front desk\tlobby', 'device | front desk | lobby'],
    ['a desk number belongs to the desk', 'desk 61', 'device | desk 61'],
    ['so does a room in the middle', 'LON 3F desk 14', 'device | LON 3F desk 14'],
    ['an extension does not', 'lobby 6961', 'device | lobby | 6961'],
    ['a short number alone is one', '61 desk', 'device | 61 | desk'],
    ['a short number in its own cell, too', 'desk\t61', 'device | 61'],
    ['words around a number say nothing', 'who is on ext 2005?', 'device | 2005'],
    ['nor do those around a name', 'where is SEP001122334455', 'device | SEP001122334455'],
    ['SEP apart from its MAC', 'SEP 001122AABBCC', 'device | SEP001122AABBCC'],
    ['two numbers and a word between', '1002 and 6961', 'device | 1002 | 6961'],
    ['the same words are a description', 'my phone', 'device | my phone'],
    ['a pasted row is one device', 'why SEP001122334455\t1001\tLobby', 'why | SEP001122334455'],
    [
      'what is down can be exported',
      'export down',
      'export | status:UnRegistered,Rejected,PartiallyRegistered',
    ],
    ['quotes keep spaces and commas', 'desc:"a, b" "c d"', 'device | a, b | c d'],
    ['typographic quotes do, too', '“front desk”', 'device | front desk'],
    ['an apostrophe is no quote', "John's phone", "device | John's phone"],
    ['single quotes are quotes', "'front desk' 1002", 'device | front desk | 1002'],
    ['a quote left open ends with its line', '"front desk\n1002', 'device | front desk | 1002'],
    ['a forced reading alone is a card', 'dn:1002', 'device | 1002'],
    ['several values of a forced reading', 'dn:1002,1003', 'device | 1002 | 1003'],
    ['a filter without a verb is a search', 'status:unreg', 'find | status:UnRegistered'],
    ['a subject with a filter is a search', 'LON* status:unreg', 'find | LON* | status:UnRegistered'],
    ['a negated reading is a search', 'dn:!1002', 'find | dn:!1002'],
    [
      'the same field is a filter after a verb that lists',
      'find dn:10* node:cucm2',
      'find | dn:10* | node:cucm2',
    ],
    ['a typed subject narrows, too', 'down LON*', 'down | LON*'],
    ['a word after a class', 'gateways cucm2', 'gateways | cucm2'],
    ['a class in plain words', 'down phones', 'down | class:Phone'],
    ['status values from their beginning', 'find status:unreg,rej', 'find | status:UnRegistered,Rejected'],
    [
      'status: down is three statuses',
      'find status:down',
      'find | status:UnRegistered,Rejected,PartiallyRegistered',
    ],
    ['any status is no filter', 'find status:any class:phone', 'find | class:Phone'],
    ['fields in capitals', 'FIND CLASS:PHONE', 'find | class:Phone'],
    ['models by name', 'find model:8845', 'find | model:36224'],
    ['a model is not its variants', 'find model:8851', 'find | model:684'],
    ['a star takes the variants', 'find model:8851*', 'find | model:684,36232,36338'],
    ['models by number', 'find model:36224', 'find | model:36224'],
    ['models nobody knows yet', 'find model:99999', 'find | model:99999'],
    ['a space after the colon', 'find node: cucm2', 'find | node:cucm2'],
    ['a space after the comma', 'find node:cucm1, cucm2', 'find | node:cucm1,cucm2'],
    ['not', 'find node:!cucm2', 'find | node:!cucm2'],
    ['not, in a list', 'find node:a,!b', 'find | node:a | node:!b'],
    ['not, in front', 'find !node:a', 'find | node:!a'],
    ['an alias of a field', 'find ext:1002', 'find | dn:1002'],
    ['mac: as a filter is a name', 'find mac:00:11:22:33:44:55', 'find | name:SEP001122334455'],
    ['a question in plain words', 'why is the phone 1002 down?', 'why | 1002'],
    ['a slash in front', '/down', 'down'],
    ['the slash command itself', '/ris down', 'down'],
    ['who asks in a sentence', 'who is on ext 2005', 'device | 2005'],
    ['a list of addresses', '192.168.168.186, 192.168.100.101', 'device | 192.168.168.186 | 192.168.100.101'],
    ['a watch of an address', 'watch 192.168.168.186:5060', 'watch | 192.168.168.186'],
    ['a mute of an address', 'mute http://192.168.168.186/', 'mute | 192.168.168.186'],
    ['an address as a filter', 'find ip:192.168.168.186:80 node:a', 'find | ip:192.168.168.186 | node:a'],
    ['a pasted row with an address', '192.168.168.186\tLobby', 'device | 192.168.168.186'],
    ['an IPv6 address in a sentence', 'why is fd00::5, fd00::6?', 'why | fd00::5 | fd00::6'],
    ['an IPv6 address has colons and no field', 'fe80::1', 'device | fe80::1'],
    ['a MAC of letters has colons and no field', 'ab:cd:ef:ab:cd:ef', 'device | SEPABCDEFABCDEF'],
    ['an e-mail address', 'j@example.com', 'device | j@example.com'],
    ['nothing', '', 'help'],
    ['a greeting', 'Hello!', 'help'],
    ['a habit of the shell', '--help', 'help'],
    ['a question mark', '?', 'help'],
    ['spaces', ' \n\t', 'help'],
    [
      'a column of a spreadsheet',
      '1001\n1002\r\n1003;1004,1005\t1006',
      'device | 1001 | 1002 | 1003 | 1004 | 1005 | 1006',
    ],
    ['repeats count once', '1001 1001 1001', 'device | 1001'],
    ['a name typed like a first name of a verb', 'maria', 'device | maria'],
    ['the status of a device', 'status 1002', 'device | 1002'],
    ['hidden characters', 'SEP\u200B0011\u202E22334455', 'device | SEP001122334455'],
    ['full-width digits', '１００２', 'device | 1002'],
    ['a number as on a card', '+44 20 7946 0958', 'device | +442079460958'],
    ['a number with the zero of home', '+44 (0)20 7946 0958', 'device | +442079460958'],
    ['the same without a space', '+44(0)2079460958', 'device | +442079460958'],
    ['a number of North America', '+1 (408) 555-1234', 'device | +14085551234'],
    ['the same without its country', '(408) 555-1234', 'device | 4085551234'],
    ['the same in one word', '(408)555-1234', 'device | 4085551234'],
    ['the same with a one', '1 (408) 555-1234', 'device | 14085551234'],
    ['the same with dashes', '408-555-1234', 'device | 4085551234'],
    ['the same with dots', '+1.408.555.1234', 'device | +14085551234'],
    ['the same with spaces and dashes', '+1 408-555-1234', 'device | +14085551234'],
    ['the same with spaces', '408 555 1234', 'device | 4085551234'],
    ['dashes of a text processor', '(408) 555 \u2013 1234', 'device | 4085551234'],
    ['dashes and spaces that do not break', '+1\u00A0408\u2011555\u20111234', 'device | +14085551234'],
    ['full-width digits in groups', '＋１　（４０８）　５５５－１２３４', 'device | +14085551234'],
    ['a number as a card of risbot shows it', '\\+14085551234', 'device | +14085551234'],
    ['the same after a verb', 'lines \\+14085551234', 'lines | +14085551234'],
    ['the start of such numbers', '\\+1408*', 'device | +1408*'],
    ['the same in groups', '+1 408 555*', 'device | +1408555*'],
    ['a number as a link', 'tel:+1-408-555-1234', 'device | +14085551234'],
    ['a number by its field', 'dn:(408) 555-1234', 'device | 4085551234'],
    ['a number as a filter', 'find dn:+1 408 555 1234 node:a', 'find | dn:+14085551234 | node:a'],
    ['a number in quotes', '"(408) 555-1234"', 'device | 4085551234'],
    ['a number in a question', 'why is +1 (408) 555-1234 down?', 'why | +14085551234'],
    ['pairs as in France', '01 23 45 67 89, +33 1 23 45 67 89', 'device | 0123456789 | +33123456789'],
    ['a number and its extension', '+1 408 555 1234 1002', 'device | +14085551234 | 1002'],
    ['another', '+44 20 7946 0958 1002', 'device | +442079460958 | 1002'],
    ['a number in one piece and an extension', '+4681234567 1002', 'device | +4681234567 | 1002'],
    ['a list of numbers', '(408) 555-1234 (408) 555-1235', 'device | 4085551234 | 4085551235'],
    ['lines of numbers', '+1 408 555 1234\n+1 408 555 1235', 'device | +14085551234 | +14085551235'],
    ['a list of extensions', '1001 1002', 'device | 1001 | 1002'],
    ['three extensions', '1002 1001 1003', 'device | 1002 | 1001 | 1003'],
    ['extensions of several lengths', '201 202 2001 2002', 'device | 201 | 202 | 2001 | 2002'],
    ['extensions in brackets', '(1002) 1003', 'device | 1002 | 1003'],
    ['a short number in brackets', '(408) 1002', 'device | 408 | 1002'],
    [
      'a MAC with dashes beside a number',
      '00-11-22-33-44-55 408-555-1234',
      'device | SEP001122334455 | 4085551234',
    ],
    ['a watch of a number', 'watch +1 (408) 555-1234 grace:5m', 'watch | +14085551234'],
    ['a pasted row with a number', '(408) 555-1234\tFront desk', 'device | 4085551234'],
  ])('%s', (_claim, text, expected) => {
    expect(reading(text)).toBe(expected);
  });

  test('what steers the answer is no part of what buttons repeat', () => {
    expect(command('find in:lab class:phone page:2 fresh:yes')).toMatchObject({
      cluster: 'lab',
      page: 2,
      fresh: true,
      base: 'find in:lab class:phone',
    });
  });

  test('help, model and reason take their words as they are, and a page', () => {
    expect(command('model webex desk page:2')).toMatchObject({
      verb: 'model',
      words: ['webex', 'desk'],
      page: 2,
    });
    expect(command('model webex desk page:2').base).toBe('model webex desk');
  });
});

describe('signs', () => {
  test.each([
    ['a line of a list', '- 1002', 'device | 1002'],
    ['another', '\u2022 1002', 'device | 1002'],
    ['a list', '- 1002\n- 1001', 'device | 1002 | 1001'],
    ['a numbered list', '1. 1002\n2. 1001', 'device | 1002 | 1001'],
    ['a bullet without a space', '\u20221002\n\u2013lobby', 'device | 1002 | lobby'],
    ['a quotation', '> 1002', 'device | 1002'],
    ['and', '1002 & 1001', 'device | 1002 | 1001'],
    ['and, between what looks like a number', '408 & 555 & 1234', 'device | 408 | 555 | 1234'],
    ['signs in every place', '~ 1002 + 1001 = ; ^ |', 'device | 1002 | 1001'],
    ['an emoji', '\u{1F440} 1002', 'device | 1002'],
    ['an emoji of letters', ':eyes: 1002 :+1::skin-tone-3:', 'device | 1002'],
    ['an emoji beside a word', '\u{1F4DE}1002 lobby\u{1F44D}\u{1F3FD}', 'device | 1002 | lobby'],
    ['an emoji of letters beside a word', ':phone:1002 1001:eyes:', 'device | 1002 | 1001'],
    ['a flag and a keycap', '\u{1F1EC}\u{1F1E7} 1\uFE0F\u20E3 1002', 'device | 1002'],
    ['an emoji inside a description', 'front :eyes: desk', 'device | front desk'],
    ['a sign inside a description', 'LON - Reception', 'device | LON - Reception'],
    ['a sign beside a description', '- LON & 1002', 'device | LON | 1002'],
    ['letters of another script', '\u6771\u4EAC', 'device | \u6771\u4EAC'],
    ['an order in a list', 'mute - 1002', 'mute | 1002'],
    ['a list in a field', 'dn:1002,-,1003', 'device | 1002 | 1003'],
    ['a sign in a reason', 'mute 1002 why:upgrade - again', 'mute | 1002'],
    ['a star beside a number', '1002 *', 'device | 1002'],
    ['a star beside a filter', 'class:phone *', 'find | class:Phone'],
    ['digits with a star', '*4455', 'device | *4455'],
    ['the start of names', 'SEP*', 'device | SEP*'],
    ['a star after a verb that lists', 'find *', 'find | *'],
    ['all of the room', 'unwatch *', 'unwatch | class:Phone'],
    ['signs alone', '- \u2022 :', 'help'],
    ['an emoji alone', ':eyes:', 'help'],
    ['another alone', '\u{1F44D}', 'help'],
  ])('%s names nothing that was not meant: %s', (_claim, text, expected) => {
    expect(reading(text)).toBe(expected);
  });

  test.each([
    ['*', 'device'],
    ['**', 'device'],
    ['***', 'device'],
    ['"*"', 'device'],
    ['* *', 'device'],
    ['\uFF0A', 'device'],
    ['- *', 'device'],
    ['please *', 'device'],
    ['hey risbot, *', 'device'],
    ['name:*', 'device'],
    ['desc:**', 'device'],
    ['node:*', 'find'],
    ['export *', 'export'],
    ['export name:*', 'export'],
    ['watch *', 'watch'],
    ['watch * grace:5m', 'watch'],
    ['watch name:*', 'watch'],
    ['watch class:*', 'watch'],
    ['mute *', 'mute'],
    ['mute desc:* for:1h', 'mute'],
  ])('%s is no order for every device', (text, verb) => {
    const read = parse(`${text} in:lab`);
    expect(read).toMatchObject({ type: 'misread', reason: { type: 'everything', verb, where: ' in:lab' } });
    const { actions, title } = misreadView(read as Extract<typeof read, { type: 'misread' }>);
    const offered = actions.map((action) => ('command' in action ? action.command : ''));
    expect(offered).toEqual(expect.arrayContaining(['summary in:lab', 'watch all phones in:lab']));
    expect(title).toMatch(/^Nothing was /);
  });

  test('a bullet or a polite word in front changes nothing', () => {
    const front = fc.constantFrom(
      '- ',
      '\u2022 ',
      '> ',
      ': ',
      '\u{1F44D} ',
      ':wave: ',
      'please ',
      'hey, ',
      'Could you please ',
    );
    const said = fc.constantFrom(
      '1002',
      'watch 1002',
      'mute 1002 for:1h',
      'unwatch 3',
      'down',
      'why SEP001122334455',
    );
    fc.assert(
      fc.property(fc.array(front, { maxLength: 3 }), said, (fronts, text) => {
        expect(reading(`${fronts.join('')}${text}`)).toBe(reading(text));
      }),
    );
  });
});

describe('a verb behind other words', () => {
  test.each([
    ['please watch 1002', 'watch | 1002'],
    ['hey watch 1002', 'watch | 1002'],
    ['Hi, could you please mute 1002 for:1h?', 'mute | 1002'],
    [': watch 1002', 'watch | 1002'],
    ['risbot: watch 1002', 'watch | 1002'],
    ['@risbot, please unwatch 3', 'unwatch | 3'],
    ['can you unmute 3', 'unmute | 3'],
    ['good morning risbot, watch 1002 thanks', 'watch | 1002'],
    ['please help', 'help'],
    ['thank you!', 'help'],
    ['hello there', 'help'],
    ['hello 1002', 'device | 1002'],
    ['hey 1002', 'device | 1002'],
    ['Reminder: @risbot down.', 'down'],
    ['FYI down', 'down'],
    ['@channel @risbot down', 'down'],
    ['check these:\n1002\n1003', 'device | 1002 | 1003'],
    ['phones:\n1002', 'device | 1002'],
    ['watch these: 1002', 'watch | 1002'],
    ['colour: red', 'device | colour red'],
    ['ok corral', 'device | ok corral'],
    ['find watch', 'find | watch'],
    ['find lobby watch tower', 'find | lobby watch tower'],
    ['desc:"please watch"', 'device | please watch'],
    ['"please watch" lobby', 'device | please watch | lobby'],
    ['why 1002', 'why | 1002'],
  ])('%s', (text, expected) => {
    expect(reading(text)).toBe(expected);
    expect(command(text)).toMatchObject({ offer: null });
    expect(command(text).notes.join()).not.toContain('Nothing was');
  });

  test.each([
    ['I would like to watch 1002', 'device', 'watch 1002', 'Nothing was watched'],
    ['1002 watch', 'device', 'watch 1002', 'Nothing was watched'],
    ["don't watch 1002", 'device', 'watch 1002', 'Nothing was watched'],
    ['reminder: watch 1002', 'device', 'watch 1002', 'Nothing was watched'],
    ['show 1002 and watch it', 'device', 'watch 1002', 'Nothing was watched'],
    ['find 1002 and mute it', 'find', 'mute 1002', 'Nothing was muted'],
    ['lobby watch tower', 'device', null, 'Nothing was watched'],
    ['somebody ack #12', 'device', 'ack #12', 'Nothing was acknowledged'],
    ['we should unmute 3', 'device', 'unmute 3', 'No mute was ended'],
    ['you can unwatch 1002', 'device', 'unwatch 1002', 'No watch was ended'],
  ])('%s does nothing, and says so', (text, verb, offer, note) => {
    const read = command(text);
    expect(read).toMatchObject({ verb, offer });
    expect(read.notes.join()).toContain(note);
    if (offer !== null) expect(parse(offer)).toMatchObject({ type: 'command' });
  });
});

describe('misreads', () => {
  test.each([
    ['two orders', 'watch 1002\nmute 1003', 'two-orders', null],
    ['a slip in the verb', 'donw node:cucm2', 'near-verb', 'down node:cucm2'],
    ['a slip before a device', 'wyh 1002', 'near-verb', 'why 1002'],
    ['a slip alone', 'statsu', 'near-verb', 'status'],
    ['a slip in the field', 'find stauts:unreg', 'unknown-field', 'find status:unreg'],
    ['an unknown field', 'find colour:red', 'unknown-field', null],
    ['a field without a value', 'find node:', 'no-value', null],
    ['a status nobody has', 'find status:regestered', 'bad-value', 'find status:registered'],
    ['a model nobody makes', 'find model:toaster', 'bad-value', null],
    ['an address that is none', 'ip:lobby', 'bad-value', null],
    ['a page that is none', 'find class:phone page:0', 'bad-value', null],
    ['why of nothing', 'why', 'no-subject', null],
    ['a filter where a device belongs', 'why node:cucm2', 'filter-not-here', 'find node:cucm2'],
    ['watch of nothing', 'watch', 'no-subject', null],
    ['watch of a filler', 'watch site', 'no-subject', null],
    ['unwatch of nothing', 'unwatch', 'no-subject', null],
    ['a length of time that is none', 'watch SEP001122334455 grace:5 parsecs', 'bad-value', null],
    ['a grace beyond a day', 'watch SEP001122334455 grace:25h', 'bad-value', null],
    ['a mute until it is back', 'mute until:back', 'bad-value', null],
    ['an option without a value', 'mute for:', 'no-value', null],
    ['an option of another verb', 'find phones grace:5m', 'option-not-here', null],
    ['an option of another order', 'mute SEP001122334455 dm:yes', 'option-not-here', null],
    ['a watch of those that are down', 'watch status:unreg node:cucm2', 'not-watchable', 'watch node:cucm2'],
    ['the same in plain words', 'watch offline phones', 'not-watchable', 'watch all phones'],
    ['a slip in a filter of a watch', 'watch desk:lobby', 'unknown-field', 'watch desc:lobby'],
    ['find of nothing', 'find', 'no-subject', null],
  ])('%s', (_claim, text, type, suggestion) => {
    const read = parse(text);
    expect(read).toMatchObject({ type: 'misread', suggestion, reason: { type } });
  });

  test.each(['donw node:cucm2', 'why', 'find stauts:unreg', 'why node:cucm2', 'statsu', 'find node:'])(
    'the suggestion and the example after "%s" are read',
    (text) => {
      const read = parse(text);
      if (read.type !== 'misread') throw new Error('not misread');
      expect(parse(read.example).type).toBe('command');
      if (read.suggestion !== null) expect(parse(read.suggestion).type).toBe('command');
    },
  );

  test('a misread says what was understood', () => {
    expect(parse('down SEP* node:cucm2 status:bogus')).toMatchObject({ understood: 'down, node:cucm2' });
  });
});

describe('any text', () => {
  test('five hundred pasted names are read, more are said to be too many', () => {
    const names = Array.from({ length: 600 }, (_, i) => `SEP${String(i).padStart(12, 'A')}`);
    const read = command(names.join('\n'));
    expect(read.subjects).toHaveLength(MAX_SUBJECTS);
    expect(read.notes.join()).toContain('600');
  });

  test.each([
    ['one word', 'x'.repeat(100_000)],
    ['stars', '*'.repeat(100_000)],
    ['quotes', '"'.repeat(100_000)],
    ['apostrophes', " 'a".repeat(33_000)],
    ['colons', 'a:'.repeat(50_000)],
    ['commas', `dn:${','.repeat(100_000)}`],
    ['pairs', '00 '.repeat(33_000)],
    ['numbers', '+1 22 '.repeat(16_000)],
    ['names', 'SEP001122334455\n'.repeat(6_000)],
    ['line ends', '\n'.repeat(100_000)],
    ['reasons', `mute ${'why:a '.repeat(16_000)}`],
    ['numbers of incidents', `mute ${'#1 '.repeat(33_000)}`],
  ])('100 kB of %s are read at once', (_claim, text) => {
    // The processor's time, since the machine may be busy with other tests; what is quadratic takes minutes.
    const before = process.cpuUsage();
    const read = parse(text);
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
    if (read.type === 'command' && read.command.verb !== 'help') {
      expect(read.command.text.length).toBeLessThanOrEqual(MAX_TEXT);
      expect(read.command.notes.join()).toContain('20000');
    }
  });

  test.each([
    ['the same word', () => 'x'],
    ['words', (i: number) => `x${i.toString(36).replace(/\d/g, 'z')}`],
    ['numbers', (i: number) => String(10_000 + i)],
    ['addresses', (i: number) => `10.4.${i % 256}.${i >> 8}`],
    ['names', (i: number) => `a:${i}`],
    ['signs', () => '-'],
    ['words and signs', () => 'a -'],
    ['emoji', () => ':eyes:'],
    ['brackets', () => '(1'],
    ['colons', () => 'fe80:'],
    ['quotes', () => '"x'],
    ['marks', () => '?!.x'],
    ['thanks', () => '!!!thanks x'],
    ['polite words', () => 'please'],
    ['orders', () => 'watch x'],
  ])('forty messages of 20 000 characters of %s delay nobody', (_claim, word) => {
    const spent = (length: number) => {
      let text = '';
      for (let i = 0; text.length < length; i += 1) text += `${word(i)},`;
      const before = process.cpuUsage();
      for (let i = 0; i < 10; i += 1) parse(text.slice(0, length));
      return process.cpuUsage(before).user / 10;
    };
    spent(5_000);
    const half = Math.max(spent(10_000), 4_000);
    const whole = spent(20_000);
    expect(whole / half).toBeLessThan(4);
    expect(whole * 40).toBeLessThan(5_000_000);
  });

  test('what is beyond the cap is not even looked at', () => {
    const tokens = tokenize(Array.from({ length: 5_000 }, (_, i) => `1${i}`).join(' '));
    let read = 0;
    const watched = tokens.map((token) => ({
      ...token,
      get pieces() {
        read += 1;
        return token.pieces;
      },
    }));
    const { type, draft } = readArguments(verbNamed('find'), watched);
    expect(type).toBe('read');
    expect(draft.subjects).toHaveLength(MAX_SUBJECTS);
    expect(draft.notes).toEqual([
      `Only the first ${MAX_SUBJECTS} of 5000 were read: send the rest in another message.`,
    ]);
    // Once for its spoken meaning, and once more when its turn came.
    expect(read).toBeLessThan(5_000 + 2 * MAX_SUBJECTS);
  });

  test('never throws, and never takes long', () => {
    const words = fc.constantFrom(
      'down',
      'find',
      'why',
      'watch',
      'mute',
      'grace:',
      'until:5',
      'why:',
      'dm',
      '#12',
      'node:',
      'status:!',
      '"',
      "'",
      ',',
      ';',
      '\n',
      '*',
      '!',
      'in:',
      ':',
      '00 11',
    );
    const text = fc
      .array(fc.oneof(words, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })))
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, (typed) => {
        expect(['command', 'misread']).toContain(parse(typed).type);
      }),
      { numRuns: 500 },
    );
  });

  test('a number is the same number, however it is written', () => {
    const gap = fc.constantFrom(' ', '-', '.', '', '\u00A0', '\u2011', ' - ');
    const digits = fc.stringMatching(/^[2-9]\d{9}$/);
    const international = fc.stringMatching(/^[2-9]\d{6,10}$/);
    const inGroups = (number: string, gaps: readonly string[]) =>
      [...number].map((digit, i) => `${i === 0 ? '' : (gaps[i - 1] ?? '')}${digit}`).join('');
    fc.assert(
      fc.property(international, fc.array(gap, { minLength: 11, maxLength: 11 }), (number, gaps) => {
        expect(reading(`+${inGroups(number, gaps)}`)).toBe(`device | +${number}`);
      }),
    );
    fc.assert(
      fc.property(
        digits,
        gap,
        gap,
        fc.constantFrom('', '1 ', '1-', '+1 ', '+1-'),
        (number, a, b, country) => {
          const parts = [number.slice(0, 3), number.slice(3, 6), number.slice(6)];
          const typed = `${country}(${parts[0]})${a}${parts[1]}${b}${parts[2]}`;
          expect(reading(typed)).toBe(`device | ${country.replace(/[ -]/, '')}${number}`);
        },
      ),
    );
  });

  test('what a button repeats is read like what was typed', () => {
    const word = fc.constantFrom(
      'SEP001122334455',
      '1002',
      'lobby',
      '"a b"',
      'LON*',
      '10.1.2.3',
      'desc:"x, y"',
      '@jo',
    );
    const gap = fc.constantFrom(' ', ', ', '\n', '\t');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 8 }), (parts) => {
        const typed = command(parts.flat().join(''));
        expect(command(`${typed.base} page:2`).subjects).toEqual(typed.subjects);
        expect(command(typed.base).base).toBe(typed.base);
      }),
    );
  });

  test('cleaning twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const once = clean(typed).text;
        expect(clean(once).text).toBe(once);
        expect(once).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]|(?![\n\t])\p{Cc}/u);
      }),
    );
  });
});
