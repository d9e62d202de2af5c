/** Messages as a whole: what a bot may post, and what Slack says when it may not. */
import { isList, isObject, type Json, type JsonObject, readJson, textAt } from '../json.ts';
import { ELEMENT, MESSAGE } from '../limits.ts';
import type { Check } from '../model.ts';
import { checkBlocks } from './blocks.ts';
import { option, optionGroup } from './composition.ts';
import { listOf, startFindings } from './rule.ts';

/** An error code and its details. */
export interface Refusal {
  readonly error: string;
  /** Without `[ERROR]`. */
  readonly problems: readonly string[];
}

export interface Content {
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly passed: readonly Check[];
}

export function refusal(error: string, problems: readonly string[] = []): Refusal {
  return { error, problems };
}

export function isRefusal(value: object): value is Refusal {
  return 'problems' in value;
}

/** What a message says, when it may; `maxText` is smaller for chat.update. */
export function checkContent(args: JsonObject, maxText: number = MESSAGE.text): Content | Refusal {
  const text = textAt(args, 'text') ?? textAt(args, 'markdown_text') ?? '';
  if (text.length > maxText) return refusal('msg_too_long');
  const blocks = readBlocks(args['blocks']);
  if (blocks === null) return refusal('invalid_blocks_format');
  const attachments = readBlocks(args['attachments']);
  if (attachments === null) return refusal('invalid_attachments');
  if (attachments.length > MESSAGE.attachments) return refusal('too_many_attachments');
  if (text.trim() === '' && blocks.length === 0 && attachments.length === 0) return refusal('no_text');
  const findings = startFindings('message');
  checkBlocks(blocks, MESSAGE.blocks, '/blocks', findings);
  for (const [index, attachment] of attachments.entries()) {
    const inside = isObject(attachment) ? attachment['blocks'] : undefined;
    if (isList(inside)) checkBlocks(inside, MESSAGE.blocks, `/attachments/${index}/blocks`, findings);
  }
  if (findings.problems.length > 0) return refusal('invalid_blocks', findings.problems);
  if (findings.tables > 1) return refusal('invalid_attachments', ['only_one_table_allowed']);
  if (findings.characters > MESSAGE.blockText) return refusal('msg_blocks_too_long');
  return { text, blocks: blocks.filter(isObject), passed: passedChecks(text, blocks, attachments) };
}

function passedChecks(text: string, blocks: readonly Json[], attachments: readonly Json[]): readonly Check[] {
  const passed: Check[] = text === '' ? [] : ['text'];
  if (blocks.length > 0) passed.push('blocks');
  if (attachments.length > 0) passed.push('attachments');
  return passed;
}

/** A list of blocks, or JSON of one; null when it is neither. */
export function readBlocks(value: Json | undefined): readonly Json[] | null {
  const read = typeof value === 'string' && value !== '' ? readJson(value) : (value ?? []);
  if (read === '') return [];
  return isList(read) ? read : null;
}

/** What is wrong with the answer to a block_suggestion. */
export function checkSuggestions(answer: JsonObject): readonly string[] {
  const findings = startFindings('modal');
  if (answer['options'] !== undefined) {
    listOf(option, ELEMENT.options, 0)(answer['options'], '/options', findings);
  } else {
    listOf(optionGroup, ELEMENT.optionGroups, 0)(answer['option_groups'] ?? null, '/option_groups', findings);
  }
  return findings.problems;
}
