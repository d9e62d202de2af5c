/** Where the made-up company sits. Every site has its own networks: `10.<octet>.2.0/24` and, when that is full, the next. */

export const SITE_CODES = ['LON', 'PAR', 'BER', 'NYC', 'AMS', 'SIN'] as const;
export type SiteCode = (typeof SITE_CODES)[number];

export interface Site {
  readonly code: SiteCode;
  readonly octet: number;
  /** Out of 100 devices, how many stand here. */
  readonly share: number;
}

export const SITES = [
  { code: 'LON', octet: 4, share: 28 },
  { code: 'PAR', octet: 8, share: 20 },
  { code: 'BER', octet: 12, share: 16 },
  { code: 'NYC', octet: 16, share: 18 },
  { code: 'AMS', octet: 20, share: 10 },
  { code: 'SIN', octet: 24, share: 8 },
] as const satisfies readonly [Site, ...Site[]];

const FIRST_NETWORK = 2;
const HOSTS_A_NETWORK = 200;
const FIRST_HOST = 20;

/** The address of the `ordinal`th device of a site: 10.4.2.20, 10.4.2.21 … 10.4.3.20 … */
export function siteAddress(site: Site, ordinal: number): string {
  const network = FIRST_NETWORK + Math.floor(ordinal / HOSTS_A_NETWORK);
  return `10.${site.octet}.${network}.${FIRST_HOST + (ordinal % HOSTS_A_NETWORK)}`;
}

/** The IPv6 neighbour of `siteAddress`, for devices that have both. */
export function siteAddress6(site: Site, ordinal: number): string {
  const network = FIRST_NETWORK + Math.floor(ordinal / HOSTS_A_NETWORK);
  return `fd00:${site.octet}:${network}::${(FIRST_HOST + (ordinal % HOSTS_A_NETWORK)).toString(16)}`;
}

export function siteOf(code: SiteCode): Site {
  return SITES.find((site) => site.code === code) ?? SITES[0];
}
