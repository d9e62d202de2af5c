/** What a RisPort70 answer says, once its envelope is open: nodes, rows, counts and StateInfo. */
import type { CtiItem } from '../device/cti.ts';
import type { Device } from '../device/device.ts';
import { type NodeAnswer, RETURN_CODES } from '../device/snapshot.ts';
import { all, boolean, type Content, child, optionalChild, text, unsigned, word, wordOf } from './element.ts';
import { RisPortError } from './fault.ts';
import type { RememberedRows } from './remembered.ts';
import { ctiItemOf, deviceOf } from './rows.ts';
import type { RowRange } from './scan.ts';
import { type StateNode, stateNodesOf } from './state-info.ts';

export interface DecodedReply {
  /** What the rows are: both device operations answer alike. */
  readonly kind: 'devices' | 'cti-items';
  readonly nodes: readonly NodeAnswer[];
  /** Frozen; the same object as in an earlier reply when the row's bytes were the same. */
  readonly devices: readonly Device[];
  readonly ctiItems: readonly CtiItem[];
  /** `TotalDevicesFound` or `TotalItemsFound`. */
  readonly totalFound: number | null;
  /** As text, unescaped once; blank when the reply had none. */
  readonly stateInfo: string;
  readonly stateNodes: readonly StateNode[];
}

/** A SOAP body's element, with its rows left where they are in the bytes. */
export interface Envelope {
  readonly bytes: Buffer;
  readonly ranges: readonly RowRange[];
  readonly name: string;
  readonly content: Content;
}

/** The parser, as `decode.ts` lends it. */
export interface Reader {
  /** What stands inside the row's element. */
  row(bytes: Buffer): Content;
  /** A document with its attributes; throws when it is not well-formed. */
  document(xml: string): Content;
}

export interface Memory {
  readonly devices: RememberedRows<Device | null>;
  readonly ctiItems: RememberedRows<CtiItem | null>;
}

/** The words in which the operations differ, as the WSDL has them. */
interface Words {
  readonly kind: DecodedReply['kind'];
  readonly answer: string;
  readonly result: string;
  readonly total: string;
  readonly nodes: string;
  readonly rows: string;
}

const DEVICE_WORDS: Words = {
  kind: 'devices',
  answer: 'selectCmDeviceReturn',
  result: 'SelectCmDeviceResult',
  total: 'TotalDevicesFound',
  nodes: 'CmNodes',
  rows: 'CmDevices',
};
const CTI_WORDS: Words = {
  kind: 'cti-items',
  answer: 'selectCtiItemReturn',
  result: 'SelectCtiItemResult',
  total: 'TotalItemsFound',
  nodes: 'CtiNodes',
  rows: 'CtiItems',
};
const WORDS: ReadonlyMap<string, Words> = new Map([
  ['selectCmDeviceResponse', DEVICE_WORDS],
  ['selectCtiItemResponse', CTI_WORDS],
]);

/** Reads the answer, giving way after every row. Throws RisPortError `malformed` when it is no answer of RisPort70. */
export function* readReply(
  envelope: Envelope,
  reader: Reader,
  memory: Memory,
): Generator<void, DecodedReply> {
  const words = WORDS.get(envelope.name);
  if (words === undefined) throw new RisPortError('malformed', 'the reply answers another operation');
  const answer = child(envelope.content, words.answer);
  const result = optionalChild(answer, words.result);
  if (result === null) throw new RisPortError('malformed', 'the reply holds no result');
  const nodes: NodeAnswer[] = [];
  const devices: Device[] = [];
  const ctiItems: CtiItem[] = [];
  for (const item of all(child(result, words.nodes), 'item')) {
    if (item.length === 0) continue;
    const name = word(child(item, 'Name'));
    const rows = rowsIn(child(item, words.rows), envelope);
    nodes.push(nodeAnswer(item, name, rows.length > 0));
    if (words.kind === 'cti-items') {
      yield* readRows(rows, ctiItems, { node: name, reader, memory: memory.ctiItems, read: ctiItemOf });
    } else {
      yield* readRows(rows, devices, { node: name, reader, memory: memory.devices, read: deviceOf });
    }
  }
  const stateInfo = text(child(answer, 'StateInfo'));
  const totalFound = unsigned(child(result, words.total));
  const stateNodes = readStateInfo(stateInfo, reader);
  return { kind: words.kind, nodes, devices, ctiItems, totalFound, stateInfo, stateNodes };
}

function* readRows<T>(
  rows: readonly Buffer[],
  into: T[],
  how: {
    node: string;
    reader: Reader;
    memory: RememberedRows<T | null>;
    read: (node: string, row: Content) => T;
  },
): Generator<void> {
  const { node, reader, memory, read } = how;
  for (const bytes of rows) {
    const row = memory.recall(node, bytes, () => {
      const content = reader.row(bytes);
      return content.length === 0 ? null : read(node, content);
    });
    // A nil item stands for nothing.
    if (row !== null) into.push(row);
    yield;
  }
}

/** A nil ReturnCode beside rows can only mean that the node answered. */
function nodeAnswer(item: Content, name: string, hasRows: boolean): NodeAnswer {
  const returnCode = wordOf(child(item, 'ReturnCode'), RETURN_CODES);
  return {
    name,
    returnCode: returnCode === '' && hasRows ? 'Ok' : returnCode,
    noChange: boolean(child(item, 'NoChange')) ?? false,
  };
}

/** The rows that the placeholders in a list stand for, see `Scan.skeleton`. */
function rowsIn(list: Content, { bytes, ranges }: Envelope): readonly Buffer[] {
  return all(list, 'item')
    .flatMap((placeholder) => {
      const [first, last] = text(placeholder).split('-');
      return ranges.slice(Number(first), Number(last) + 1);
    })
    .map(({ start, end }) => bytes.subarray(start, end));
}

function readStateInfo(stateInfo: string, reader: Reader): readonly StateNode[] {
  if (!stateInfo.trimStart().startsWith('<') || stateInfo.includes('<!')) return [];
  try {
    return stateNodesOf(reader.document(stateInfo.trim()));
  } catch {
    // StateInfo is opaque text to send back; only its counts are lost.
    return [];
  }
}
