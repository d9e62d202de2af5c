/** Which devices a word points at. */
import { parseMac, phoneName } from '../../../src/device/mac.ts';
import { matchesGlob, networkMatcher } from '../glob.ts';
import type { Cluster, SimDevice } from '../model.ts';

/** Every device that one of the words points at, each once, in the order of the words. Deleted ones are not found. */
export function findTargets(cluster: Cluster, words: readonly string[]): readonly SimDevice[] {
  const found = new Set<SimDevice>();
  for (const word of words) for (const device of pointedAt(cluster, word)) found.add(device);
  return [...found];
}

/** A name or MAC first, then a network, a site, a number or address, a model, a pattern. */
function pointedAt(cluster: Cluster, word: string): readonly SimDevice[] {
  const mac = parseMac(word);
  const small = (mac === null ? word : phoneName(mac)).toLowerCase();
  const named = cluster.byName.get(small);
  if (named !== undefined) return named.deleted ? [] : [named];
  const present = cluster.devices.filter((device) => !device.deleted);
  const inNetwork = networkMatcher(word);
  if (inNetwork !== null) {
    return present.filter((device) => inNetwork(device.address) || inNetwork(device.address6));
  }
  const atSite = present.filter((device) => device.site.toLowerCase() === small && isPhone(device));
  if (atSite.length > 0) return atSite;
  const numbered = present.filter((device) => device.numbers.includes(word) || device.address === word);
  if (numbered.length > 0) return numbered;
  const ofModel = present.filter((device) => device.kind.id === small);
  if (ofModel.length > 0) return ofModel;
  return small.includes('*') ? present.filter((device) => matchesGlob(small, device.name.toLowerCase())) : [];
}

function isPhone(device: SimDevice): boolean {
  return device.kind.deviceClass === 'Phone';
}
