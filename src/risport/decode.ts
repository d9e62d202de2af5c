/**
 * SOAP replies into values. The only XML parser of risbot. A reply is scanned once for its rows; what is left around them
 * is parsed whole, and of the rows those not seen before. Nothing here holds the event loop for long: the work gives way
 * after every row, and the clock says when others go first.
 */
import { XMLParser } from 'fast-xml-parser';
import type { Clock } from '../clock.ts';
import { isBalanced } from './balance.ts';
import { toUtf8 } from './charset.ts';
import { type Content, child, firstElement, optionalChild, text, word } from './element.ts';
import { decodeEntities } from './entities.ts';
import { RisPortError } from './fault.ts';
import { paced } from './pace.ts';
import { createRememberedRows } from './remembered.ts';
import { type DecodedReply, type Envelope, type Memory, type Reader, readReply } from './reply.ts';
import { type RowShape, scanRows } from './scan.ts';
import { faultError } from './soap-fault.ts';

/** What the reply came with. */
export interface ReplyContext {
  readonly contentType?: string;
  /** HTTP status, for the errors. */
  readonly status?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Decoder {
  /** Throws RisPortError `not-soap`, `malformed`, `fault` or `throttled`, or the signal's reason. */
  decode(body: Uint8Array | string, context?: ReplyContext): Promise<DecodedReply>;
}

export interface DecoderOptions {
  readonly clock: Clock;
  /** Rows kept to be recognised again. Default 60 000. */
  readonly rememberRows?: number;
  /** Milliseconds of work before others may go first. Default 4. */
  readonly sliceMs?: number;
}

/** The element in a SOAP body, and apart from it the contents of the rows that were asked for. */
export interface SoapAnswer {
  readonly name: string;
  readonly content: Content;
  readonly rows: readonly Content[];
}

const REMEMBERED_ROWS = 60_000;
const DEEPEST_NESTING = 32;
const OPENING_BYTES = 200;
/** Rows are items of nodes, which are items themselves. */
const RISPORT_ROW: RowShape = { element: 'item', depth: 2 };

const SETTINGS = {
  preserveOrder: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: DEEPEST_NESTING,
  jPath: false,
  // The parser's own decoder leaves character references alone.
  entityDecoder: {
    decode: decodeEntities,
    setExternalEntities: () => {},
    addInputEntities: () => {},
    reset: () => {},
    setXmlVersion: () => {},
  },
};
const plainParser = new XMLParser({ ...SETTINGS, ignoreAttributes: true });
const attributeParser = new XMLParser({ ...SETTINGS, ignoreAttributes: false, attributeNamePrefix: '' });

const reader: Reader = {
  row: (bytes) => firstElement(parse(plainParser, bytes.toString('utf8')))?.content ?? [],
  document: (xml) => parse(attributeParser, xml),
};

/** A decoder that remembers rows from one reply to the next. Any number of replies may be in it at the same time. */
export function createDecoder(options: DecoderOptions): Decoder {
  const capacity = options.rememberRows ?? REMEMBERED_ROWS;
  const memory: Memory = {
    devices: createRememberedRows(capacity),
    ctiItems: createRememberedRows(capacity),
  };
  return {
    decode: (body, context = {}) =>
      paced({ ...options, signal: context.signal }, decodeSteps(body, context, memory)),
  };
}

/**
 * Any SOAP reply, with the contents of its rows apart. Throws RisPortError `not-soap`, `malformed`, `fault` or `throttled`,
 * or the signal's reason.
 */
export function parseSoap(
  body: Uint8Array | string,
  options: { clock: Clock; row: RowShape; context?: ReplyContext },
): Promise<SoapAnswer> {
  const { clock, row, context = {} } = options;
  return paced({ clock, signal: context.signal }, soapSteps(body, context, row));
}

function* decodeSteps(
  body: Uint8Array | string,
  context: ReplyContext,
  memory: Memory,
): Generator<void, DecodedReply> {
  const envelope = yield* openEnvelope(body, context, RISPORT_ROW);
  return yield* readReply(envelope, reader, memory);
}

function* soapSteps(
  body: Uint8Array | string,
  context: ReplyContext,
  row: RowShape,
): Generator<void, SoapAnswer> {
  const { bytes, ranges, name, content } = yield* openEnvelope(body, context, row);
  const rows: Content[] = [];
  for (const range of ranges) {
    rows.push(reader.row(bytes.subarray(range.start, range.end)));
    yield;
  }
  return { name, content, rows };
}

function* openEnvelope(
  body: Uint8Array | string,
  context: ReplyContext,
  row: RowShape,
): Generator<void, Envelope> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : toUtf8(body, context.contentType ?? '');
  const opening = bytes.subarray(0, OPENING_BYTES).toString('latin1').trimStart();
  if (!opening.startsWith('<') || /^<(!doctype\s+)?html\b/i.test(opening)) throw notSoap();
  const { rows: ranges, skeleton } = yield* scanRows(bytes, row);
  const roots = parse(plainParser, skeleton.trim()).filter((node) => !('#text' in node));
  const envelope = optionalChild(roots, 'Envelope');
  if (envelope === null) throw notSoap();
  const answer = firstElement(child(envelope, 'Body'));
  if (answer === null || roots.length > 1) throw malformed('holds no answer');
  if (answer.name === 'Fault') throw faultError(faultOf(answer.content), context.status ?? null);
  return { bytes, ranges, ...answer };
}

function faultOf(content: Content): { code: string; text: string } {
  return { code: word(child(content, 'faultcode')), text: text(child(content, 'faultstring')) };
}

function parse(by: XMLParser, xml: string): Content {
  if (!isBalanced(xml)) throw malformed('has tags that do not match');
  try {
    return by.parse(xml);
  } catch (cause) {
    throw malformed('is not well-formed XML', cause);
  }
}

function malformed(what: string, cause?: unknown): RisPortError {
  return new RisPortError('malformed', `the reply ${what}`, { cause });
}

function notSoap(): RisPortError {
  return new RisPortError('not-soap', 'the reply is no SOAP envelope');
}
