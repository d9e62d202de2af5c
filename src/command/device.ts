/** No verb: the card of a device, or the table of several. */
import type { Answer } from '../view/answer.ts';
import { deviceCard } from '../view/card.ts';
import { deviceTable } from '../view/devices.ts';
import { nothingFound } from '../view/nothing.ts';
import { isSpelled } from '../view/phone-number.ts';
import type { View } from '../view/view.ts';
import type { Cluster, Context, Verb } from './command.ts';
import { plan } from './filter.ts';
import { gather } from './gather.ts';
import { VERBS } from './grammar.ts';
import { nearestNames, nearestWord } from './nearest.ts';
import type { Command, Subject } from './parse.ts';
import { answerOf, clusterOf, othersThan, sortBySubject } from './respond.ts';

export const device: Verb = {
  name: 'device',
  summary: 'its card: state, since when, where and why',
  usage: '<device> …',
  examples: ['SEPE8B7480316D6', '6961', 'E8:B7:48:03:16:D6', 'SEPF01F*', '1002 6961'],
  run: async (command, context) => {
    const asked = await askDevices(command, context);
    return asked.type === 'none' ? asked.view : showDevices(asked);
  },
};

export type Asked =
  | { readonly type: 'none'; readonly view: View }
  | {
      readonly type: 'found';
      readonly answer: Answer;
      readonly missing: readonly string[];
      readonly single: boolean;
    };

/** Asks for the subjects of a command; the answer when there are none of them is already a view. */
export async function askDevices(typed: Command, context: Context): Promise<Asked> {
  const cluster = clusterOf(typed, context);
  const command = { ...typed, subjects: knownSubjects(typed.subjects, cluster) };
  const gathered = await gather(plan(command), cluster, command, context);
  const { found, missing } = sortBySubject(gathered.found, command.subjects);
  const answer = { ...answerOf(gathered, command, cluster, context), found };
  if (found.length === 0) return { type: 'none', view: nothing(answer, command, cluster, context) };
  const single = command.subjects.length === 1 && found.length === 1;
  return { type: 'found', answer, missing: missing.map((subject) => subject.typed), single };
}

function showDevices(asked: Extract<Asked, { type: 'found' }>): View {
  const only = asked.single ? asked.answer.found[0] : undefined;
  return only === undefined
    ? deviceTable(asked.answer, { missing: asked.missing })
    : deviceCard(asked.answer, only);
}

/** A trunk or gateway may be called anything: words that are a known name are that device. The names are gone through once. */
export function knownSubjects(subjects: readonly Subject[], cluster: Cluster): readonly Subject[] {
  const isOpen = (subject: Subject) =>
    subject.type === 'description' && !subject.readAs.includes('device name');
  const wanted = new Set(subjects.filter(isOpen).map(({ typed }) => typed.toLowerCase()));
  if (wanted.size === 0) return subjects;
  const names = new Map<string, string>();
  for (const { name } of cluster.names.all()) {
    const small = name.toLowerCase();
    if (wanted.has(small) && !names.has(small)) names.set(small, name);
  }
  return subjects.map((subject): Subject => {
    const name = isOpen(subject) ? names.get(subject.typed.toLowerCase()) : undefined;
    if (name === undefined) return subject;
    return { type: 'name', name, typed: subject.typed, readAs: `device name → ${name}` };
  });
}

function nothing(answer: Answer, command: Command, cluster: Cluster, context: Context): View {
  const first = command.subjects[0];
  return nothingFound(answer, {
    wanted: command.subjects,
    known: first === undefined ? [] : setUp(first, cluster),
    nearest: first === undefined ? [] : near(first, cluster),
    elsewhere: othersThan(cluster, context),
    meant: first === undefined ? [] : meant(first),
  });
}

/** Devices that are known to be what was asked for: then it is no slip of the finger that CUCM has no record. */
function setUp(subject: Subject, cluster: Cluster): readonly string[] {
  const names = cluster.names.all();
  const isNumber = subject.type === 'number' ? isSpelled(subject.number) : () => false;
  const found = names.filter((entry) =>
    subject.type === 'name'
      ? entry.name.toUpperCase() === subject.name.toUpperCase()
      : entry.numbers.some(isNumber),
  );
  return found.map((entry) => entry.name);
}

/** Other things that the words may stand for. */
function meant(subject: Subject): readonly string[] {
  if (subject.type === 'user') return [`cti ${subject.user}`];
  if (subject.type !== 'description') return [];
  const verb = meantVerb(subject.text);
  // `lobby 6961` was read as a description; the number in it may be all that counts.
  const numbers = subject.text.split(' ').filter((word) => /^\d{3,}$/.test(word));
  return [...(verb === null ? [] : [verb]), ...(subject.text.includes(' ') ? numbers : [])];
}

function meantVerb(word: string): string | null {
  return nearestWord(
    word,
    VERBS.filter((verb) => verb.name !== 'device').map((verb) => verb.name),
  );
}

/** Known names that come near: by spelling, by number, or by a word of the description. */
function near(subject: Subject, cluster: Cluster): readonly string[] {
  const names = cluster.names.all();
  switch (subject.type) {
    case 'name':
    case 'name-or-number': {
      const others = names.map((entry) => entry.name).filter((name) => name !== subject.name);
      return nearestNames(subject.name, others);
    }
    case 'description': {
      const text = subject.text.toLowerCase();
      // A part of a MAC address reads as words.
      const part = text.replace(/[:.-]/g, '');
      const like = names
        .filter(
          ({ name, description }) =>
            description.toLowerCase().includes(text) ||
            (part.length > 2 && name.toLowerCase().includes(part)),
        )
        .map((entry) => entry.name);
      return like.length > 0
        ? like.slice(0, 3)
        : nearestNames(
            subject.text,
            names.map((entry) => entry.name),
          );
    }
    case 'number':
    case 'pattern':
    case 'ip':
    case 'subnet':
    case 'user':
      return [];
  }
}
