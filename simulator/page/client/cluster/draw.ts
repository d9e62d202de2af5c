/** Draws the cells of a site: colour says the state, and a mark in the cell says it to those who see no colours. */
import type { DeviceState } from '../../wire.ts';
import type { Layout } from './layout.ts';
import { stateOf } from './standings.ts';

export interface Drawing {
  readonly canvas: HTMLCanvasElement;
  readonly layout: Layout;
  /** Indexes of the devices, in the order of the cells. */
  readonly places: readonly number[];
  readonly standings: readonly number[];
}

/** From this size on there is room for a mark. */
const ROOM_FOR_MARKS = 7;
const MARKED: ReadonlySet<DeviceState> = new Set(['unregistered', 'rejected', 'absent']);

/** Draws all cells, or only those whose standing is another one than `before` says. */
export function draw({ canvas, layout, places, standings }: Drawing, before: readonly number[] | null): void {
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const colours = coloursOf(canvas);
  const { step, size, columns } = layout;
  for (const [cell, place] of places.entries()) {
    const standing = standings[place] ?? 0;
    if (before !== null && before[place] === standing) continue;
    const [x, y] = [(cell % columns) * step, Math.floor(cell / columns) * step];
    drawCell(pen, { x, y, size, step }, stateOf(standing), colours);
  }
}

interface Square {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly step: number;
}

type Colours = Readonly<Record<DeviceState | 'ground', string>>;

function drawCell(
  pen: CanvasRenderingContext2D,
  { x, y, size, step }: Square,
  state: DeviceState,
  colours: Colours,
): void {
  pen.clearRect(x, y, step, step);
  pen.fillStyle = colours[state];
  if (size < ROOM_FOR_MARKS) {
    pen.fillRect(x, y, size, size);
    return;
  }
  pen.beginPath();
  pen.roundRect(x, y, size, size, size / 5);
  pen.fill();
  const inner = size * 0.28;
  if (MARKED.has(state)) {
    pen.strokeStyle = colours.ground;
    pen.lineWidth = Math.max(1, size / 8);
    pen.beginPath();
    pen.moveTo(x + inner, y + inner);
    pen.lineTo(x + size - inner, y + size - inner);
    pen.moveTo(x + size - inner, y + inner);
    pen.lineTo(x + inner, y + size - inner);
    pen.stroke();
  } else if (state === 'unheard') {
    pen.fillStyle = colours.ground;
    pen.fillRect(x + inner, y + inner, size - 2 * inner, size - 2 * inner);
  }
}

/** The colours are those of the style sheet, `--state-registered` and so on. */
function coloursOf(canvas: HTMLCanvasElement): Colours {
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(`--state-${name}`).trim();
  return {
    registered: colour('registered'),
    elsewhere: colour('elsewhere'),
    unheard: colour('unheard'),
    partial: colour('partial'),
    upgrading: colour('upgrading'),
    unknown: colour('unknown'),
    rejected: colour('rejected'),
    unregistered: colour('unregistered'),
    absent: colour('absent'),
    ground: style.getPropertyValue('--ground').trim(),
  };
}
