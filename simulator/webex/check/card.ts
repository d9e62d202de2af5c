/** What a card may be: for Microsoft's renderer, for the schema of version 1.3, and for Webex. */
import { isObject, type JsonObject } from '../json.ts';
import { CARD } from '../limits.ts';
import { CARD_SCHEMA } from './card-schema.ts';
import { complaintsOf } from './renderer.ts';
import { problemsOf } from './shape.ts';

const schema = problemsOf(CARD_SCHEMA);

/** Nothing when it is good. */
export function checkCard(card: JsonObject): readonly string[] {
  // First what keeps the other checks from working long, or for ever.
  if (isDeeper(card, CARD.depth)) return [`the card is nested deeper than ${CARD.depth} levels`];
  const bytes = Buffer.byteLength(JSON.stringify(card));
  if (bytes > CARD.bytes) return [`the card has ${bytes} bytes, and may have ${CARD.bytes}`];
  const problems = schema(card);
  return problems.length > 0 ? problems : complaintsOf(card);
}

function isDeeper(value: unknown, levels: number): boolean {
  const inside = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  // A list is no level of its own.
  const left = isObject(value) ? levels - 1 : levels - 0.5;
  return left < 0 || inside.some((part) => isDeeper(part, left));
}
