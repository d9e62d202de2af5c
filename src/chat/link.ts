/** Addresses that people paste. */

const IP_LITERAL = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;

/** A phone's own page, pasted, means the phone: its IP address. Any other address stays as it is. */
export function phoneOf(url: string): string {
  const host = URL.parse(url)?.hostname ?? '';
  return IP_LITERAL.test(host) ? host.replace(/^\[|\]$/g, '') : url;
}
