/** What a hostile server sends is read in a time that grows with its length: nothing in it is tried over and over. */
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createPseudonyms } from '../../src/doctor/pseudonyms.ts';
import { redact } from '../../src/doctor/redact.ts';
import { isBalanced } from '../../src/risport/balance.ts';
import { createDecoder, parseSoap } from '../../src/risport/decode.ts';
import { decodeEntities } from '../../src/risport/entities.ts';
import { faultError } from '../../src/risport/soap-fault.ts';
import { expectLinear } from '../growth.ts';
import { deviceReply, deviceRow, envelope, escaped, fault, PHONE } from './reply-xml.ts';

const fill = (unit: string, size: number) => unit.repeat(Math.ceil(size / unit.length));
/** Texts of about that many characters; some are XML, most are not. */
const SHAPES: Readonly<Record<string, (size: number) => string>> = {
  'a long name before another tag': (n) => `<${fill('a', n)}<b>`,
  'a long name and the end': (n) => `<${fill('a', n)}`,
  'a long name that closes': (n) => `<${fill('a', n)}></${fill('a', n)}>`,
  'a long name that another one closes': (n) => `<${fill('a', n)}></${fill('a', n)}b>`,
  'a long closing name': (n) => `</${fill('a', n)}<`,
  'names that only begin': (n) => fill('<a', n),
  'names with a blank': (n) => fill('<a ', n),
  'names with a slash': (n) => fill('<a/', n),
  'signs of a tag alone': (n) => fill('<', n),
  'ends of tags alone': (n) => fill('>', n),
  'a quote that is never closed': (n) => `<a b="${fill('x', n)}`,
  'quotes that are never closed': (n) => fill('<a b="', n),
  'single quotes that are never closed': (n) => fill("<a b='", n),
  'quotes in turns': (n) => `<a ${fill(`"'`, n)}>`,
  'quotes around nothing': (n) => `<a ${fill('""', n)}></a>`,
  'attributes with values': (n) => `<a ${fill('b="c" ', n)}/>`,
  'attributes with names of their own': (n) =>
    `<a ${Array.from({ length: Math.ceil(n / 13) }, (_, at) => `b${100_000 + at}="c" `).join('')}/>`,
  'attributes without values': (n) => `<a ${fill('b ', n)}/>`,
  'an attribute without a value': (n) => `<a ${fill('b', n)}/>`,
  'equals signs': (n) => `<a ${fill('=', n)}/>`,
  'equals signs after names': (n) => `<a ${fill('b=', n)}/>`,
  'slashes in a tag': (n) => `<a${fill('/', n)}>`,
  'blanks in a tag': (n) => `<a${fill(' ', n)}></a${fill(' ', n)}>`,
  'blanks in a tag that does not end': (n) => `<a b${fill(' ', n)}<`,
  'blanks between tags': (n) => `<a>${fill(' \n\t', n)}</a>`,
  'blanks before a letter': (n) => `<a>${fill(' ', n)}x!</a>`,
  'blanks before a sign': (n) => `${fill(' ', n)}x!`,
  'line ends': (n) => `<a>${fill('\r\n', n)}</a>`,
  'line separators': (n) => `<a>${fill('\u2028', n)}</a>`,
  'signs of references': (n) => `<a>${fill('&', n)}</a>`,
  references: (n) => `<a>${fill('&amp;', n)}</a>`,
  'references that do not end': (n) => `<a>${fill('&#1', n)}</a>`,
  'a reference that does not end': (n) => `<a>&#${fill('1', n)}</a>`,
  'openings of comments': (n) => fill('<!--', n),
  comments: (n) => `<a>${fill('<!--b-->', n)}</a>`,
  'a comment of dashes': (n) => `<a><!--${fill('-', n)}--></a>`,
  'openings of CDATA': (n) => fill('<![CDATA[', n),
  CDATA: (n) => `<a>${fill('<![CDATA[b]]>', n)}</a>`,
  'CDATA of brackets': (n) => `<a><![CDATA[${fill(']', n)}]]></a>`,
  'openings of instructions': (n) => fill('<?', n),
  instructions: (n) => `<a>${fill('<?b c?>', n)}</a>`,
  'elements in elements': (n) => fill('<a>', n),
  'elements side by side': (n) => `<a>${fill('<b/>', n)}</a>`,
  'elements with text': (n) => `<a>${fill('<b>c</b>', n)}</a>`,
  'rows that only begin': (n) => fill('<item>', n),
  'rows in rows': (n) => fill('<item><item>x</item>', n),
  'ends of elements': (n) => fill('</a>', n),
  'nodes of a state': (n) => `<StateInfo>${fill('<Node Name="x"/>', n)}</StateInfo>`,
  'nodes of a state that do not end': (n) => fill('<Node ', n),
  prefixes: (n) => `<${fill('a:', n)}b/>`,
  'words of a throttle': (n) => fill('is ', n),
  'words of a throttle far apart': (n) => `is${fill(' ', n)}1${fill(' ', n)}x`,
};

