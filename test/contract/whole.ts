/** Whether a view has arrived as a whole: on the card, or in a file that the card names. */
import type { View } from '../../src/view/view.ts';
import { liveOf, piecesOf, readable, yieldingOf } from './readable.ts';
import type { Seen, Spot, Stage, Traits } from './stage.ts';

const NAMED_FILE = /(\S+\.(?:csv|txt)) has (?:all of|their commands)/g;

/** What is wrong with the view as it is seen, in a line each; nothing when all is well. */
export async function faultsOf(
  stage: Stage,
  { spot, seen, view, links }: { spot: Spot; seen: Seen; view: View; links: Traits['links'] },
): Promise<readonly string[]> {
  const contents = await namedFiles(stage, spot, seen.text);
  const isKept = (words: string) => contents.some((content) => content.includes(words));
  const missing = piecesOf(view).filter((piece) => !seen.text.includes(piece));
  return [
    ...missing.filter((piece) => !isKept(piece)).map((piece) => `not to be read: ${shortOf(piece)}`),
    ...(contents.length > 0 && missing.length + unshownButtons(seen, view).length === 0
      ? ['a cut is told of, and nothing is cut']
      : []),
    ...(seen.beside.includes(shortTitle(view)) ? [] : ['its notification does not have the title']),
    ...buttonFaults(seen, view, isKept),
    ...(await fileFaults(stage, spot, view)),
    ...liveFaults(seen, view, links),
  ];
}

/** Columns that yield, and are neither shown nor named as left out. */
export function unnamedColumns(seen: Seen, view: View): readonly string[] {
  return yieldingOf(view)
    .filter(({ cells }) => !cells.every((cell) => isShown(seen.text, cell)))
    .filter(({ label }) => !new RegExp(`(?:Too narrow to show|Not shown):[^.]*${label}`).test(seen.text))
    .map(({ label }) => label);
}

/** As it is, or shortened where a letter ends. */
function isShown(text: string, cell: string): boolean {
  if (text.includes(cell)) return true;
  const isThere = (start: string) => text.includes(`${start}…`) || text.includes(`${start.trimEnd()}…`);
  return [...cell].some((_, at) => at > 2 && isThere(cell.slice(0, at)));
}

async function namedFiles(stage: Stage, spot: Spot, text: string): Promise<readonly string[]> {
  const names = new Set([...text.matchAll(NAMED_FILE)].map(([, name = '']) => name));
  return Promise.all([...names].map(async (name) => readable(await stage.file(spot, name))));
}

function unshownButtons({ buttons }: Seen, { actions }: View): View['actions'] {
  return actions.filter(({ label }) => !buttons.includes(readable(label)));
}

function buttonFaults(seen: Seen, view: View, isKept: (words: string) => boolean): readonly string[] {
  const missing = unshownButtons(seen, view);
  const told = Number(/no room for (\d+) of the buttons/.exec(seen.text)?.[1] ?? 0);
  return [
    ...(told === missing.length
      ? []
      : [`${missing.length} buttons are missing, and the card says ${told}: ${missing[0]?.label}`]),
    ...missing
      .filter(({ label, command }) => !isKept(readable(`${label}: ${command}`)))
      .map(({ label }) => `no way to ${label}`),
  ];
}

async function fileFaults(stage: Stage, spot: Spot, view: View): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const block of view.blocks) {
    if (block.type !== 'file') continue;
    const content = await stage.file(spot, block.name);
    // A platform that takes no empty file has a blank line in it.
    if (content !== block.content && content.trim() !== block.content)
      faults.push(`${block.name} is another file`);
  }
  return faults;
}

function liveFaults(seen: Seen, view: View, links: Traits['links']): readonly string[] {
  const ours = liveOf(view);
  const wanted =
    links === 'an address leads to its phone' ? ours.filter((one) => one.startsWith('link')) : [];
  return [
    ...seen.live.filter((one) => !ours.includes(one)).map((one) => `not risbot's: ${one}`),
    ...wanted.filter((one) => !seen.live.includes(one)).map((one) => `not there: ${one}`),
  ];
}

const shortTitle = ({ title }: View) => readable(title).slice(0, 200).trim();
const shortOf = (words: string) => (words.length > 80 ? `${words.slice(0, 80)}…` : words);
