/** A secret that cannot be printed by accident: only `reveal()` gives it away. */
import { inspect } from 'node:util';

export interface Secret {
  /** The secret itself, for the one place that sends it. */
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

const SHOWN = '[secret]';

/** Wraps `text`: string conversion, JSON and `util.inspect` all give `[secret]`. */
export function createSecret(text: string): Secret {
  const shown = () => SHOWN;
  return Object.freeze({ reveal: () => text, toString: shown, toJSON: shown, [inspect.custom]: shown });
}
