/** The two questions that names need, as AXL wants them. Source: Cisco AXL schema reference. Inner elements have no namespace. */
import { escapeText } from '../risport/encode.ts';

export interface AxlRequest {
  /** In quotes, as the header wants it. */
  readonly soapAction: string;
  readonly body: string;
}

export interface Page {
  readonly skip: number;
  /** `skip` works only with it. */
  readonly first: number;
}

/** Devices with a directory number a row, ordered by name: a device with several numbers has several rows, one with none has one. */
export function sqlRequest(version: string, { skip, first }: Page): AxlRequest {
  const sql =
    `select skip ${skip} first ${first} d.name, d.description, n.dnorpattern from device d ` +
    'left outer join devicenumplanmap m on m.fkdevice = d.pkid ' +
    'left outer join numplan n on m.fknumplan = n.pkid order by d.name';
  return axlRequest(version, 'executeSQLQuery', `<sql>${escapeText(sql)}</sql>`);
}

/** Phones without their numbers: listPhone has none. */
export function listPhoneRequest(version: string, { skip, first }: Page): AxlRequest {
  return axlRequest(
    version,
    'listPhone',
    '<searchCriteria><name>%</name></searchCriteria><returnedTags><name/><description/></returnedTags>' +
      `<skip>${skip}</skip><first>${first}</first>`,
  );
}

function axlRequest(version: string, operation: string, content: string): AxlRequest {
  return {
    soapAction: `"CUCM:DB ver=${version} ${operation}"`,
    body:
      '<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
      `xmlns:axl="http://www.cisco.com/AXL/API/${escapeText(version)}"><soapenv:Header/><soapenv:Body>` +
      `<axl:${operation}>${content}</axl:${operation}></soapenv:Body></soapenv:Envelope>`,
  };
}
