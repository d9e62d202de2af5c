/** Maps that forget what was used longest ago. */

/** Puts it in as the latest, and takes the oldest out beyond `most`. A map hands its keys out in the order they came. */
export function keep<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
