/** Registered devices: whoever wants a websocket is one first. */
import { uuidOf } from '../ids.ts';
import type { JsonObject } from '../json.ts';

export interface Devices {
  register(body: JsonObject): JsonObject;
  /** What is known of it; undefined when it is not registered. */
  get(id: string): JsonObject | undefined;
  /** False when it was not registered. */
  remove(id: string): boolean;
  ids(): readonly string[];
}

export interface DevicesOptions {
  readonly origin: () => string;
  /** Uuid of whoever the devices belong to. */
  readonly owner: () => string;
}

export function createDevices({ origin, owner }: DevicesOptions): Devices {
  const devices = new Map<string, JsonObject>();
  let count = 0;
  return {
    register({ name, deviceType, model, ttl }) {
      count += 1;
      const id = uuidOf(`device ${count}`);
      const device = {
        url: `${origin()}/wdm/api/v1/devices/${id}`,
        webSocketUrl: `${origin().replace('http', 'ws')}/mercury/v1/apps/wx2/registrations/${id}/messages`,
        userId: owner(),
        name,
        deviceType,
        model,
        ttl,
        features: { developer: [], entitlement: [], user: [] },
        services: {},
      };
      devices.set(id, device);
      return device;
    },
    get: (id) => devices.get(id),
    remove: (id) => devices.delete(id),
    ids: () => [...devices.keys()],
  };
}
