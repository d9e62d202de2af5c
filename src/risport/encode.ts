/**
 * Questions as SOAP 1.1 requests. Pure. The order of the elements is the schema's and counts.
 * Source: Cisco Unified CM RisPort70 reference and its WSDL, RISService70.
 */
import type { CtiQuery, DeviceQuery, Query } from '../device/query.ts';
import { isXmlCharacter } from './entities.ts';

export interface EncodedRequest {
  /** In quotes, as the header wants it. */
  readonly soapAction: string;
  /** UTF-8 text. */
  readonly body: string;
}

export interface EncodeOptions {
  /** `MaxReturnedDevices` or `MaxReturnedItems`. */
  readonly maxReturned: number;
  /** From the last answer to the identical query; blank when there is none. */
  readonly stateInfo: string;
}

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const RISPORT = 'http://schemas.cisco.com/ast/soap';
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // As itself it would arrive as a line feed.
  '\r': '&#13;',
};

/** The request for a query. What XML 1.0 cannot hold, control characters and halves of pairs, is left out of its text. */
export function encodeRequest(query: Query, options: EncodeOptions): EncodedRequest {
  const criteria =
    query.operation === 'selectCtiItem' ? ctiCriteria(query, options) : deviceCriteria(query, options);
  const question = element(query.operation, element('StateInfo', escapeText(options.stateInfo)) + criteria);
  return {
    soapAction: `"${query.operation}"`,
    body:
      '<?xml version="1.0" encoding="utf-8"?>' +
      `<soapenv:Envelope xmlns:soapenv="${ENVELOPE}" xmlns:soap="${RISPORT}"><soapenv:Header/>` +
      `<soapenv:Body>${question}</soapenv:Body></soapenv:Envelope>`,
  };
}

function deviceCriteria(query: DeviceQuery, { maxReturned }: EncodeOptions): string {
  return element(
    'CmSelectionCriteria',
    element('MaxReturnedDevices', String(maxReturned)) +
      element('DeviceClass', escapeText(query.deviceClass)) +
      element('Model', String(query.model)) +
      element('Status', escapeText(query.status)) +
      element('NodeName', escapeText(query.nodeName)) +
      element('SelectBy', escapeText(query.selectBy)) +
      element('SelectItems', items('Item', query.items)) +
      element('Protocol', escapeText(query.protocol)) +
      element('DownloadStatus', escapeText(query.downloadStatus)),
  );
}

function ctiCriteria(query: CtiQuery, { maxReturned }: EncodeOptions): string {
  return element(
    'CtiSelectionCriteria',
    element('MaxReturnedItems', String(maxReturned)) +
      element('CtiMgrClass', escapeText(query.ctiMgrClass)) +
      element('Status', escapeText(query.status)) +
      element('NodeName', escapeText(query.nodeName)) +
      element('SelectAppBy', escapeText(query.selectAppBy)) +
      element('AppItems', items('AppItem', query.appItems)) +
      element('DevNames', items('DevName', query.devNames)) +
      element('DirNumbers', items('DirNumber', query.dirNumbers)),
  );
}

function items(name: string, values: readonly string[]): string {
  return values.map((value) => element('item', element(name, escapeText(value)))).join('');
}

function element(name: string, content: string): string {
  return `<soap:${name}>${content}</soap:${name}>`;
}

/** Text as it stands in an element. */
export function escapeText(text: string): string {
  let safe = '';
  for (const character of text) {
    if (isXmlCharacter(character.codePointAt(0) ?? 0)) safe += ESCAPES[character] ?? character;
  }
  return safe;
}
