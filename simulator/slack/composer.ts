/**
 * What Slack's composer makes of what people type: a rich_text block, in which formatting is apart from the text.
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
import type { JsonObject } from './json.ts';
import type { World } from './world.ts';

type Style = Readonly<Record<string, true>>;

/** Lines that belong together: a list, a quote, code between fences, or text. */
interface Passage {
  readonly kind: 'text' | 'bullet' | 'ordered' | 'quote' | 'code';
  readonly indent: number;
  readonly lines: string[];
}

const LINE_STARTS: readonly { readonly kind: Passage['kind']; readonly pattern: RegExp }[] = [
  { kind: 'bullet', pattern: /^( *)[-•] (?=\S)/ },
  { kind: 'ordered', pattern: /^( *)\d{1,3}\. (?=\S)/ },
  { kind: 'quote', pattern: /^()> ?/ },
];
const INDENT = 4;

/** The block under a message that a person typed; mentions that are already written as `<@U…>` stay mentions. */
export function composedBlock(world: World, text: string, blockId: string): JsonObject {
  return { type: 'rich_text', block_id: blockId, elements: passagesOf(text).flatMap(elementsOf(world)) };
}

function passagesOf(text: string): readonly Passage[] {
  const passages: Passage[] = [];
  for (const [index, part] of text.split('```').entries()) {
    if (index % 2 === 1) passages.push({ kind: 'code', indent: 0, lines: [part.replace(/^\n|\n$/g, '')] });
    else addLines(passages, part);
  }
  return passages;
}

function addLines(passages: Passage[], text: string): void {
  if (text === '') return;
  for (const line of text.split('\n')) {
    const { kind, indent, rest } = startOf(line);
    const last = passages.at(-1);
    if (last?.kind === kind && last.indent === indent) last.lines.push(rest);
    else passages.push({ kind, indent, lines: [rest] });
  }
}

function startOf(line: string) {
  for (const { kind, pattern } of LINE_STARTS) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const indent = Math.floor((match[1] ?? '').length / INDENT);
    return { kind, indent, rest: line.slice(match[0].length) };
  }
  return { kind: 'text', indent: 0, rest: line } as const;
}

const elementsOf =
  (world: World) =>
  ({ kind, indent, lines }: Passage): readonly JsonObject[] => {
    const runs = (text: string) => runsOf(world, text, {});
    const whole = lines.join('\n');
    switch (kind) {
      case 'text':
        return whole === '' ? [] : [{ type: 'rich_text_section', elements: runs(whole) }];
      case 'quote':
        return [{ type: 'rich_text_quote', elements: runs(whole) }];
      case 'code':
        return [{ type: 'rich_text_preformatted', border: 0, elements: [{ type: 'text', text: whole }] }];
      case 'bullet':
      case 'ordered': {
        const elements = lines.map((line) => ({ type: 'rich_text_section', elements: runs(line) }));
        return [{ type: 'rich_text_list', style: kind, indent, border: 0, elements }];
      }
    }
  };

/** What is no plain text, in the order in which it is looked for. */
const SPECIAL = new RegExp(
  [
    '(?<code>`[^`\\n]+`)',
    '<@(?<user>\\w+)>|<!subteam\\^(?<group>\\w+)(?:\\|[^<>]*)?>|<#(?<room>\\w+)(?:\\|[^<>]*)?>|<!(?<range>here|channel|everyone)>',
    '(?<=^|[\\s(*_~])(?<name>[@#][\\w-]*[a-zA-Z\\d-])',
    '(?<=^|[\\s*_~])(?<url>https?:\\/\\/[^\\s<>|*]+)',
    '(?<=^|[\\s*_~])(?<mail>[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)',
    ':(?<emoji>[a-z][a-z_]*):',
    '(?<=^|[\\s(*_~])(?<sign>[*_~])(?<inner>(?!\\k<sign>)\\S(?:[^\\n]*?\\S)?)\\k<sign>(?=$|[\\s),.;:*_~])',
  ].join('|'),
  'gu',
);
const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
const RANGES = new Set(['@here', '@channel', '@everyone']);
/** Some of Slack's; two of them are halves of MAC addresses as well. */
const EMOJI = new Set(['ab', 'cd', 'eyes', 'fire', 'phone', 'rotating_light', 'telephone_receiver', 'wave']);

function runsOf(world: World, text: string, style: Style): readonly JsonObject[] {
  const styled = Object.keys(style).length === 0 ? {} : { style };
  const runs: JsonObject[] = [];
  let from = 0;
  const plain = (to: number) => {
    if (to > from) runs.push({ type: 'text', text: text.slice(from, to), ...styled });
  };
  for (const match of text.matchAll(SPECIAL)) {
    const { 0: whole, index, groups = {} } = match;
    const found = isLiteral(text, index, groups) ? null : specialRuns(world, whole, groups, style);
    if (found === null) continue;
    plain(index);
    runs.push(...found.map((run) => ({ ...run, ...('style' in run ? {} : styled) })));
    from = index + whole.length;
  }
  plain(text.length);
  return runs;
}

/** Signs in quotes stay signs here, so that a test can type a literal one; Slack would format them. */
function isLiteral(text: string, index: number, { sign }: Groups): boolean {
  return sign !== undefined && text.slice(0, index).split('"').length % 2 === 0;
}

type Groups = Readonly<Record<string, string | undefined>>;

function specialRuns(
  world: World,
  whole: string,
  groups: Groups,
  style: Style,
): readonly JsonObject[] | null {
  const { code, user, group, room, range, name, url, mail, emoji, sign, inner = '' } = groups;
  if (code !== undefined) return [{ type: 'text', text: code.slice(1, -1), style: { ...style, code: true } }];
  if (user !== undefined) return [{ type: 'user', user_id: user }];
  if (group !== undefined) return [{ type: 'usergroup', usergroup_id: group }];
  if (room !== undefined) return [{ type: 'channel', channel_id: room }];
  if (range !== undefined) return [{ type: 'broadcast', range }];
  if (name !== undefined) return named(world, name);
  if (url !== undefined) return [{ type: 'link', url }];
  if (mail !== undefined) return [{ type: 'link', url: `mailto:${mail}`, text: mail }];
  if (emoji !== undefined) return EMOJI.has(emoji) ? [{ type: 'emoji', name: emoji }] : null;
  if (sign === undefined) throw new Error(`nothing is known of ${whole}`);
  return runsOf(world, inner, { ...style, [STYLES[sign as keyof typeof STYLES]]: true });
}

/** `@anna`, `@voice-admins`, `#voice`; null when nobody and nothing is called that. */
function named({ users, groups, channels }: World, word: string): readonly JsonObject[] | null {
  const name = word.slice(1);
  if (word.startsWith('#')) {
    const room = [...channels.values()].find((one) => one.kind !== 'im' && one.name === name);
    return room === undefined ? null : [{ type: 'channel', channel_id: room.id }];
  }
  if (RANGES.has(word)) return [{ type: 'broadcast', range: name }];
  const group = [...groups.values()].find(({ handle }) => handle === name);
  if (group !== undefined) return [{ type: 'usergroup', usergroup_id: group.id }];
  const user = [...users.values()].find((one) => one.name === name);
  return user === undefined ? null : [{ type: 'user', user_id: user.id }];
}
