/** `risbot config check` and `risbot config schema`. */
import type { Config } from '../config/config.ts';
import { configJsonSchema } from '../config/json-schema.ts';
import { loadConfig } from '../config/load.ts';
import { EXIT, write } from './process.ts';

/** Says what is configured; problems are thrown as ConfigError, all at once. */
export async function checkConfig(): Promise<number> {
  const config = loadConfig();
  const { source, clusters } = config;
  const lines = clusters.map(({ name, url, username, requestsPerMinute, axl }) =>
    [
      `  ${name}: ${url} as ${username}, ${requestsPerMinute} requests a minute`,
      axl === null ? '' : `, AXL ${axl.version}`,
    ].join(''),
  );
  await write(process.stdout, `${[`${source}: no problems`, ...lines, ...otherLines(config)].join('\n')}\n`);
  return EXIT.answered;
}

function otherLines({ slack, webex, access, audit, operations, proxy }: Config): readonly string[] {
  const inSlack = slack?.appToken ? 'Socket Mode' : `HTTP on port ${slack?.port}`;
  const inWebex = webex?.webhook ? `webhooks on port ${webex.port}` : 'websocket';
  const through = proxy === null ? '' : ', through a proxy';
  return [
    ...(slack === null ? [] : [`  Slack: ${inSlack}${through}`]),
    ...(webex === null ? [] : [`  Webex: ${inWebex}${through}`]),
    access === null
      ? '  access: everybody who reaches risbot may ask'
      : `  access: ${access.rules.length} rules, nobody else may ask`,
    ...(audit === null ? [] : [`  audit: ${audit.file}`]),
    ...(operations === null ? [] : [`  operations: ${operations.host}, port ${operations.port}`]),
  ];
}

/** Prints the JSON schema of the configuration file, for editors. */
export async function printSchema(): Promise<number> {
  await write(process.stdout, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  return EXIT.answered;
}
