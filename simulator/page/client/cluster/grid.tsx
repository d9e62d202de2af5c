/** The devices of a site as a grid of cells: drawn, as there may be thousands, yet gone through by arrow keys and heard. */
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { ClusterState } from '../../wire.ts';
import type { Shade } from '../theme.ts';
import { draw } from './draw.ts';
import { cellAt, type Layout, layoutOf, stepFrom } from './layout.ts';
import { STATE_WORDS, stateOf } from './standings.ts';

interface GridProps {
  readonly label: string;
  readonly places: readonly number[];
  readonly cluster: ClusterState;
  /** Index of the chosen device. */
  readonly chosen: number | null;
  readonly choose: (index: number) => void;
  readonly theme: Shade;
}

export const Grid = memo(function Grid({ label, places, cluster, chosen, choose, theme }: GridProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const width = useWidth(box);
  const layout = layoutOf(places.length, width, cluster.devices.names.length);
  const canvas = useDrawing({ layout, places, standings: cluster.standings, width, theme });
  const chosenCell = chosen === null ? -1 : places.indexOf(chosen);
  const go = (cell: number | null) => {
    const place = cell === null ? undefined : places[cell];
    if (cell === null || place === undefined) return;
    setAt(cell);
    choose(place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next =
      event.key === 'Enter' || event.key === ' ' ? at : stepFrom(layout, places.length, at, event.key);
    if (next === null) return;
    event.preventDefault();
    go(next);
  };
  const onPointerDown = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) =>
    go(cellAt(layout, places.length, offsetX, offsetY));
  return (
    <div
      ref={box}
      className="cells"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={`${id}-cell`}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
    >
      <div aria-hidden="true">
        <canvas ref={canvas} />
      </div>
      <Mark layout={layout} cell={chosenCell} name="chosen" />
      <Mark layout={layout} cell={at} name="at" />
      <div id={`${id}-cell`} className="unseen" role="option" aria-selected={chosenCell === at} tabIndex={-1}>
        {wordsOf(cluster, places[at])}
      </div>
    </div>
  );
});

/** A frame around a cell. */
function Mark({
  layout,
  cell,
  name,
}: {
  readonly layout: Layout;
  readonly cell: number;
  readonly name: string;
}) {
  if (cell < 0) return null;
  const { step, size, columns } = layout;
  const style = {
    left: (cell % columns) * step,
    top: Math.floor(cell / columns) * step,
    width: size,
    height: size,
  };
  return <span className={`mark-${name}`} style={style} />;
}

function wordsOf({ devices, standings }: ClusterState, place: number | undefined): string {
  if (place === undefined) return 'none';
  return `${devices.names[place]}, ${devices.descriptions[place]}, ${STATE_WORDS[stateOf(standings[place] ?? 0)]}`;
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

interface Picture {
  readonly layout: Layout;
  readonly places: readonly number[];
  readonly standings: readonly number[];
  readonly width: number;
  readonly theme: Shade;
}

/** Draws what changed; all of it when its size or the colours have. */
function useDrawing({ layout, places, standings, width, theme }: Picture) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<readonly number[] | null>(null);
  const { height, step } = layout;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the style sheet, which follows the theme.
  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const scale = window.devicePixelRatio;
    element.width = Math.round(width * scale);
    element.height = Math.round(height * scale);
    element.style.width = `${width}px`;
    element.style.height = `${height}px`;
    element.getContext('2d')?.scale(scale, scale);
    drawn.current = null;
  }, [width, height, step, theme]);
  useEffect(() => {
    if (canvas.current === null || width === 0) return;
    draw({ canvas: canvas.current, layout, places, standings }, drawn.current);
    drawn.current = standings;
  });
  return canvas;
}
