/** Soft clients: Jabber and its like, on computers, phones and tablets. */

/** What their names begin with, and no other device's do. Source: Cisco's naming of Jabber devices. */
export const SOFT_CLIENT_PREFIXES: readonly string[] = ['CSF', 'TCT', 'BOT', 'TAB'];

const SOFT_CLIENT_NAME = new RegExp(`^(?:${SOFT_CLIENT_PREFIXES.join('|')})`, 'i');

/** Not running is the usual state of a soft client, and no fault. */
export function isSoftClient({ name }: { readonly name: string }): boolean {
  return SOFT_CLIENT_NAME.test(name);
}
