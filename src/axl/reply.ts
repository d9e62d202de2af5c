/** AXL's replies into rows. */
import type { Clock } from '../clock.ts';
import { parseSoap } from '../risport/decode.ts';
import { children, text, word } from '../risport/element.ts';
import { judge } from '../risport/judge.ts';
import type { HttpReply } from '../risport/transport.ts';

/** A device, with one of its directory numbers or none. */
export interface AxlRow {
  readonly name: string;
  readonly description: string;
  readonly number: string;
}

/** CUCM stores the plus of an E.164 number escaped. */
const ESCAPED_PLUS = /^\\\+/;

/** The rows of a reply, each an element of that name. Throws RisPortError, or the signal's reason. */
export async function readRows(
  reply: HttpReply,
  { rowElement, clock, signal }: { rowElement: string; clock: Clock; signal: AbortSignal | undefined },
): Promise<readonly AxlRow[]> {
  const row = { element: rowElement, depth: 1 };
  const { rows } = await judge(reply, (body, context) => parseSoap(body, { clock, row, context }), signal);
  return rows.map((content) => {
    const column = children(content);
    return {
      name: word(column.get('name')),
      description: text(column.get('description')),
      number: word(column.get('dnorpattern')).replace(ESCAPED_PLUS, '+'),
    };
  });
}
