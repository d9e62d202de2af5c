/** Slack's limits as data. Lengths are counted in UTF-16 units, the stricter reading where the reference is silent. */

/** https://docs.slack.dev/reference/methods/chat.postMessage and chat.update */
export const MESSAGE = { text: 40_000, updateText: 4_000, blocks: 50, blockText: 13_200, attachments: 100 };

/** https://docs.slack.dev/reference/block-kit/blocks */
export const BLOCK = {
  blockId: 255,
  header: 150,
  sectionText: 3_000,
  fields: 10,
  fieldText: 2_000,
  actions: 25,
  context: 10,
  contextText: 3_000,
  imageAlt: 2_000,
  imageTitle: 2_000,
  imageUrl: 3_000,
  inputLabel: 2_000,
  inputHint: 2_000,
  markdown: 12_000,
  tableRows: 100,
  tableColumns: 20,
  tableText: 10_000,
  cards: 10,
  cardText: 200,
  containerBlocks: 10,
  alertText: 200,
};

/** https://docs.slack.dev/reference/block-kit/block-elements and composition-objects */
export const ELEMENT = {
  actionId: 255,
  buttonText: 75,
  buttonValue: 2_000,
  url: 3_000,
  accessibilityLabel: 75,
  placeholder: 150,
  options: 100,
  optionText: 75,
  optionValue: 150,
  optionDescription: 75,
  optionGroups: 100,
  groupLabel: 75,
  overflow: 5,
  radios: 10,
  inputText: 3_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
};

/** https://docs.slack.dev/reference/views */
export const VIEW = {
  blocks: 100,
  title: 24,
  button: 24,
  privateMetadata: 3_000,
  callbackId: 255,
  externalId: 255,
  stack: 3,
};

/** https://docs.slack.dev/interactivity/handling-user-interaction */
export const INTERACTION = { responseUses: 5, responseMs: 30 * 60_000, triggerMs: 3_000 };

/** Calls a minute of each tier; https://docs.slack.dev/apis/web-api/rate-limits */
export const TIERS = { 1: 10, 2: 20, 3: 50, 4: 100, special: 600 } as const;
export type Tier = keyof typeof TIERS;

/** https://docs.slack.dev/apis/events-api/using-socket-mode */
export const SOCKETS = 10;
