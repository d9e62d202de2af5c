/** What was not done, although the words for it stand in the message. */

const UNDONE: Readonly<Record<string, string>> = {
  watch: 'Nothing was watched',
  unwatch: 'No watch was ended',
  mute: 'Nothing was muted',
  unmute: 'No mute was ended',
  ack: 'Nothing was acknowledged',
};

/** `offer` is the command that would do it. */
export function undoneNote(verb: string, offer: string | null): string {
  const example = offer ?? `${verb} ${verb === 'ack' ? '12' : '1002'}`;
  return `${undoneWords(verb)}: a command begins with its verb, as in ${example}.`;
}

export function undoneWords(verb: string): string {
  return UNDONE[verb] ?? 'Nothing was done';
}
