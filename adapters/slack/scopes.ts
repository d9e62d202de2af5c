/** What the adapter calls and listens to, and the scopes each needs. manifest.yml is checked against it. */

/** https://docs.slack.dev/reference/methods */
export const METHOD_SCOPES: Readonly<Record<string, string | null>> = {
  'auth.test': null,
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'files.uploadV2': 'files:write',
  'usergroups.list': 'usergroups:read',
  'views.open': null,
  'views.publish': null,
};

/** https://docs.slack.dev/reference/events; `message.im` arrives as `message`. */
export const EVENT_SCOPES: Readonly<Record<string, string | null>> = {
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  'message.im': 'im:history',
};

/** The slash command, and the callback id of the message shortcut. Both need the scope `commands`. */
export const COMMAND = '/ris';
export const SHORTCUT = 'look_up_phones';

/** Every scope that the bot's token should have, in order. */
export const SCOPES: readonly string[] = [
  ...new Set(
    ['commands', ...Object.values(METHOD_SCOPES), ...Object.values(EVENT_SCOPES)].filter(
      (one) => one !== null,
    ),
  ),
].sort();
