/** Rows pasted from a spreadsheet → the cells that name a device; the rest of a row is about the same device. */
import { readSubject } from './subject.ts';

export interface Picked {
  readonly text: string;
  /** Cells that were left out. */
  readonly left: number;
}

/**
 * Leaves out what stands beside a device in a row of cells: `SEP001122334455 ⇥ 1001 ⇥ Front desk` is one device, and a
 * heading is none. A text without tabs, and rows in which nothing names a device, stay as they are.
 */
export function pickCells(text: string): Picked {
  const rows = text.split('\n').map((line) => line.split('\t').filter((cell) => cell.trim() !== ''));
  const tabbed = rows.filter((cells) => cells.length > 1);
  if (!tabbed.some((cells) => cells.some(namesDevice))) return { text, left: 0 };
  let left = 0;
  const kept = rows.map((cells) => {
    const picked = cells.length > 1 ? pick(cells, cells === tabbed[0]) : cells;
    left += cells.length - picked.length;
    return picked.join('\t');
  });
  return { text: kept.join('\n'), left };
}

function pick(cells: readonly string[], first: boolean): readonly string[] {
  const names = cells.filter((cell) => parts(cell).some((part) => readSubject(part).type === 'name'));
  if (names.length > 0) return names;
  const naming = cells.filter(namesDevice);
  if (naming.length > 0) return naming;
  return first ? [] : cells;
}

function namesDevice(cell: string): boolean {
  return parts(cell).some((part) => readSubject(part).type !== 'description');
}

/** A cell may be a list of its own, and the first one may have the verb in front. */
function parts(cell: string): readonly string[] {
  const trimmed = cell.trim();
  const listed = trimmed.split(/[,;]/).map((part) => part.trim());
  return [...listed, trimmed.split(' ').at(-1) ?? ''].filter((part) => part !== '');
}
