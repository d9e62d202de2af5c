/** What the adapter itself says to people: never about phones, only about Slack. */

export const WORDS = {
  formHint:
    'What are you looking for? Press the button, or type it: a MAC address, a number, an IP address or a name.',
  formButton: 'Open the form',
  formExpired:
    'The form could not be opened in time. Type what you look for behind the command instead, as in `/ris 1002` or `/ris help`.',
  tooOld: 'This button is too old. Ask again, and press the new one.',
  notYours: 'This answer belongs to somebody else. Ask yourself, and the buttons are yours.',
  notShared: 'I cannot post in this channel. Invite me with `/invite @risbot`, and share again.',
  shareGone: 'This answer is too old to be shared. Ask again, and share the new one.',
  nothingFound: 'There is no MAC address, device name, IP address or extension in that message.',
  elsewhere:
    'risbot does not answer people of this workspace. Its administrator can allow it with `slack.teams`.',
  unsure:
    'I cannot tell yet that you belong to this organisation. Ask me something with `/ris`, and press again; or an administrator adds your workspace to `slack.teams`.',
  fileApart: 'The file is in your direct messages with me.',
  fileFailed: 'The file could not be sent. The log says why.',
  broken: 'Something went wrong with that. The log has it; please ask again.',
  inDirectMessage: 'I may not answer in that channel, so here it is:',
} as const;

/** Said with the next answer that does arrive. */
export function lostAnswers(count: number): string {
  return count === 1
    ? 'An earlier answer to you could not be delivered while Slack was not reachable. Please ask again.'
    : `${count} earlier answers to you could not be delivered while Slack was not reachable. Please ask again.`;
}

/** More in a message than one question can name. */
export function tooManyFound(read: number, left: number): string {
  return `I looked up the first ${read} of ${read + left} in that message.`;
}
