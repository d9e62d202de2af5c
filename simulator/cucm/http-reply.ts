/** An answer before it is sent. */

export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  /** What was asked: an operation's name, or blank when it did not come to that. */
  readonly operation: string;
  /** Rows in it. */
  readonly devices: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

export const XML_TYPE = 'text/xml;charset=utf-8';
const PAGE_TYPE = 'text/html;charset=utf-8';

export function xmlReply(status: number, body: string, operation = '', devices = 0): HttpReply {
  return { status, contentType: XML_TYPE, body, operation, devices };
}

/** The kind of page that Tomcat sends where a SOAP client hopes for SOAP. */
export function pageReply(status: number, title: string, headers?: HttpReply['headers']): HttpReply {
  const body = `<!doctype html><html lang="en"><head><title>HTTP Status ${status} - ${title}</title></head><body><h1>HTTP Status ${status} – ${title}</h1></body></html>`;
  const page = { status, contentType: PAGE_TYPE, body, operation: '', devices: 0 };
  return headers === undefined ? page : { ...page, headers };
}

export function textReply(status: number, body: string): HttpReply {
  return { status, contentType: 'text/plain;charset=utf-8', body, operation: '', devices: 0 };
}
