/** The JSON schema of the configuration file, for editors; made from the schema that risbot itself checks with. */
import { z } from 'zod';
import { fileSchema } from './schema.ts';

/** In the file a number may be a variable too; once expanded it is a number. */
const VARIABLE = { type: 'string', pattern: '^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$' } as const;

/** What the settings mean, by key; shown by editors. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  url: 'A CUCM node: host name, or https://host:8443. Plain http on loopback only.',
  username:
    'User with the roles Standard AXL API Access, Standard RealtimeAndTraceCollection and Standard CCM Admin Users.',
  password: 'One variable, dollar sign and braces; never the password itself.',
  passwordFile: 'File that holds the password alone; relative to this file.',
  requestsPerMinute: 'Requests in any 60 seconds, shared with other RisPort70 clients of the cluster.',
  maxDevices: 'Rows that this CUCM gives in one reply: 2000 today, 1000 on CUCM 9, 200 before.',
  caFile: 'Certificates to trust, PEM; relative to this file.',
  fingerprint: 'SHA-256 fingerprint of the node’s certificate, instead of a CA.',
  servername: 'Name in the certificate, when it is not the host in url.',
  minVersion: 'Oldest TLS version to accept.',
  ciphers: 'OpenSSL cipher list, for old nodes.',
  connectMs: 'Milliseconds until connected.',
  headersMs: 'Milliseconds until the reply begins.',
  totalMs: 'Milliseconds for the whole reply.',
  maxBytes: 'Bytes of a reply after decompression.',
  axl: 'Ask AXL for names, descriptions and numbers. Left out: AXL is not asked.',
  version: 'AXL version that the publisher speaks, 14.0.',
  level: 'What is logged to stderr.',
  clusters: 'Clusters by name. The first is asked when nobody says which.',
};

/** Draft 2020-12. Write it to a file and name it in `# yaml-language-server: $schema=…`. */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(fileSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema, path }) => {
      if (path.at(-2) === 'properties') describe(jsonSchema, String(path.at(-1)));
      if (jsonSchema.type === 'integer') allowVariable(jsonSchema);
    },
  });
  return { ...schema, title: 'risbot configuration' };
}

function describe(setting: z.core.JSONSchema.BaseSchema, key: string): void {
  const description = DESCRIPTIONS[key];
  if (description !== undefined) setting.description = description;
  if (key === 'password') setting.pattern = VARIABLE.pattern;
}

function allowVariable(setting: z.core.JSONSchema.BaseSchema): void {
  const number = Object.fromEntries(
    ['type', 'minimum', 'maximum'].flatMap((name) => (name in setting ? [[name, setting[name]]] : [])),
  );
  for (const name of Object.keys(number)) delete setting[name];
  setting.anyOf = [number, VARIABLE];
}
