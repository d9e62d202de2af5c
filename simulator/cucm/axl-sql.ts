/** The few SELECTs that names, numbers and device pools take, on the model. Informix words: `select skip 10 first 5 …`. */
import { MODELS } from '../../src/device/models.ts';
import { matchesGlob } from './glob.ts';
import type { SimDevice } from './model.ts';

export type SqlRow = Readonly<Record<string, string>>;
export type SqlAnswer = { readonly rows: readonly SqlRow[] } | { readonly problem: string };

const LONGEST_SQL = 4000;
const SELECT =
  /^select\s+(?:skip\s+(\d{1,9})\s+)?(?:first\s+(\d{1,9})\s+)?(.+?)\s+from\s+device(?:\s+(?:as\s+)?(?!left\b|inner\b|where\b|order\b)(\w+))?(?:\s+(.*))?$/i;
const JOIN =
  /(left\s+(?:outer\s+)?|inner\s+)?join\s+(\w+)(?:\s+(?:as\s+)?(?!on\b)(\w+))?\s+on\s+[\w.]+\s*=\s*[\w.]+/gi;
const TAIL =
  /^\s*(?:where\s+(?:\w+\.)?name\s+(like|=)\s+'([^']*)')?\s*(?:order\s+by\s+[\w.]+(?:\s*,\s*[\w.]+)*)?\s*;?\s*$/i;
const COLUMN = /^(?:(\w+)\.)?(\w+)(?:\s+as\s+(\w+))?$/i;

type Value = (device: SimDevice, number: string) => string;

/** Tables and columns, the few there are. */
const COLUMNS: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
  device: {
    pkid: (device) => device.name.toLowerCase(),
    name: (device) => device.name,
    description: (device) => device.description,
    tkmodel: (device) => String(device.kind.model),
  },
  devicenumplanmap: {},
  numplan: { dnorpattern: (_device, number) => number },
  devicepool: { name: devicePool },
  typemodel: { name: modelName },
};

export function devicePool(device: SimDevice): string {
  return `DP_${device.site}`;
}

export function modelName(device: SimDevice): string {
  return MODELS.get(device.kind.model) ?? '';
}

/** Rows in the order of names, a row for each number when the numbers are joined in. */
export function runSql(sql: string, devices: readonly SimDevice[]): SqlAnswer {
  const text = sql.trim().replace(/\s+/g, ' ');
  const parts = text.length > LONGEST_SQL ? null : SELECT.exec(text);
  if (parts === null) return { problem: 'only SELECT … FROM device is simulated' };
  const [, skip, first, list = '', alias = 'device', rest = ''] = parts;
  const tables = new Map([[alias.toLowerCase(), 'device']]);
  let numbersAreOptional = true;
  for (const [, how = '', table = '', name = table] of rest.matchAll(JOIN)) {
    tables.set(name.toLowerCase(), table.toLowerCase());
    if (!/^left/i.test(how) && table.toLowerCase() === 'devicenumplanmap') numbersAreOptional = false;
  }
  const tail = TAIL.exec(rest.replaceAll(JOIN, ''));
  const columns = list.split(',').map((column) => readColumn(column.trim(), tables));
  if (tail === null || columns.includes(null)) return { problem: 'this SELECT is not simulated' };
  const rows = joined(devices.filter(nameFilter(tail[1], tail[2])), {
    numbers: [...tables.values()].includes('numplan'),
    optional: numbersAreOptional,
  });
  const from = first === undefined ? 0 : Number(skip ?? 0);
  const asked = rows.slice(from, first === undefined ? undefined : from + Number(first));
  return {
    rows: asked.map(({ device, number }) =>
      Object.fromEntries(
        columns.filter((column) => column !== null).map(({ name, value }) => [name, value(device, number)]),
      ),
    ),
  };
}

function readColumn(
  text: string,
  tables: ReadonlyMap<string, string>,
): { name: string; value: Value } | null {
  const [, alias, column = '', name = column] = COLUMN.exec(text) ?? [];
  const holders = alias === undefined ? [...tables.values()] : [tables.get(alias.toLowerCase()) ?? ''];
  for (const table of holders) {
    const value = COLUMNS[table]?.[column.toLowerCase()];
    if (value !== undefined) return { name: name.toLowerCase(), value };
  }
  return null;
}

function joined(
  devices: readonly SimDevice[],
  join: { readonly numbers: boolean; readonly optional: boolean },
): readonly { readonly device: SimDevice; readonly number: string }[] {
  const sorted = devices.toSorted((first, second) => (first.name < second.name ? -1 : 1));
  if (!join.numbers) return sorted.map((device) => ({ device, number: '' }));
  return sorted.flatMap((device) => {
    const numbers = device.numbers.length === 0 && join.optional ? [''] : device.numbers;
    return numbers.map((number) => ({ device, number }));
  });
}

function nameFilter(operator: string | undefined, wanted = ''): (device: SimDevice) => boolean {
  if (operator === undefined) return () => true;
  if (operator === '=') return (device) => device.name === wanted;
  return likeFilter(wanted);
}

/** SQL's `%`, on names, in any case of letters. */
export function likeFilter(pattern: string): (device: SimDevice) => boolean {
  const glob = pattern.toLowerCase().replaceAll('*', '?').replaceAll('%', '*');
  return (device) => matchesGlob(glob, device.name.toLowerCase());
}
