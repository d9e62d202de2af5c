/** SOAP 1.1 as CUCM's Axis speaks it: reading an envelope, writing one, and its faults. */
import { XMLParser } from 'fast-xml-parser';
import { escapeXml } from './xml.ts';

/** A parsed element: text, or children by local name. Elements called `item` are always lists. */
export type XmlValue = string | XmlElement | readonly XmlValue[];
export interface XmlElement {
  readonly item?: XmlValue;
  readonly [name: string]: XmlValue | undefined;
}

export interface SoapCall {
  /** Local name of the body's first element: what is asked, whatever the SOAPAction header says. */
  readonly operation: string;
  readonly content: XmlElement;
}

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  // Numeric character references are only read together with the named ones of HTML.
  htmlEntities: true,
  isArray: (name) => name === 'item',
});

/** The call in an envelope; null when the text is no SOAP envelope with an element in its body, or has a DOCTYPE. */
export function readCall(text: string): SoapCall | null {
  if (/<!DOCTYPE/i.test(text)) return null;
  const body = childOf(childOf(parse(text), 'Envelope'), 'Body');
  if (body === null) return null;
  for (const [operation, content] of Object.entries(body)) {
    return { operation, content: isElement(content) ? content : {} };
  }
  return null;
}

function parse(text: string): XmlElement | null {
  try {
    const parsed: unknown = parser.parse(text, true);
    return isElement(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function childOf(element: XmlElement | null, name: string): XmlElement | null {
  const child = element === null || !Object.hasOwn(element, name) ? undefined : element[name];
  return isElement(child) ? child : null;
}

/** The text of a child; empty when it is nil, empty or not there. */
export function textOf(element: XmlElement | null, name: string): string {
  const child = element === null || !Object.hasOwn(element, name) ? undefined : element[name];
  return typeof child === 'string' ? child : '';
}

/** `listOf(criteria, 'SelectItems', 'Item')`: the texts of `SelectItems/item/Item`. */
export function listOf(element: XmlElement | null, list: string, leaf: string): readonly string[] {
  const items = childOf(element, list)?.item;
  return Array.isArray(items) ? items.filter(isElement).map((item) => textOf(item, leaf)) : [];
}

export function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

/** A fault envelope. `code` is the local part of the faultcode, such as `Server.userException`. */
export function fault(code: string, text: string): string {
  return envelope(
    `<soapenv:Fault><faultcode>soapenv:${code}</faultcode>` +
      `<faultstring>${escapeXml(text)}</faultstring><detail/></soapenv:Fault>`,
  );
}
