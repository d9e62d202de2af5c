/** Numbers of the platform, each with where it comes from. */

/** https://developer.webex.com/docs/api/v1/messages/create-a-message and …/edit-a-message */
export const MESSAGE = {
  /** Bytes of UTF-8, of text and of markdown each. */
  bytes: 7439,
  files: 1,
  attachments: 1,
  edits: 10,
} as const;

/** https://developer.webex.com/docs/basics: files up to 100 MB; here less, because they are kept in memory. */
export const FILE = { bytes: 32 * 1024 * 1024 } as const;

/** https://developer.webex.com/docs/buttons-and-cards */
export const CARD = {
  version: '1.3',
  /** Buttons in one row: a card's `actions` or one ActionSet. */
  actions: 5,
  /** Bytes of the card as JSON. No page that could be read says a number; people report 22 KB, here read as after encryption, which adds a third. */
  bytes: 16_500,
  /** How deep containers and cards may stand in each other. */
  depth: 12,
} as const;

/** Of lists: `max` when none is said, and at most. https://developer.webex.com/docs/api/v1/messages/list-messages … */
export const PAGE = {
  messages: { usual: 50, most: 1000 },
  rooms: { usual: 100, most: 1000 },
  memberships: { usual: 100, most: 1000 },
  people: { usual: 100, most: 1000 },
  webhooks: { usual: 100, most: 100 },
} as const;

/** Webex publishes no rates; these are the order of what people measure. https://developer.webex.com/blog/rate-limiting-and-the-webex-api */
export const RATE = { perMinute: 600, atOnce: 60, messagesPerSecond: 4, messagesAtOnce: 20 } as const;

/** https://developer.webex.com/docs/api/guides/webhooks */
export const WEBHOOK = {
  /** So many failures within so long make a webhook inactive. */
  failures: 100,
  withinMs: 5 * 60_000,
  /** How long an answer may take; the guide names none. */
  answerMs: 15_000,
} as const;
