/** Microsoft's own renderer as a judge of cards: it parses and validates them without drawing anything. */
import { createRequire } from 'node:module';
import type { JsonObject } from '../json.ts';

// Only the bundle loads in Node: the package's modules import each other without file names.
const { AdaptiveCard, SerializationContext, Versions }: typeof import('adaptivecards') = createRequire(
  import.meta.url,
)('adaptivecards/dist/adaptivecards.js');

/** What the renderer of version 1.3 has to say against a card; what it does not know, it says too. */
export function complaintsOf(card: JsonObject): readonly string[] {
  const context = new SerializationContext(Versions.v1_3);
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const whileReading = Array.from({ length: context.eventCount }, (_, n) => context.getEventAt(n).message);
  const afterwards = parsed.validateProperties().validationEvents.map(({ message }) => message);
  return [...whileReading, ...afterwards];
}
