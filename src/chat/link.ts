/** Addresses that people paste. */

const IP_LITERAL = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;

/** A phone's own page, pasted, means the phone: its IP address. Any other address stays as it is. */
export function phoneOf(url: string): string {
  const host = URL.parse(url)?.hostname ?? '';
  return IP_LITERAL.test(host) ? host.replace(/^\[|\]$/g, '') : url;
}

/**
 * What a link with these words means. The words, except for words about a phone's own page (`LON phone page`, `10.4.2.21/CGI`), which
 * mean the phone; `1002` or a device name on such a link is what was asked for. Numbers and mail addresses are as they are dialled.
 */
export function meantBy(url: string, words: string | undefined): string {
  // What was typed as a number may carry spaces and brackets; its link does not.
  const dialled = /^(?:tel|mailto):([^?]+)/i.exec(url)?.[1];
  if (dialled !== undefined) return dialled;
  const phone = phoneOf(url);
  if (!words?.trim()) return phone;
  if (phone === url) return words;
  const named = words.trim();
  return /^[^\s/]*\d[^\s/]*$/.test(named) && !named.includes(phone) ? words : phone;
}
