/** The JSON schema of the configuration file, for editors; made from the schema that risbot itself checks with. */
import { z } from 'zod';
import { fileSchema } from './schema.ts';
import { SLACK } from './slack.ts';
import { WEBEX } from './webex.ts';

const SECRETS: readonly string[] = ['password', ...SLACK.keys, ...WEBEX.keys];

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
  access: 'Who may ask what. Left out: everybody. With it: nobody but those whom a rule names.',
  contact: 'Whom somebody should ask who was refused, such as #voice-help.',
  rules: 'Each grants a role; the highest that fits counts.',
  role: 'viewer asks, operator also watches and mutes, admin changes what is everybody’s.',
  users: 'Ids of people as the platform names them, on Webex e-mail addresses; * is everybody.',
  groups: 'Ids of user groups as the platform names them.',
  domains: 'Everybody whom the platform names by an e-mail address of these domains.',
  rooms: 'Ids of channels and spaces: the rule holds there only.',
  audit: 'Where every question is noted. Left out: the log.',
  file: 'JSON lines are appended to it; relative to this file.',
  operations: 'Health and metrics over HTTP. Left out: not served.',
  port: 'Port to listen on.',
  host: 'Address to listen on; 0.0.0.0 is every one of this machine.',
  slack: 'risbot in Slack. Left out: it is not there.',
  botToken: 'One variable, dollar sign and braces; never the token itself.',
  botTokenFile: 'File that holds the bot token (xoxb-…) alone.',
  appToken: 'One variable; the app-level token (xapp-…) for Socket Mode.',
  appTokenFile: 'File that holds the app-level token alone.',
  signingSecret: 'One variable; for HTTP, when there is no app token.',
  signingSecretFile: 'File that holds the signing secret alone.',
  'slack.apiUrl': 'The Web API, when it is not Slack’s own.',
  webex: 'risbot in Webex. Left out: it is not there.',
  token: 'One variable, dollar sign and braces; never the token itself.',
  tokenFile: 'File that holds the bot’s access token alone.',
  webhookUrl: 'Address that Webex calls, with webhookSecret. Left out: the websocket, which needs none.',
  webhookSecret: 'One variable; signs what Webex sends to webhookUrl.',
  webhookSecretFile: 'File that holds that secret alone.',
  'webex.port': 'Where webhooks come in.',
  'webex.apiUrl': 'The REST API, when it is not Webex’s own.',
  discoveryUrl: 'The service catalog that the websocket is found by, when it is not Webex’s own.',
  orgs: 'Ids of organisations whose people may ask, * for all; left out, the bot’s own.',
  database: 'Where risbot remembers. Left out: risbot.db in the folder that it is started in.',
  'database.url':
    'sqlite:<path>, relative to this file, or postgres://<user>@<host>/<database>; a password only as a variable.',
  watch: 'What is said unasked.',
  historyDays: 'Days that transitions, closed incidents and the audit are kept.',
  quietHours: 'Hours in which rooms are not woken; what would have been told then comes afterwards.',
  platform: 'Left out: every one.',
  'quietHours.rooms': 'Ids of channels and rooms. Left out: all of them.',
  from: 'When they begin, 22:00.',
  until: 'When they end, 07:00; before from: the next day.',
  timeZone: 'Whose clock that is: an IANA name, Europe/London.',
  massBreaksThrough: 'Whether a mass event is told all the same.',
  teams: 'Ids of workspaces that may ask; left out, that of the token.',
};

/** Draft 2020-12. Write it to a file and name it in `# yaml-language-server: $schema=…`. */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(fileSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema, path }) => {
      if (path.at(-2) === 'properties')
        describe(jsonSchema, path.filter((step) => step !== 'properties' && step !== 'items').map(String));
      if (jsonSchema.type === 'integer') allowVariable(jsonSchema);
    },
  });
  return { ...schema, title: 'risbot configuration' };
}

function describe(setting: z.core.JSONSchema.BaseSchema, path: readonly string[]): void {
  const key = path.at(-1) ?? '';
  const description = DESCRIPTIONS[path.slice(-2).join('.')] ?? DESCRIPTIONS[key];
  if (description !== undefined) setting.description = description;
  if (SECRETS.includes(key)) setting.pattern = VARIABLE.pattern;
}

function allowVariable(setting: z.core.JSONSchema.BaseSchema): void {
  const number = Object.fromEntries(
    ['type', 'minimum', 'maximum'].flatMap((name) => (name in setting ? [[name, setting[name]]] : [])),
  );
  for (const name of Object.keys(number)) delete setting[name];
  setting.anyOf = [number, VARIABLE];
}
