/** Where the cells of a site's grid are. Pure; CSS pixels. */

export interface Layout {
  /** From the left edge of one cell to that of the next. */
  readonly step: number;
  /** Of a cell. */
  readonly size: number;
  readonly columns: number;
  readonly height: number;
}

/** Cells get smaller the more devices there are in all, so that a large cluster is still seen at a glance. */
export function layoutOf(cells: number, width: number, inAll: number): Layout {
  const step = stepFor(inAll);
  const columns = Math.max(1, Math.floor(width / step));
  const rows = Math.ceil(cells / columns);
  return { step, size: step - (step > 8 ? 2 : 1), columns, height: rows * step };
}

function stepFor(inAll: number): number {
  if (inAll <= 400) return 15;
  if (inAll <= 2500) return 10;
  return inAll <= 8000 ? 7 : 6;
}

/** The cell at a point; null beside all cells. */
export function cellAt({ step, columns }: Layout, cells: number, x: number, y: number): number | null {
  const column = Math.floor(x / step);
  if (column < 0 || column >= columns || y < 0) return null;
  const cell = Math.floor(y / step) * columns + column;
  return cell < cells ? cell : null;
}

/** Where an arrow key goes from a cell. */
export function stepFrom({ columns }: Layout, cells: number, cell: number, key: string): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: cell + 1,
    ArrowLeft: cell - 1,
    ArrowDown: cell + columns,
    ArrowUp: cell - columns,
    Home: 0,
    End: cells - 1,
    PageDown: Math.min(cells - 1, cell + 10 * columns),
    PageUp: Math.max(0, cell - 10 * columns),
  };
  const next = steps[key];
  if (next === undefined) return null;
  return next >= 0 && next < cells ? next : cell;
}
