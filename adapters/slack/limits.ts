/** What Slack takes, each number with the page that states it. Lengths are counted in UTF-16 units, which is never less than Slack counts. */

interface Limit {
  readonly most: number;
  readonly source: string;
}

const BLOCKS = 'https://docs.slack.dev/reference/block-kit/blocks';
const ELEMENTS = 'https://docs.slack.dev/reference/block-kit/block-elements';
const OBJECTS = 'https://docs.slack.dev/reference/block-kit/composition-objects';

export const LIMITS = {
  messageBlocks: { most: 50, source: BLOCKS },
  /** The same in a modal. */
  homeBlocks: { most: 100, source: BLOCKS },
  headerText: { most: 150, source: `${BLOCKS}/header-block` },
  sectionText: { most: 3000, source: `${BLOCKS}/section-block` },
  sectionFields: { most: 10, source: `${BLOCKS}/section-block` },
  fieldText: { most: 2000, source: `${BLOCKS}/section-block` },
  textObject: { most: 3000, source: `${OBJECTS}/text-object` },
  contextElements: { most: 10, source: `${BLOCKS}/context-block` },
  actionsElements: { most: 25, source: `${BLOCKS}/actions-block` },
  buttonText: { most: 75, source: `${ELEMENTS}/button-element` },
  buttonValue: { most: 2000, source: `${ELEMENTS}/button-element` },
  actionId: { most: 255, source: `${ELEMENTS}/button-element` },
  /** The header row is one of them. */
  tableRows: { most: 100, source: `${BLOCKS}/table-block` },
  tableColumns: { most: 20, source: `${BLOCKS}/table-block` },
  /** A second one fails as `only_one_table_allowed`; home tabs and modals take none. */
  tablesInMessage: { most: 1, source: `${BLOCKS}/table-block` },
  /** Stated for the data table, and no more is known of the table. */
  tableText: { most: 10_000, source: `${BLOCKS}/data-table-block` },
  markdownText: { most: 12_000, source: `${BLOCKS}/markdown-block` },
  linkUrl: { most: 3000, source: `${ELEMENTS}/button-element` },
  /** Slack advises this length and cuts at 40 000. */
  messageText: { most: 4000, source: 'https://docs.slack.dev/reference/methods/chat.postMessage' },
  /** All text of all blocks, beyond which `msg_blocks_too_long` comes. Not documented: people measured it. */
  allText: { most: 13_000, source: 'https://github.com/slackapi/bolt-js/issues/2509' },
} as const satisfies Readonly<Record<string, Limit>>;

/**
 * What one message may weigh by `weigh`. Slack adds something for each block and element that nobody knows: messages with 11 300
 * characters of text have been refused (https://github.com/slackapi/bolt-js/issues/2867). So we stay well below.
 */
export const MESSAGE_WEIGHT = 10_000;

/** Keys whose strings a person reads, or which may be long. */
const HEAVY: ReadonlySet<string> = new Set(['text', 'url', 'value']);
const EACH_OBJECT = 12;

/** What a block, or several, count towards `MESSAGE_WEIGHT`: UTF-8 bytes with `&`, `<` and `>` escaped, and something for each object. */
export function weigh(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + weigh(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) =>
      sum + (typeof part === 'string' ? (HEAVY.has(key) ? bytesOf(part) : 0) : weigh(part)),
    EACH_OBJECT,
  );
}

function bytesOf(text: string): number {
  const escaped = text.replaceAll('&', '&amp;').replace(/[<>]/g, '&lt;');
  return Buffer.byteLength(escaped);
}
