/** A recorded request or reply without what names people, phones and places. Works on the text as sent: its form stays. */
import type { Pseudonyms } from './pseudonyms.ts';

/** Elements whose content is numbers and words of Cisco's own; everything in any other is replaced. */
const OPEN = new Set(
  `AppControlsMedia AppStatus AppStatusReason AppTimeStamp Attribute BoxProduct CtiMgrClass DChannel DeviceClass
  DeviceStatus DeviceStatusReason DeviceTimeStamp DownloadStatus Httpd IPAddrType IsCtiControllable LineStatus
  LineStatusReason LineTimeStamp MaxReturnedDevices MaxReturnedItems Model NoChange NumOfLines PerfMonObject Product
  Protocol RegistrationAttempts ReturnCode SelectAppBy SelectBy Status StatusReason TimeStamp TotalDevicesFound
  TotalItemsFound ActiveLoadID InactiveLoadID`.split(/\s+/),
);
/** An open element holds one word or number; anything longer does not belong there. */
const OPEN_CONTENT = /^[A-Za-z0-9_.-]{0,64}$/;
const SENTENCES = new Set([
  'faultstring',
  'faultcode',
  'DownloadFailureReason',
  'title',
  'p',
  'h1',
  'h3',
  'b',
  'u',
]);
const PIECE = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[^>]*(?:>|$)|[^<]+/g;
/** A name from its first letter on: of one without a value each end would be tried else. */
const ATTRIBUTE = /(?<![\w:.-])([\w:.-]+)(\s*=\s*)("[^"]*"|'[^']*'|&quot;.*?&quot;|&apos;.*?&apos;)/g;
const OPEN_ATTRIBUTE =
  /^(?:xmlns(?::[\w.-]+)?|(?:xsi|soapenv|soap|SOAP-ENV):[\w.-]+|version|encoding|ClusterWide|SubsystemStartTime|StateId|TotalItemsFound|TotalItemsReturned)$/;
const OPEN_VALUE =
  /^(?:https?:\/\/(?:schemas\.(?:xmlsoap\.org|cisco\.com)|www\.(?:w3\.org|cisco\.com))\/[\w./-]*|[\w:.#-]{0,40})$/;

/** The text with every identity replaced. XML or not: what is no markup is taken for content. */
export function redact(text: string, pseudonyms: Pseudonyms): string {
  let element = '';
  return text.replace(PIECE, (piece) => {
    if (piece.startsWith('<![CDATA[')) {
      const closed = piece.endsWith(']]>');
      const content = piece.slice(9, closed ? -3 : undefined);
      return `<![CDATA[${redactContent(element, content, pseudonyms)}${closed ? ']]>' : ''}`;
    }
    if (piece.startsWith('<!--')) return pseudonyms.sentence(piece);
    if (!piece.startsWith('<')) return redactContent(element, piece, pseudonyms);
    element = /^<\/?(?:[\w.-]+:)?([\w.-]+)/.exec(piece)?.[1] ?? '';
    return redactAttributes(piece, pseudonyms);
  });
}

function redactContent(element: string, text: string, pseudonyms: Pseudonyms): string {
  if (text.trim() === '') return text;
  if (OPEN.has(element) && OPEN_CONTENT.test(text.trim())) return text;
  if (element === 'StateInfo') return redactStateInfo(text, pseudonyms);
  return SENTENCES.has(element) || element === '' ? pseudonyms.sentence(text) : pseudonyms.identity(text);
}

/** Escaped XML of attributes: node names are replaced, counters stay. Anything else is replaced whole. */
function redactStateInfo(text: string, pseudonyms: Pseudonyms): string {
  const tags = /&lt;\/?(?:StateInfo|Node)\b(?:[^&]|&quot;|&apos;)*?\/?&gt;|<\/?(?:StateInfo|Node)\b[^<>]*>/g;
  if (text.replace(tags, '').trim() !== '') return pseudonyms.identity(text);
  return redactAttributes(text, pseudonyms);
}

function redactAttributes(tag: string, pseudonyms: Pseudonyms): string {
  return tag.replace(ATTRIBUTE, (_whole, name: string, equals: string, quoted: string) => {
    const quote = /^(?:"|'|&quot;|&apos;)/.exec(quoted)?.[0] ?? '';
    const value = quoted.slice(quote.length, quoted.length - quote.length);
    const open = OPEN_ATTRIBUTE.test(name) && OPEN_VALUE.test(value);
    return `${name}${equals}${quote}${open ? value : pseudonyms.identity(value)}${quote}`;
  });
}
