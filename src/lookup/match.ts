/** Which rows answer an item, as far as RisPort70's own matching is known. */
import ipaddr from 'ipaddr.js';
import type { Device } from '../device/device.ts';
import { globTest } from '../device/glob.ts';
import type { SelectBy } from '../device/query.ts';

/** Finds the rows for an item: `*` stands for any text, case does not matter, addresses are compared by value. */
export type RowIndex = (item: string) => readonly Device[];

/** Built once a reply: a thousand askers of a merged question then cost a thousand map reads. */
export function indexRows(rows: readonly Device[], selectBy: SelectBy): RowIndex {
  const byKey = new Map<string, Device[]>();
  for (const row of rows) {
    for (const key of new Set(keysOf(row, selectBy))) {
      const same = byKey.get(key);
      if (same) same.push(row);
      else byKey.set(key, [row]);
    }
  }
  return (item) => {
    if (!item.includes('*')) return byKey.get(keyOf(item, selectBy)) ?? [];
    const fits = globTest(item);
    const matched = [...byKey].filter(([key]) => fits(key));
    return [...new Set(matched.flatMap(([, found]) => found))];
  };
}

function keyOf(text: string, selectBy: SelectBy): string {
  const isAddress = (selectBy === 'IPV4Address' || selectBy === 'IPV6Address') && ipaddr.isValid(text);
  return isAddress ? ipaddr.parse(text).toNormalizedString() : text.toLowerCase();
}

function keysOf(row: Device, selectBy: SelectBy): readonly string[] {
  switch (selectBy) {
    case 'Name':
      return [row.name.toLowerCase()];
    case 'Description':
      return [row.description.toLowerCase()];
    case 'DirNumber':
      return numbersOf(row).map((number) => number.toLowerCase());
    case 'IPV4Address':
    case 'IPV6Address':
      return row.ipAddress.map(({ ip }) => keyOf(ip, selectBy));
  }
}

/** `6961-Registered, 6962-UnRegistered` holds numbers too, for rows without LinesStatus. */
function numbersOf(row: Device): readonly string[] {
  const printed = row.dirNumber.split(',').map((entry) => entry.trim().replace(/-[A-Za-z]+$/, ''));
  return [...row.linesStatus.map((line) => line.directoryNumber), ...printed];
}
