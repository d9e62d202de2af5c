/** Blocks, by surface. https://docs.slack.dev/reference/block-kit/blocks */
import { isList, isObject, type Json, type JsonObject, textAt } from '../json.ts';
import { BLOCK } from '../limits.ts';
import { anyText, mrkdwn, plain } from './composition.ts';
import { accessory, actionElement, cardButton, contextElement, image, inputElement } from './elements.ts';
import { checkRichText } from './rich-text.ts';
import {
  also,
  anything,
  byType,
  type Findings,
  flag,
  listOf,
  number,
  oneOf,
  type Rule,
  report,
  type Shape,
  type Surface,
  shaped,
  text,
} from './rule.ts';
import { dataTable, table } from './table.ts';

function block({ required = {}, optional = {} }: Shape): Rule {
  return shaped({ required, optional: { block_id: text(BLOCK.blockId), ...optional } });
}

const section = also(
  block({
    optional: {
      text: anyText(BLOCK.sectionText),
      fields: listOf(anyText(BLOCK.fieldText), BLOCK.fields),
      accessory,
      expand: flag,
    },
  }),
  (value, at, findings) => {
    if (value['text'] === undefined && value['fields'] === undefined) {
      report(findings, at, 'missing required field: text');
    }
  },
);

const markdown = also(block({ required: { text: text(BLOCK.markdown) } }), (value, at, findings) => {
  const { length } = textAt(value, 'text') ?? '';
  const before = findings.markdown;
  findings.markdown += length;
  // The limit is on all markdown blocks of a payload together.
  if (before <= BLOCK.markdown && findings.markdown > BLOCK.markdown && length <= BLOCK.markdown) {
    report(
      findings,
      `${at}/text`,
      `must be less than ${BLOCK.markdown + 1} characters in all markdown blocks`,
    );
  }
});

const card = block({
  optional: {
    hero_image: image,
    icon: image,
    title: mrkdwn(BLOCK.header),
    subtitle: mrkdwn(BLOCK.header),
    body: mrkdwn(BLOCK.cardText),
    actions: listOf(cardButton, BLOCK.actions),
  },
});

const EVERYWHERE: Readonly<Record<string, Rule>> = {
  section,
  divider: block({}),
  header: block({ required: { text: plain(BLOCK.header) }, optional: { level: number } }),
  actions: block({ required: { elements: listOf(actionElement, BLOCK.actions) } }),
  context: block({ required: { elements: listOf(contextElement, BLOCK.context) } }),
  image: block({
    required: { alt_text: text(BLOCK.imageAlt) },
    optional: {
      image_url: text(BLOCK.imageUrl),
      slack_file: anything,
      title: plain(BLOCK.imageTitle),
    },
  }),
  input: block({
    required: { label: plain(BLOCK.inputLabel), element: inputElement },
    optional: { hint: plain(BLOCK.inputHint), optional: flag, dispatch_action: flag },
  }),
  rich_text: also(block({ required: { elements: anything } }), checkRichText),
  video: block({
    required: { title: plain(200), video_url: text(3000), thumbnail_url: text(3000), alt_text: text(2000) },
    optional: {
      title_url: anything,
      author_name: anything,
      provider_name: anything,
      provider_icon_url: anything,
      description: plain(200),
    },
  }),
  alert: block({
    required: { text: anyText(BLOCK.alertText) },
    optional: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  }),
};

const IN_MESSAGES: Readonly<Record<string, Rule>> = {
  markdown,
  table: also(block({ required: { rows: anything }, optional: { column_settings: anything } }), table),
  data_table: also(
    block({
      required: { rows: anything, caption: text(BLOCK.header) },
      optional: { page_size: number, row_header_column_index: number },
    }),
    dataTable,
  ),
  card,
  carousel: block({ required: { elements: listOf(card, BLOCK.cards) } }),
  container: block({
    required: { child_blocks: listOf(byType(EVERYWHERE), BLOCK.containerBlocks) },
    optional: {
      title: plain(BLOCK.header),
      rich_text_title: anything,
      subtitle: anyText(BLOCK.header),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: image,
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
  }),
  context_actions: block({ required: { elements: anything } }),
  file: block({ required: { source: oneOf('remote'), external_id: text(BLOCK.blockId) } }),
};

const SURFACES: Readonly<Record<Surface, Rule>> = {
  message: byType({ ...EVERYWHERE, ...IN_MESSAGES }),
  modal: byType(EVERYWHERE),
  home: byType(EVERYWHERE),
};

/** Checks a list of blocks; what is wrong is added to the findings. */
export function checkBlocks(blocks: readonly Json[], max: number, at: string, findings: Findings): void {
  if (blocks.length > max) report(findings, at, `no more than ${max} items allowed`);
  for (const [index, value] of blocks.entries()) {
    findings.actionIds = new Set();
    SURFACES[findings.surface](value, `${at}/${index}`, findings);
    if (isObject(value)) uniqueBlockId(value, `${at}/${index}`, findings);
  }
}

function uniqueBlockId(value: JsonObject, at: string, findings: Findings): void {
  const id = textAt(value, 'block_id');
  if (id === undefined) return;
  if (findings.blockIds.has(id)) report(findings, `${at}/block_id`, `\`block_id\` "${id}" already exists`);
  findings.blockIds.add(id);
}

/** The blocks with a block_id and an action_id each, as Slack stores them. */
export function withIds(blocks: readonly JsonObject[], newId: () => string): readonly JsonObject[] {
  const named = (value: Json | undefined): Json | undefined =>
    isObject(value) && !['image', 'plain_text', 'mrkdwn'].includes(textAt(value, 'type') ?? '')
      ? { action_id: newId(), ...value }
      : value;
  return blocks.map((value) => {
    const { elements, accessory: beside, element, type } = value;
    return {
      block_id: newId(),
      ...value,
      ...(isList(elements) && type === 'actions'
        ? { elements: elements.map((one) => named(one) ?? one) }
        : {}),
      ...(beside === undefined ? {} : { accessory: named(beside) }),
      ...(element === undefined ? {} : { element: named(element) }),
    };
  });
}