const decoded = (body: string) =>
  createDecoder({ clock: systemClock })
    .decode(body, { contentType: 'text/xml' })
    .catch(() => null);
const row = { element: 'row', depth: 1 };

/** Where such a text may stand, and who reads it there. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'around the rows': (text) => decoded(envelope(text)),
  'in a row': (text) => decoded(deviceReply([{ name: 'cucm1', rows: [`<ns1:item>${text}</ns1:item>`] }])),
  'in place of a reply': (text) => decoded(text),
  'in StateInfo': (text) =>
    decoded(deviceReply([{ name: 'cucm1', rows: [deviceRow(PHONE)] }], { stateInfo: text })),
  'in the words of a fault': (text) => decoded(fault('soapenv:Server', text)),
  'in a reply of AXL': (text) =>
    parseSoap(envelope(`<row>${text}</row>`), { clock: systemClock, row }).catch(() => null),
  'in a recording': (text) => redact(envelope(text), createPseudonyms()),
  'in the status of a recording': (text) => redact(`<Status>${text}</Status>`, createPseudonyms()),
  'in the StateInfo of a recording': (text) =>
    redact(
      `<StateInfo><![CDATA[${text}]]></StateInfo><StateInfo>${escaped(text)}</StateInfo>`,
      createPseudonyms(),
    ),
};

describe.each(Object.entries(READERS))('%s', (_where, read) => {
  test.each(Object.entries(SHAPES))(
    '%s takes a time that grows with its length',
    async (_what, shape) => {
      await expectLinear((size) => read(shape(size)));
    },
    60_000,
  );
});

describe.each([
  ['tags', isBalanced],
  [
    'references',
    (text: string) => {
      try {
        return decodeEntities(text);
      } catch {
        return null;
      }
    },
  ],
  ['faults', (text: string) => faultError({ code: text, text }, 500)],
] as const)('looking for %s', (_what, look) => {
  test.each(Object.entries(SHAPES))(
    'in %s takes a time that grows with its length',
    async (_name, shape) => {
      await expectLinear((size) => look(shape(size)));
    },
    60_000,
  );
});

/** Documents of all that MARKUP knows, with names and quotes that are easily taken for one another. */
const name = fc.constantFrom('a', 'b', 'ab', 'ns1:a', 'a-b', 'ä');
const words = fc.constantFrom('', ' ', 'x', '&amp;', '=', '/', "'", '"', 'x="y"', ' a="1" ', '\n');
const attribute = fc
  .tuple(name, fc.constantFrom('"', "'"), fc.constantFrom('', '/', '>', 'x', ' '))
  .map(([key, quote, value]) => ` ${key}=${quote}${value}${quote}`);
const document = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      name,
      fc.uniqueArray(attribute, { maxLength: 3, selector: (one) => one.split('=')[0] }),
      fc.array(
        fc.oneof(
          { depthSize: 'small' },
          words,
          fc.constantFrom('<!-- <b> -->', '<![CDATA[<b>]]>', '<?b c?>', '<b/>', '<b />'),
          tie('element'),
        ),
        { maxLength: 4 },
      ),
    )
    .map(([tag, attributes, inner]) => `<${tag}${attributes.join('')}>${inner.join('')}</${tag}>`),
})).element;

test('whatever the validator of the parser takes has tags that match', () => {
  fc.assert(
    fc.property(document, (xml) => {
      expect([xml, XMLValidator.validate(xml)]).toEqual([xml, true]);
      expect(isBalanced(xml)).toBe(true);
      expect(() => new XMLParser().parse(xml)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

test('a document with a tag more, or half of one, has not', () => {
  fc.assert(
    fc.property(document, fc.constantFrom('<q>', '</q>', '<', '<a '), (xml, extra) => {
      expect([isBalanced(`<r>${extra}${xml}</r>`), isBalanced(`<r>${xml}${extra}</r>`)]).toEqual([
        false,
        false,
      ]);
    }),
    { numRuns: 500 },
  );
});
