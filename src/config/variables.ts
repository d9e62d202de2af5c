/** `${NAME}` in settings. Replaced in scalars after the file was parsed, so that no value can become YAML. */

export type Environment = Readonly<Record<string, string | undefined>>;

const MAX_VALUE = 65_536;
const REFERENCE = /\$\$\{|\$\{([^}]*)\}?/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

/** True when the text is one `${NAME}` and nothing else: the only way a password may stand in a file. */
export function isOneVariable(text: string): boolean {
  return /^\$\{[A-Za-z_][A-Za-z0-9_]{0,99}\}$/.test(text);
}

/** The text with every `${NAME}` replaced and `$${` as a plain `${`; problems name the variable, never a value. */
export function expandVariables(
  text: string,
  environment: Environment,
): { readonly text: string; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const expanded = text.replace(REFERENCE, (reference: string, name: string | undefined) => {
    if (reference === '$${') return '${';
    if (name === undefined || !NAME.test(name) || !reference.endsWith('}')) {
      problems.push(`a variable is written \${NAME}: letters, digits and _ between braces`);
      return '';
    }
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (value === undefined || value === '') {
      problems.push(`the variable ${name} is ${value === undefined ? 'not set' : 'empty'}`);
      return '';
    }
    if (value.length > MAX_VALUE)
      problems.push(`the variable ${name} is longer than ${MAX_VALUE} characters`);
    return value.slice(0, MAX_VALUE);
  });
  return { text: expanded, problems };
}
