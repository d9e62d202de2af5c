/** Which names a list of SelectItems means. Thousands of names against a thousand items must cost next to nothing. */
import { globTest } from '../device/glob.ts';
import type { KnownRow } from '../device/known.ts';
import { ANY_MODEL, type DeviceQuery } from '../device/query.ts';
import { isCtiRow } from './cti.ts';

/** Items are names, `prefix*`, or any other pattern. Case does not matter. */
export function nameTest(items: readonly string[]): (name: string) => boolean {
  const exact = new Set<string>();
  const prefixes = new Map<number, Set<string>>();
  const patterns: ((name: string) => boolean)[] = [];
  for (const item of items.map((one) => one.toUpperCase())) {
    const star = item.indexOf('*');
    if (star === -1) exact.add(item);
    else if (star === item.length - 1)
      prefixes.set(star, (prefixes.get(star) ?? new Set()).add(item.slice(0, -1)));
    else patterns.push(globTest(item));
  }
  const lengths = [...prefixes];
  return (typed) => {
    const name = typed.toUpperCase();
    return (
      exact.has(name) ||
      lengths.some(([length, known]) => known.has(name.slice(0, length))) ||
      patterns.some((test) => test(name))
    );
  };
}

/** Whether a whole answer to the query would hold the device, in whatever state it is: one that is missing there has no row. */
export function queryCovers(query: DeviceQuery): (row: KnownRow) => boolean {
  const { status, nodeName, protocol, downloadStatus, model, selectBy, deviceClass } = query;
  const open =
    status === 'Any' &&
    nodeName === '' &&
    protocol === 'Any' &&
    downloadStatus === 'Any' &&
    model === ANY_MODEL;
  if (!open) return () => false;
  const isClass = (row: KnownRow) =>
    !isCtiRow(row) && (deviceClass === 'Any' || deviceClass === row.deviceClass);
  if (selectBy === 'Name') {
    const isNamed = nameTest(query.items);
    return (row) => isClass(row) && isNamed(row.name);
  }
  if (selectBy !== 'DirNumber') return () => false;
  const isNumber = nameTest(query.items.map(bareNumber));
  return (row) => isClass(row) && row.linesStatus.some((line) => isNumber(bareNumber(line.directoryNumber)));
}

/** CUCM writes the plus of a number with a backslash before it, people do not. */
function bareNumber(number: string): string {
  return number.replace(/^\\/, '');
}
