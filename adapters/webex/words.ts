/** What the adapter itself says to people: never about phones, only about Webex. Markdown. */

export const WORDS = {
  tooOld: 'This button is too old. Ask again, and press the new one.',
  unknownPerson: 'Webex did not say who you are, so I cannot answer. Please ask again in a moment.',
  fileFailed: 'The file could not be sent. The log says why.',
  inDirectMessage: 'I may not answer in that space, so here it is:',
  lateQuestions:
    'I could not see everything that was asked here while I had no connection to Webex. If I did not answer you, please ask again.',
} as const;

/** Said where a card is fresh. `gap` is in whole seconds. */
export function missedPresses(gap: number): string {
  return `I had no connection to Webex for ${gap} s. If you pressed a button meanwhile, please press it again.`;
}

/** Said with the next answer that does arrive. */
export function lostAnswers(count: number): string {
  return count === 1
    ? 'An earlier answer to you could not be delivered while Webex was not reachable. Please ask again.'
    : `${count} earlier answers to you could not be delivered while Webex was not reachable. Please ask again.`;
}
