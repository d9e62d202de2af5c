/**
 * Slack's mrkdwn where it is verbatim, as runs. Pure. The library reads `#1` as a channel that is not there, and shows nothing.
 * https://docs.slack.dev/messaging/formatting-message-text
 */

export interface Run {
  readonly text: string;
  readonly style: 'plain' | 'bold' | 'italic' | 'strike' | 'code';
  readonly url?: string;
  /** Of a person who is mentioned. */
  readonly person?: string;
}

const STYLES = { '*': 'bold', _: 'italic', '~': 'strike', '`': 'code' } as const;
/** A sign counts only beside spaces and brackets, and what it encloses begins and ends with something to see. */
const TOKEN =
  /<(?<link>[^<>]+)>|(?<=^|[\s(])(?<sign>[*_~`])(?<inner>[^\s*_~`](?:[^\n`]*?[^\s`])?)\k<sign>(?=$|[\s),.;:])/g;

export function runsOf(mrkdwn: string): readonly Run[] {
  const runs: Run[] = [];
  let from = 0;
  const plain = (to: number) => {
    if (to > from) runs.push({ text: decoded(mrkdwn.slice(from, to)), style: 'plain' });
  };
  for (const { index, 0: whole, groups = {} } of mrkdwn.matchAll(TOKEN)) {
    plain(index);
    from = index + whole.length;
    runs.push(groups['link'] === undefined ? styled(groups) : linked(groups['link']));
  }
  plain(mrkdwn.length);
  return runs;
}

function styled({ sign = '*', inner = '' }: Readonly<Record<string, string | undefined>>): Run {
  const link = /^<([^<>]+)>$/.exec(inner)?.[1];
  const style = STYLES[sign as keyof typeof STYLES];
  return link === undefined ? { text: decoded(inner), style } : { ...linked(link), style };
}

function linked(link: string): Run {
  const [target = '', label] = link.split('|');
  if (target.startsWith('@')) return { text: label ?? target, style: 'plain', person: target.slice(1) };
  const text = decoded(label ?? target);
  return /^(?:https?|mailto):/.test(target)
    ? { text, style: 'plain', url: target }
    : { text, style: 'plain' };
}

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
