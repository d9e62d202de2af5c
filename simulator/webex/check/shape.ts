/** Checking against a JSON schema. */
import { Ajv, type AnySchemaObject } from 'ajv';

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, discriminator: true });
ajv.addFormat('regex', isRegex);

/** What is wrong with a value, with JSON pointers; the most telling ones only. */
export function problemsOf(schema: AnySchemaObject): (value: unknown) => readonly string[] {
  const validate = ajv.compile(schema);
  return (value) => {
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const stray = params['additionalProperty'] ?? params['propertyName'];
      const which = typeof stray === 'string' ? `: ${stray}` : '';
      return `${instancePath || '/'} ${message ?? 'is wrong'}${which}`;
    });
  };
}

/** As clients compile it: with `u`, and not longer than a person would write. */
function isRegex(source: string): boolean {
  try {
    return source.length <= 500 && new RegExp(source, 'u').source !== '';
  } catch {
    return false;
  }
}
