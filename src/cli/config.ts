/** `risbot config check` and `risbot config schema`. */
import { configJsonSchema } from '../config/json-schema.ts';
import { loadConfig } from '../config/load.ts';
import { EXIT, write } from './process.ts';

/** Says what is configured; problems are thrown as ConfigError, all at once. */
export async function checkConfig(): Promise<number> {
  const { source, clusters } = loadConfig();
  const lines = clusters.map(({ name, url, username, requestsPerMinute, axl }) =>
    [
      `  ${name}: ${url} as ${username}, ${requestsPerMinute} requests a minute`,
      axl === null ? '' : `, AXL ${axl.version}`,
    ].join(''),
  );
  await write(process.stdout, `${[`${source}: no problems`, ...lines].join('\n')}\n`);
  return EXIT.answered;
}

/** Prints the JSON schema of the configuration file, for editors. */
export async function printSchema(): Promise<number> {
  await write(process.stdout, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  return EXIT.answered;
}
