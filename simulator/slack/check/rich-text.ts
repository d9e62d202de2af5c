/** Rich text. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
import { isList, isObject, type JsonObject, textAt } from '../json.ts';
import { type Findings, type Rule, report } from './rule.ts';

const CONTAINERS: readonly string[] = [
  'rich_text_section',
  'rich_text_list',
  'rich_text_quote',
  'rich_text_preformatted',
];
/** What each run of text has to have. */
const RUNS: Readonly<Record<string, string>> = {
  text: 'text',
  link: 'url',
  emoji: 'name',
  user: 'user_id',
  usergroup: 'usergroup_id',
  channel: 'channel_id',
  broadcast: 'range',
  color: 'value',
  date: 'timestamp',
};

/** Checks the elements of a rich_text block, or of a cell that is one. */
export function checkRichText(value: JsonObject, at: string, findings: Findings): void {
  const { elements } = value;
  if (!isList(elements)) {
    if (elements !== undefined) report(findings, `${at}/elements`, 'must be an array');
    return;
  }
  for (const [index, element] of elements.entries())
    checkContainer(element, `${at}/elements/${index}`, findings);
}

const checkContainer: Rule = (element, at, findings) => {
  if (!isObject(element)) return report(findings, at, 'must provide an object');
  const type = textAt(element, 'type') ?? '';
  if (!CONTAINERS.includes(type)) return report(findings, `${at}/type`, `unsupported type: ${type}`);
  const { elements } = element;
  if (!isList(elements)) return report(findings, at, 'missing required field: elements');
  for (const [index, run] of elements.entries()) {
    const place = `${at}/elements/${index}`;
    if (type === 'rich_text_list') checkContainer(run, place, findings);
    else checkRun(run, place, findings);
  }
};

const checkRun: Rule = (run, at, findings) => {
  if (!isObject(run)) return report(findings, at, 'must provide an object');
  const type = textAt(run, 'type') ?? '';
  const needed = Object.hasOwn(RUNS, type) ? RUNS[type] : undefined;
  if (needed === undefined) return report(findings, `${at}/type`, `unsupported type: ${type}`);
  if (run[needed] === undefined) return report(findings, at, `missing required field: ${needed}`);
  const words = textAt(run, 'text');
  if (type === 'text' && words === '') report(findings, `${at}/text`, 'must be more than 0 characters');
  findings.characters += words?.length ?? 0;
};
