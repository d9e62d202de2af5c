/** What Webex takes, each number with the page that states it. Bytes are those of UTF-8. */

interface Limit {
  readonly most: number;
  readonly source: string;
}

const CREATE = 'https://developer.webex.com/docs/api/v1/messages/create-a-message';
const CARDS = 'https://developer.webex.com/docs/buttons-and-cards';

export const LIMITS = {
  /** In bytes, of `text` and of `markdown` each. Webex says the same as a refusal: 7439 before its encryption, 10 000 after. */
  markdown: { most: 7439, source: CREATE },
  filesInMessage: { most: 1, source: CREATE },
  cardsInMessage: { most: 1, source: CARDS },
  /** Of one card, or of one that a button shows. */
  cardActions: { most: 5, source: CARDS },
  editsOfMessage: { most: 10, source: 'https://developer.webex.com/docs/api/v1/messages/edit-a-message' },
  /**
   * In bytes of JSON. No page states it. Cards are encrypted as texts are, which makes them a third longer; people report cards of more
   * than 22 KB refused, so this is what stays below that once encrypted.
   */
  cardBytes: { most: 15_000, source: CARDS },
} as const satisfies Readonly<Record<string, Limit>>;

/** The newest version that Webex takes: https://developer.webex.com/docs/buttons-and-cards */
export const CARD_VERSION = '1.3';

export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** What a piece of a card, or several, count towards `cardBytes`, each with the comma after it. */
export function weigh(piece: object): number {
  if (Array.isArray(piece)) return piece.reduce<number>((sum, one: object) => sum + weigh(one), 0);
  return bytesOf(JSON.stringify(piece)) + 1;
}
