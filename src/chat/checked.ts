/** How undici's agents open TLS to a chat platform, through a proxy or not. */

/** Said in any case: left out, a variable of the environment decides whether certificates are checked. */
export const CHECKED = { rejectUnauthorized: true } as const;

/** The same on each leg of a way through a proxy: to the proxy itself, and through it. */
export const CHECKED_THROUGH_PROXY = { requestTls: CHECKED, proxyTls: CHECKED } as const;
