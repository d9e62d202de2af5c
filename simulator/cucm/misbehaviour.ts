/** The ways in which an answer can be bad: the names, and what each stands for. `misbehave.ts` plays them. */

export const MISBEHAVIOURS = {
  cut: 'the connection breaks in the middle of the body',
  drip: 'the body comes a byte at a time, five a second',
  hang: 'headers come, the body never does',
  silent: 'nothing comes at all',
  reset: 'the connection is dropped before any answer',
  huge: 'a body of 200 MB',
  bomb: 'a DOCTYPE whose entities grow a billionfold',
  doctype: 'a DOCTYPE that points at a file',
  deep: 'elements nested 100 000 deep',
  html: 'a web page with status 200',
  unauthorized: 'the 401 page, whatever the password',
  forbidden: 'the 403 page: a role is missing',
  text500: 'status 500 with plain text',
  unavailable: 'status 503',
  ratecontrol: 'the throttle fault, though nothing was used up',
  error7: 'the fault "Error Code = 7" that wants a fresh session, even for a fresh one',
  empty: 'status 200 and no body',
  truncated: 'a complete body of half a document',
  latin1: 'the XML in ISO-8859-1, and declared so',
  mislabelled: 'the XML in ISO-8859-1, but declared UTF-8',
  noprefix: 'no namespace prefixes',
  otherprefix: 'prefixes nobody expects',
  cdata: 'texts in CDATA sections',
  charrefs: 'texts in character references',
  missing: 'nil elements left out',
  unknownenum: 'values no reference lists',
  blankstate: 'a full reply with a blank StateInfo',
  countsmore: 'totals one above the rows, of the reply and of each node',
  countsless: 'totals one below the rows',
  nochange: 'NoChange, though nobody sent a StateInfo',
} as const;

export type Misbehaviour = keyof typeof MISBEHAVIOURS;

export function isMisbehaviour(word: string): word is Misbehaviour {
  return Object.hasOwn(MISBEHAVIOURS, word);
}
