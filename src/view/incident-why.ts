/** "Why did I get this?": rule, polls, grace and grouping. */
import type { Incident } from '../watch/incident.ts';
import type { Grouping, Telling } from '../watch/policy.ts';
import { duration, shortened } from './text.ts';
import type { Fact, Text } from './view.ts';

/** The decision's literal in words. */
const REASONS: Readonly<Record<Telling, string>> = {
  'grace-passed': 'not back within the grace',
  'at-once': 'waiting does not mend it, so there is no grace',
  mass: 'many at once, so nobody waited for the grace of each',
  failover: 'many moved to another node, and none of them is lost',
  flapping: 'it came and went too often',
  blind: 'it could not be looked at',
  'after-mute': 'it was held by a mute, and was still so when that ended',
  'after-quiet': 'it was held by quiet hours, and was still so when they ended',
  'after-gap': 'it happened while nobody could look',
};

const GROUPINGS: Readonly<Record<Grouping, string>> = {
  alone: 'it happened to one device alone',
  burst: 'what happened within 30 s is one incident',
  'mass-count': '20 or more with one thing in common are one incident',
  'mass-share': 'a tenth of the cluster or more is one incident',
  joined: 'more came to what was open already',
};

export function whyFacts({ why }: Incident): readonly Fact[] {
  const facts: readonly (readonly [string, Text])[] = [
    ['Rule', ruleText(why.watches)],
    ['Told because', inWords(why.reason, REASONS)],
    ['Grace', why.graceMs > 0 ? `${duration(why.graceMs)} from the loss to the telling` : 'none'],
    ['Looked at', why.everyMs === null ? '' : `every ${duration(why.everyMs)}`],
    ['Grouping', inWords(why.grouping, GROUPINGS)],
  ];
  return facts.flatMap(([label, value]) => (value.length === 0 ? [] : [{ label, value }]));
}

/** A literal that is newer than these tables still says something. */
function inWords(literal: string, table: Readonly<Record<string, string>>): string {
  return table[literal] ?? literal.replaceAll('-', ' ');
}

const MOST_RULES = 5;

function ruleText(watches: Incident['why']['watches']): Text {
  const shown = watches
    .slice(0, MOST_RULES)
    .flatMap(({ id, text, maker }, i) => [
      { text: `${i === 0 ? '' : '; '}watch #${id} ${shortened(text, 80)}, made by ` },
      { text: maker, person: maker },
    ]);
  const more = watches.length - MOST_RULES;
  return more > 0 ? [...shown, { text: `; and ${more} more` }] : shown;
}
