/** What Slack says of blocks, written down a second time from its reference, so that the renderer does not judge itself. */

type Json = Readonly<Record<string, unknown>>;
type Report = (path: string, problem: string) => void;

/** Every reason for which Slack would refuse the blocks, as `/blocks/2/fields/0: …`; none when it takes them. */
export function problemsOf(surface: 'message' | 'home', blocks: readonly unknown[]): readonly string[] {
  const problems: string[] = [];
  const report: Report = (path, problem) => problems.push(`${path}: ${problem}`);
  between(report, '/blocks', blocks.length, 1, surface === 'message' ? 50 : 100);
  const actionIds: unknown[] = [];
  let tables = 0;
  let characters = 0;
  for (const [i, block] of blocks.entries()) {
    const path = `/blocks/${i}`;
    checkBlock(report, path, asJson(block));
    walk(asJson(block), (object) => {
      if (object['type'] === 'table') tables += 1;
      if (typeof object['text'] === 'string') characters += object['text'].length;
      if (object['action_id'] !== undefined) actionIds.push(object['action_id']);
    });
  }
  if (tables > (surface === 'message' ? 1 : 0)) report('/blocks', `${tables} tables`);
  if (characters > 11_000) report('/blocks', `${characters} characters of text are near what Slack refuses`);
  if (new Set(actionIds).size < actionIds.length) report('/blocks', 'action_id used twice');
  return problems;
}

/** Every mrkdwn text of the blocks. */
export function markupTexts(blocks: readonly unknown[]): readonly string[] {
  const texts: string[] = [];
  for (const block of blocks) {
    walk(asJson(block), (object) => {
      if (object['type'] === 'mrkdwn') texts.push(String(object['text']));
    });
  }
  return texts;
}

/** The addresses that the blocks lead to. */
export function linksOf(blocks: readonly unknown[]): readonly string[] {
  const links: string[] = [];
  for (const block of blocks) {
    walk(asJson(block), (object) => {
      if (object['type'] === 'link') links.push(String(object['url']));
    });
  }
  return [
    ...links,
    ...markupTexts(blocks).flatMap((text) =>
      [...text.matchAll(/<(http[^|>]*)/g)].map(([, url]) => url ?? ''),
    ),
  ];
}

/** All words that a reader sees, a line each. */
export function wordsOf(blocks: readonly unknown[]): string {
  const words: string[] = [];
  for (const block of blocks) {
    walk(asJson(block), (object) => {
      if (typeof object['text'] === 'string') words.push(object['text']);
    });
  }
  return words.join('\n');
}

function checkBlock(report: Report, path: string, block: Json): void {
  switch (block['type']) {
    case 'header':
      plainText(report, `${path}/text`, block['text'], 150);
      return;
    case 'section':
      checkSection(report, path, block);
      return;
    case 'context':
      each(report, `${path}/elements`, block['elements'], 10, (at, item) =>
        textObject(report, at, item, 3000),
      );
      return;
    case 'actions':
      each(report, `${path}/elements`, block['elements'], 25, (at, item) =>
        checkButton(report, at, asJson(item)),
      );
      return;
    case 'rich_text':
      checkRichText(report, path, block);
      return;
    case 'table':
      checkTable(report, path, block);
      return;
    default:
      report(path, `block type ${String(block['type'])}`);
  }
}

function checkSection(report: Report, path: string, block: Json): void {
  if (block['text'] === undefined && block['fields'] === undefined) report(path, 'neither text nor fields');
  if (block['text'] !== undefined) textObject(report, `${path}/text`, block['text'], 3000);
  if (block['fields'] !== undefined) {
    each(report, `${path}/fields`, block['fields'], 10, (at, item) => textObject(report, at, item, 2000));
  }
}

function checkButton(report: Report, path: string, button: Json): void {
  if (button['type'] !== 'button') report(path, 'no button');
  plainText(report, `${path}/text`, button['text'], 75);
  string(report, `${path}/action_id`, button['action_id'], 255);
  if (button['value'] !== undefined) string(report, `${path}/value`, button['value'], 2000);
  if (![undefined, 'primary', 'danger'].includes(button['style'] as undefined | string))
    report(path, 'style');
}

