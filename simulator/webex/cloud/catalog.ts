/** The service catalog: where everything else is. */
import type { JsonObject } from '../json.ts';

const CLUSTER = 'urn:TEAM:us-east-2_a';

/** As asked for with `format=hostmap`. All services are at one host, so that it can name the cluster of only one of them. */
export function catalogOf(origin: string): JsonObject {
  const { hostname } = new URL(origin);
  const host = { host: hostname, ttl: -1, priority: 5, id: `${CLUSTER}:conversation` };
  return {
    serviceLinks: {
      hydra: `${origin}/v1`,
      u2c: `${origin}/u2c/api/v1`,
      wdm: `${origin}/wdm/api/v1`,
      conversation: `${origin}/conversation/api/v1`,
      metrics: `${origin}/metrics/api/v1`,
      feature: `${origin}/feature/api/v1`,
    },
    hostCatalog: { [hostname]: [host] },
    format: 'hostmap',
  };
}
