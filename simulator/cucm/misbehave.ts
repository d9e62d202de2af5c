/** Bad answers: those that stand in for the good one, and those that are the good one spoilt. */
import { forbiddenReply, staleSessionReply, unauthorizedReply } from './access.ts';
import { type HttpReply, pageReply, textReply, XML_TYPE, xmlReply } from './http-reply.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { throttleFault } from './throttle.ts';

/** Those that need the connection itself; `edge.ts` sees to them. */
export type WireMisbehaviour = 'cut' | 'drip' | 'hang' | 'silent' | 'reset' | 'huge';

const WIRE: ReadonlySet<Misbehaviour> = new Set<Misbehaviour>([
  'cut',
  'drip',
  'hang',
  'silent',
  'reset',
  'huge',
]);
const DEPTH = 100_000;
const DEFAULT_ALLOWANCE = 15;

export function isWireMisbehaviour(kind: Misbehaviour): kind is WireMisbehaviour {
  return WIRE.has(kind);
}

/** What is sent in place of the answer. */
const INSTEAD: Partial<Record<Misbehaviour, () => HttpReply>> = {
  html: () => pageReply(200, 'Log in'),
  unauthorized: unauthorizedReply,
  forbidden: forbiddenReply,
  text500: () => textReply(500, 'The server is overloaded. Try again later.'),
  unavailable: () => pageReply(503, 'Service Unavailable'),
  ratecontrol: () => xmlReply(500, throttleFault(DEFAULT_ALLOWANCE)),
  error7: staleSessionReply,
  empty: () => xmlReply(200, ''),
  bomb: () => xmlReply(200, bomb()),
  doctype: () => xmlReply(200, withDoctype('<!ENTITY file SYSTEM "file:///etc/hostname">', '&file;')),
  deep: () => xmlReply(200, `${'<a>'.repeat(DEPTH)}${'</a>'.repeat(DEPTH)}`),
};

/** The answer itself, spelt differently or damaged. */
const RESPELT: Partial<Record<Misbehaviour, (xml: string) => string | Buffer>> = {
  truncated: (xml) => xml.slice(0, Math.floor(xml.length / 2)),
  latin1: (xml) => Buffer.from(inLatin1(xml).replace('encoding="UTF-8"', 'encoding="ISO-8859-1"'), 'latin1'),
  mislabelled: (xml) => Buffer.from(inLatin1(xml), 'latin1'),
  noprefix: (xml) => xml.replace(/(<\/?)[\w-]+:/g, '$1').replace(/xmlns:(?:ns1|soapenv)=/g, 'xmlns='),
  otherprefix: (xml) => xml.replace(/\bns1([:=])/g, 'a.b-c$1').replace(/\bsoapenv([:=])/g, 'S$1'),
  cdata: (xml) => eachText(xml, (text) => `<![CDATA[${text}]]>`),
  charrefs: (xml) => eachText(xml, inReferences),
  missing: (xml) => xml.replace(/<ns1:\w+ xsi:nil="(?:true|1)"\/>/g, '').replace(/<ns1:\w+\/>/g, ''),
  unknownenum: (xml) =>
    xml.replace(/<ns1:(Status|DeviceClass|Httpd|DownloadStatus)>\w+</g, '<ns1:$1>Quantum<'),
  blankstate: (xml) => xml.replace(/(<ns1:StateInfo>)[^<]*(<\/ns1:StateInfo>)/, '$1$2'),
  countsmore: (xml) => miscounted(xml, 1),
  countsless: (xml) => miscounted(xml, -1),
  nochange: withoutNews,
};

/** The reply as it goes out when the service misbehaves in that way. Kinds of the wire pass unchanged. */
export function spoil(kind: Misbehaviour, reply: HttpReply): HttpReply {
  const instead = INSTEAD[kind];
  if (instead !== undefined) return instead();
  const respell = RESPELT[kind];
  if (respell === undefined || reply.contentType !== XML_TYPE) return reply;
  const contentType = kind === 'latin1' ? 'text/xml;charset=ISO-8859-1' : XML_TYPE;
  return { ...reply, contentType, body: respell(String(reply.body)) };
}

/** Ten entities, each ten times the one before. */
function bomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
  );
  return withDoctype(`<!ENTITY l0 "ha">${levels.join('')}`, '&l9;');
}

function withDoctype(entities: string, text: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE e [${entities}]>` +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
    `<selectCmDeviceResponse>${text}</selectCmDeviceResponse></soapenv:Body></soapenv:Envelope>`
  );
}

/** What does not exist in latin-1 goes out as a character reference. */
function inLatin1(xml: string): string {
  return xml.replace(/[\u0100-\u{10ffff}]/gu, (letter) => `&#${letter.codePointAt(0)};`);
}

function inReferences(text: string): string {
  return [...text].map((letter) => `&#x${letter.codePointAt(0)?.toString(16)};`).join('');
}

/** Every text that has no entity in it. Those would mean something else in CDATA. */
function eachText(xml: string, spell: (text: string) => string): string {
  return xml.replace(/>([^<>&]+)<\//g, (_whole, text: string) => `>${spell(text)}</`);
}

/** Totals that are off by so many; none below zero. */
function miscounted(xml: string, by: number): string {
  const off = (_whole: string, before: string, total: string) => before + Math.max(0, Number(total) + by);
  return xml.replace(/(<ns1:Total\w+>)(\d+)/g, off).replace(/(TotalItemsFound=(?:&quot;|"))(\d+)/g, off);
}

function withoutNews(xml: string): string {
  return xml
    .replace(/<ns1:(Cm|Cti)(Devices|Items)>.*?<\/ns1:\1\2>(?=<\/ns1:item>)/gs, '<ns1:$1$2 xsi:nil="true"/>')
    .replace(/<ns1:NoChange>false/g, '<ns1:NoChange>true')
    .replace(/(<ns1:Total\w+>)\d+/, '$10')
    .replace(/(<ns1:StateInfo>)[^<]*(<\/ns1:StateInfo>)/, '$1$2');
}