function checkRichText(report: Report, path: string, block: Json): void {
  each(report, `${path}/elements`, block['elements'], 100, (at, item) => {
    const element = asJson(item);
    if (element['type'] === 'rich_text_section') checkRuns(report, at, element);
    else if (element['type'] === 'rich_text_list') {
      if (element['style'] !== 'bullet' && element['style'] !== 'ordered') report(at, 'style');
      each(report, `${at}/elements`, element['elements'], 1000, (inner, run) => {
        if (asJson(run)['type'] !== 'rich_text_section') report(inner, 'not a section');
        checkRuns(report, inner, asJson(run));
      });
    } else report(at, `element type ${String(element['type'])}`);
  });
}

function checkRuns(report: Report, path: string, section: Json): void {
  each(report, `${path}/elements`, section['elements'], 1000, (at, item) => {
    const run = asJson(item);
    if (run['type'] === 'user') {
      if (!/^[UW][A-Z0-9]+$/.test(String(run['user_id']))) report(`${at}/user_id`, 'not a person');
      return;
    }
    if (run['type'] !== 'text' && run['type'] !== 'link') report(at, `run of type ${String(run['type'])}`);
    string(report, `${at}/text`, run['text'], 3000);
    if (run['type'] === 'link') {
      string(report, `${at}/url`, run['url'], 3000);
      if (!/^https?:\/\/\S+$/.test(String(run['url']))) report(`${at}/url`, 'not a web address');
    }
  });
}

function checkTable(report: Report, path: string, block: Json): void {
  const widths = new Set<number>();
  each(report, `${path}/rows`, block['rows'], 100, (at, row) => {
    widths.add(Array.isArray(row) ? row.length : -1);
    each(report, at, row, 20, (cellAt, item) => {
      const cell = asJson(item);
      if (cell['type'] === 'raw_text') string(report, `${cellAt}/text`, cell['text'], 3000);
      else if (cell['type'] === 'rich_text') checkRichText(report, cellAt, cell);
      else report(cellAt, `cell type ${String(cell['type'])}`);
    });
  });
  if (widths.size > 1) report(path, 'rows of different lengths');
  each(report, `${path}/column_settings`, block['column_settings'], 20, (at, item) => {
    if (!['left', 'center', 'right'].includes(String(asJson(item)['align']))) report(at, 'align');
  });
}

function textObject(report: Report, path: string, value: unknown, most: number): void {
  if (asJson(value)['type'] !== 'mrkdwn') plainText(report, path, value, most);
  else string(report, `${path}/text`, asJson(value)['text'], most);
}

function plainText(report: Report, path: string, value: unknown, most: number): void {
  if (asJson(value)['type'] !== 'plain_text') report(path, 'not plain_text');
  // Without this Slack turns `:name:` into a picture.
  if (asJson(value)['emoji'] !== false) report(path, 'emoji codes are read');
  string(report, `${path}/text`, asJson(value)['text'], most);
}

function string(report: Report, path: string, value: unknown, most: number): void {
  if (typeof value !== 'string') report(path, 'no string');
  else if (!value.isWellFormed()) report(path, 'half a character');
  else between(report, path, value.length, 1, most);
}

function each(
  report: Report,
  path: string,
  value: unknown,
  most: number,
  check: (path: string, item: unknown) => void,
): void {
  if (!Array.isArray(value)) {
    report(path, 'no array');
    return;
  }
  between(report, path, value.length, 1, most);
  for (const [i, item] of value.entries()) check(`${path}/${i}`, item);
}

function between(report: Report, path: string, size: number, least: number, most: number): void {
  if (size < least || size > most) report(path, `${size}, not ${least} to ${most}`);
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function walk(value: unknown, visit: (object: Json) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value as Json);
  for (const part of Object.values(value)) walk(part, visit);
}
