/** Piped text, its lines bounded. */
import { Transform } from 'node:stream';

/** Passes bytes on, and drops what goes beyond `maxBytes` in a line: a pipe without line ends cannot fill the memory. */
export function boundLines(maxBytes: number): Transform {
  let used = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const kept: Buffer[] = [];
      let from = 0;
      while (from < chunk.length) {
        const end = chunk.indexOf(0x0a, from);
        const until = end === -1 ? chunk.length : end;
        const room = Math.max(0, maxBytes - used);
        kept.push(chunk.subarray(from, Math.min(until, from + room)));
        used = end === -1 ? used + (until - from) : 0;
        if (end !== -1) kept.push(chunk.subarray(end, end + 1));
        from = until + 1;
      }
      done(null, Buffer.concat(kept));
    },
  });
}
