/** A bare RisPort70 client for the tests of the simulator; it knows nothing of the project's own. */
import { XMLParser } from 'fast-xml-parser';
import { Agent, request } from 'undici';
import type { Cucm } from '../../../simulator/cucm/cucm.ts';

export interface Criteria {
  readonly operation?: 'selectCmDevice' | 'selectCmDeviceExt';
  readonly most?: number | string;
  readonly deviceClass?: string;
  readonly model?: number | string;
  readonly status?: string;
  readonly node?: string;
  readonly by?: string;
  readonly items?: readonly string[];
  readonly protocol?: string;
  readonly download?: string;
  readonly stateInfo?: string;
}

export interface CtiCriteria {
  readonly mgrClass?: string;
  readonly status?: string;
  readonly by?: string;
  readonly apps?: readonly string[];
  readonly devices?: readonly string[];
  readonly numbers?: readonly string[];
}

export interface Headers {
  readonly [name: string]: string | string[] | undefined;
  readonly date?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Json {
  readonly [name: string]: unknown;
  readonly Name?: unknown;
  readonly ReturnCode?: unknown;
  readonly NoChange?: unknown;
  readonly Status?: unknown;
  readonly StatusReason?: unknown;
  readonly TimeStamp?: unknown;
  readonly ActiveLoadID?: unknown;
  readonly Description?: unknown;
  readonly AppStatus?: unknown;
  readonly H323Trunk?: object;
  readonly CtiLine?: { readonly LineStatus?: unknown };
}
export interface Reply {
  readonly total: number;
  readonly nodes: readonly { name: string; code: string; noChange: boolean; rows: readonly Json[] }[];
  readonly rows: readonly (Json & { node: string })[];
  readonly stateInfo: string;
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

export function deviceEnvelope(criteria: Criteria = {}): string {
  const {
    operation = 'selectCmDevice',
    most = 2000,
    deviceClass = 'Any',
    model = 255,
    status = 'Any',
  } = criteria;
  const {
    node = '',
    by = 'Name',
    items = ['*'],
    protocol = 'Any',
    download = 'Any',
    stateInfo = '',
  } = criteria;
  const list = items.map((item) => `<a:item><a:Item>${escapeText(item)}</a:Item></a:item>`).join('');
  return soap(
    `<a:${operation}><a:StateInfo>${escapeText(stateInfo)}</a:StateInfo><a:CmSelectionCriteria>` +
      `<a:MaxReturnedDevices>${most}</a:MaxReturnedDevices><a:DeviceClass>${deviceClass}</a:DeviceClass>` +
      `<a:Model>${model}</a:Model><a:Status>${status}</a:Status><a:NodeName>${node}</a:NodeName>` +
      `<a:SelectBy>${by}</a:SelectBy><a:SelectItems>${list}</a:SelectItems><a:Protocol>${protocol}</a:Protocol>` +
      `<a:DownloadStatus>${download}</a:DownloadStatus></a:CmSelectionCriteria></a:${operation}>`,
  );
}

export function ctiEnvelope(criteria: CtiCriteria = {}): string {
  const {
    mgrClass = 'Provider',
    status = 'Any',
    by = 'AppId',
    apps = [],
    devices = [],
    numbers = [],
  } = criteria;
  const list = (items: readonly string[], leaf: string) =>
    items.map((item) => `<a:item><a:${leaf}>${escapeText(item)}</a:${leaf}></a:item>`).join('');
  return soap(
    `<a:selectCtiItem><a:StateInfo/><a:CtiSelectionCriteria><a:MaxReturnedItems>1000</a:MaxReturnedItems>` +
      `<a:CtiMgrClass>${mgrClass}</a:CtiMgrClass><a:Status>${status}</a:Status><a:NodeName/>` +
      `<a:SelectAppBy>${by}</a:SelectAppBy><a:AppItems>${list(apps, 'AppItem')}</a:AppItems>` +
      `<a:DevNames>${list(devices, 'DevName')}</a:DevNames><a:DirNumbers>${list(numbers, 'DirNumber')}</a:DirNumbers>` +
      `</a:CtiSelectionCriteria></a:selectCtiItem>`,
  );
}

export function soap(body: string): string {
  return (
    '<x:Envelope xmlns:x="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://schemas.cisco.com/ast/soap">' +
    `<x:Body>${body}</x:Body></x:Envelope>`
  );
}

export const RIS = '/realtimeservice2/services/RISService70';

/** One request on a connection of its own, that trusts the simulator's certificate and nothing else. */
export async function post(
  cucm: Cucm,
  body: string,
  options: { path?: string; method?: 'GET' | 'POST'; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const dispatcher = new Agent(cucm.ca === '' ? {} : { connect: { ca: cucm.ca } });
  const basic = `Basic ${Buffer.from(`${cucm.username}:${cucm.password}`).toString('base64')}`;
  try {
    const { path = RIS, method = 'POST', headers = { authorization: basic } } = options;
    const content = method === 'POST' ? { body } : {};
    const response = await request(cucm.url + path, { method, dispatcher, headers, ...content });
    return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
  } finally {
    await dispatcher.destroy();
  }
}

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'item',
});

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it sent itself
function read(text: string, response: string, result: string, words: readonly [string, string, string]): any {
  const answer = parser.parse(text).Envelope.Body[`${response}Response`][`${response}Return`];
  const found = answer[result];
  const nodes = (found[words[1]]?.item ?? []).map((node: Json) => ({
    name: node.Name,
    code: node.ReturnCode,
    noChange: node.NoChange === 'true',
    rows: (node[words[2]] as { item?: Json[] } | undefined)?.item ?? [],
  }));
  return {
    total: Number(found[words[0]]),
    nodes,
    rows: nodes.flatMap((node: { name: string; rows: Json[] }) =>
      node.rows.map((row) => ({ ...row, node: node.name })),
    ),
    stateInfo: answer.StateInfo ?? '',
  };
}

export async function devices(cucm: Cucm, criteria: Criteria = {}): Promise<Reply> {
  const { status, text } = await post(cucm, deviceEnvelope(criteria));
  if (status !== 200) throw new Error(`HTTP ${status}: ${text}`);
  return read(text, 'selectCmDevice', 'SelectCmDeviceResult', ['TotalDevicesFound', 'CmNodes', 'CmDevices']);
}

export async function ctiItems(cucm: Cucm, criteria: CtiCriteria = {}): Promise<Reply> {
  const { status, text } = await post(cucm, ctiEnvelope(criteria));
  if (status !== 200) throw new Error(`HTTP ${status}: ${text}`);
  return read(text, 'selectCtiItem', 'SelectCtiItemResult', ['TotalItemsFound', 'CtiNodes', 'CtiItems']);
}

/** A clock that a test moves by hand; sleepers are let go at once. */
export function handClock(start = Date.UTC(2026, 2, 2, 8)): {
  now(): number;
  sleep(ms: number): Promise<void>;
  pass(seconds: number): void;
} {
  let now = start;
  return {
    now: () => now,
    sleep: async () => {},
    pass: (seconds) => {
      now += seconds * 1000;
    },
  };
}
