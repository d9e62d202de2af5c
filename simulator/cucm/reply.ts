/** Selections as the reply of an operation: the cap, NoChange, StateInfo. */
import type { NodeSelection } from './selection.ts';
import { type ChangeMemory, type Counts, stateInfoText } from './state-info.ts';
import { escapeXml } from './xml.ts';

export interface ReplyWords {
  readonly response: string;
  readonly return: string;
  readonly result: string;
  readonly total: string;
  readonly nodes: string;
  readonly items: string;
}

/** There is no selectCmDeviceExtResponse: both device operations answer with this. */
export const DEVICE_WORDS: ReplyWords = {
  response: 'selectCmDeviceResponse',
  return: 'selectCmDeviceReturn',
  result: 'SelectCmDeviceResult',
  total: 'TotalDevicesFound',
  nodes: 'CmNodes',
  items: 'CmDevices',
};

export const CTI_WORDS: ReplyWords = {
  response: 'selectCtiItemResponse',
  return: 'selectCtiItemReturn',
  result: 'SelectCtiItemResult',
  total: 'TotalItemsFound',
  nodes: 'CtiNodes',
  items: 'CtiItems',
};

export interface ReplyOptions {
  readonly words: ReplyWords;
  readonly selections: readonly NodeSelection[];
  /** At most so many rows, over all nodes, in the order of the nodes. */
  readonly cap: number;
  /** Text that is the same for the identical query and for no other. */
  readonly queryKey: string;
  /** The StateInfo that came with the question. */
  readonly sent: string;
  readonly memory: ChangeMemory;
  /** `hinted`: StateInfo tells of a cut reply; `counted`: the total, too. */
  readonly truncation: 'silent' | 'hinted' | 'counted';
  /** `whole`: NoChange only when no node changed. `mixed`: node by node. */
  readonly noChange: 'whole' | 'mixed';
}

export interface SoapBody {
  readonly xml: string;
  /** Rows in it. */
  readonly rows: number;
}

export function reply(options: ReplyOptions): SoapBody {
  const { words, selections, queryKey, sent, memory } = options;
  if (selections.every(({ returnCode }) => returnCode === 'NotFound')) return nothingFound(words);
  const same = memory.unchanged(queryKey, sent, selections);
  const nothingNew = same.every(Boolean);
  memory.remember(queryKey, selections);
  const still = options.noChange === 'mixed' || nothingNew ? same : same.map(() => false);
  const { parts, counts } = cutToCap(selections, still, options.cap);
  const returned = counts.reduce((sum, count) => sum + count.returned, 0);
  const { truncation } = options;
  const told =
    truncation === 'silent' ? counts.map((count) => ({ ...count, found: count.returned })) : counts;
  const found = counts.reduce((sum, count) => sum + count.found, 0);
  // A reply without news carries no StateInfo: the asker keeps the one it has.
  const stateInfo = nothingNew ? '' : stateInfoText(selections, told);
  return {
    xml: envelope(words, truncation === 'counted' ? found : returned, parts, stateInfo),
    rows: returned,
  };
}

function cutToCap(
  selections: readonly NodeSelection[],
  still: readonly boolean[],
  cap: number,
): { parts: NodePart[]; counts: Counts[] } {
  let room = cap;
  const parts: NodePart[] = [];
  const counts: Counts[] = [];
  for (const [place, selection] of selections.entries()) {
    const noChange = still[place] === true && selection.returnCode !== 'NodeNotResponding';
    const rows = noChange ? [] : selection.rows.slice(0, room);
    room -= rows.length;
    parts.push({ selection, noChange, xml: rows.map((row) => row.xml()).join('') });
    counts.push({ found: noChange ? 0 : selection.rows.length, returned: rows.length });
  }
  return { parts, counts };
}

interface NodePart {
  readonly selection: NodeSelection;
  readonly noChange: boolean;
  readonly xml: string;
}

function nothingFound(words: ReplyWords): SoapBody {
  return { xml: wrap(words, 0, `<ns1:${words.nodes} xsi:nil="1"/>`, ''), rows: 0 };
}

function envelope(words: ReplyWords, total: number, parts: readonly NodePart[], stateInfo: string): string {
  const items = parts.map(
    ({ selection, noChange, xml }) =>
      `<ns1:item><ns1:ReturnCode>${noChange ? 'Ok' : selection.returnCode}</ns1:ReturnCode>` +
      `<ns1:Name>${escapeXml(selection.name)}</ns1:Name><ns1:NoChange>${noChange}</ns1:NoChange>` +
      `${xml === '' ? `<ns1:${words.items} xsi:nil="true"/>` : `<ns1:${words.items}>${xml}</ns1:${words.items}>`}</ns1:item>`,
  );
  return wrap(words, total, `<ns1:${words.nodes}>${items.join('')}</ns1:${words.nodes}>`, stateInfo);
}

function wrap(words: ReplyWords, total: number, nodes: string, stateInfo: string): string {
  return (
    `<ns1:${words.response} xmlns:ns1="http://schemas.cisco.com/ast/soap" ` +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><ns1:${words.return}><ns1:${words.result}>` +
    `<ns1:${words.total}>${total}</ns1:${words.total}>${nodes}</ns1:${words.result}>` +
    `<ns1:StateInfo>${escapeXml(stateInfo)}</ns1:StateInfo></ns1:${words.return}></ns1:${words.response}>`
  );
}
