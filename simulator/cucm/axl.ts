/** AXL, as far as names, descriptions, numbers and device pools go: listPhone and executeSQLQuery. */
import { devicePool, likeFilter, modelName, runSql } from './axl-sql.ts';
import { type HttpReply, xmlReply } from './http-reply.ts';
import type { Cluster, SimDevice } from './model.ts';
import { childOf, envelope, fault, readCall, textOf, type XmlElement } from './soap.ts';
import { escapeXml } from './xml.ts';

export interface AxlRules {
  /** A reply above this many bytes is refused. Default of `startCucm`: 8 MB. */
  readonly maxBytes: number;
}

export interface AxlCall {
  readonly soapAction: string | undefined;
  readonly text: string;
}

/** Its own version and two majors back. */
const VERSIONS = ['12.5', '14.0', '15.0'];
const NEWEST = '15.0';

const PHONE_TAGS: Readonly<Record<string, (device: SimDevice) => string>> = {
  name: (device) => device.name,
  description: (device) => device.description,
  product: modelName,
  model: modelName,
  class: (device) => device.kind.deviceClass,
  protocol: (device) => device.kind.protocol,
  devicePoolName: devicePool,
};

/** Answers one AXL call. Deleted devices are gone from the database, those never plugged in are in it. */
export function answerAxl(cluster: Cluster, rules: AxlRules, { soapAction, text }: AxlCall): HttpReply {
  const version = /ver\s*=\s*([\d.]+)/i.exec(soapAction ?? '')?.[1] ?? NEWEST;
  if (!VERSIONS.includes(version))
    return xmlReply(599, fault('Client', `AXL version ${version} is not supported`));
  const call = readCall(text);
  if (call === null) return xmlReply(500, fault('Client', 'not a SOAP request'));
  const operation = call.operation.slice(0, 100);
  const devices = cluster.devices.filter((device) => !device.deleted);
  const items = rowsOf(operation, call.content, devices);
  if (typeof items === 'string') return xmlReply(500, fault('Client', items), operation);
  const body = envelope(
    `<ns:${operation}Response xmlns:ns="http://www.cisco.com/AXL/API/${version}">` +
      `<return>${items.join('')}</return></ns:${operation}Response>`,
  );
  const bytes = Buffer.byteLength(body);
  if (bytes > rules.maxBytes) return tooLarge(operation, items.length, bytes, rules.maxBytes);
  return xmlReply(200, body, operation, items.length);
}

/** The rows as elements, or what is wrong with the question. */
function rowsOf(
  operation: string,
  content: XmlElement,
  devices: readonly SimDevice[],
): readonly string[] | string {
  switch (operation) {
    case 'listPhone':
      return listPhone(content, devices);
    case 'executeSQLQuery': {
      const answer = runSql(textOf(content, 'sql'), devices);
      return 'problem' in answer ? answer.problem : answer.rows.map(sqlRow);
    }
    default:
      return `${operation} is not simulated: only listPhone and executeSQLQuery are`;
  }
}

function listPhone(content: XmlElement, devices: readonly SimDevice[]): readonly string[] {
  const pattern = textOf(childOf(content, 'searchCriteria'), 'name');
  const wanted = Object.keys(childOf(content, 'returnedTags') ?? {});
  const tags = Object.entries(PHONE_TAGS).filter(([tag]) => wanted.includes(tag));
  const phones = devices
    .filter((device) => device.kind.deviceClass === 'Phone' || device.kind.deviceClass === 'Cti')
    .filter(likeFilter(pattern))
    .toSorted((first, second) => (first.name < second.name ? -1 : 1));
  const first = textOf(content, 'first');
  const from = first === '' ? 0 : Number(textOf(content, 'skip') || 0);
  return phones
    .slice(from, first === '' ? undefined : from + Number(first))
    .map(
      (phone) =>
        `<phone uuid="{${phone.name}}">${tags
          .map(([tag, value]) => `<${tag}>${escapeXml(value(phone))}</${tag}>`)
          .join('')}</phone>`,
    );
}

function sqlRow(row: Readonly<Record<string, string>>): string {
  const columns = Object.entries(row).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  return `<row>${columns.join('')}</row>`;
}

function tooLarge(operation: string, rows: number, bytes: number, most: number): HttpReply {
  const fewer = Math.max(1, Math.floor((rows * most) / bytes));
  const text = `Query request too large. Total rows matched: ${rows} rows. Suggestive Row Fetch: less than ${fewer} rows`;
  return xmlReply(500, fault('Server', text), operation);
}
