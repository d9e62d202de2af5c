/**
 * Who belongs to those that risbot answers. In an Enterprise organisation a person's team is often another than the app's, or the
 * organisation (`E…`) itself; in a channel shared by Slack Connect, what stands outside is ours while the person is not.
 * https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
 */
import type { Clock } from '../../src/clock.ts';
import type { Arrival, Origin } from './arrival.ts';

/** `unsure`: of another workspace, and nothing has shown yet that it is one of our organisation's. */
export type Kinship = 'ours' | 'stranger' | 'unsure';

type Judged = Pick<Arrival, 'person' | 'channel' | 'origin'>;

export interface Kin {
  /** Remembers what the payload shows for certain. */
  judge(arrival: Judged): Kinship;
}

/** What auth.test says of the token. */
export interface Identity {
  readonly team_id?: string;
  readonly enterprise_id?: string;
}

export interface KinOptions {
  /** Workspaces (`T…`) and organisations (`E…`) that are answered; none: the token's own, with its organisation. */
  readonly listed: readonly string[];
  readonly identity: Identity;
  readonly clock: Clock;
}

/** A channel may be shared with others later. */
const CHANNEL_MS = 24 * 60 * 60_000;
const MOST = 20_000;

/** Those of the token or of the list. */
export function createKin({ listed, identity, clock }: KinOptions): Kin {
  const side = sideOf(listed, identity);
  const teams = new Set(side.teams);
  const people = createShelf<true>();
  /** Channels that are not shared, and until when that may be believed. */
  const insides = createShelf<number>();

  const isOurOrg = (id: string) => side.orgs.has(id);

  function isOurPlace(team: string, { stated, enterprises }: Origin): boolean {
    if (teams.has(team) || isOurOrg(team)) return true;
    const own = stated.get(team);
    return own !== undefined ? isOurOrg(own) : enterprises.length > 0 && enterprises.every(isOurOrg);
  }

  /** What the person's own team, or organisation, says by itself; null when it says nothing. */
  function judgeByName(home: string, { places, stated, enterprises }: Origin): Kinship | null {
    if (teams.has(home) || isOurOrg(home)) return 'ours';
    // Where workspaces alone are listed, it counts where somebody is: the organisation has other workspaces.
    if (home === side.umbrella && places.length > 0) return 'ours';
    const organisation = home.startsWith('E') ? home : stated.get(home);
    if (organisation !== undefined) return isOurOrg(organisation) ? 'ours' : 'stranger';
    return enterprises.some(isOurOrg) ? null : 'stranger';
  }

  /** Nobody of another organisation is in a channel that is not shared, or has a form of ours before them. */
  function isInside({ origin, person, channel }: Judged): boolean {
    if (origin.isShared === false || origin.isAlone || people.get(person)) return true;
    const until = origin.isShared === null ? insides.get(channel ?? '') : undefined;
    return until !== undefined && until > clock.monotonic();
  }

  function verdict(arrival: Judged): Kinship {
    const { places, homes, isShared } = arrival.origin;
    if (places.length + homes.length === 0) return 'stranger';
    if (!places.every((team) => isOurPlace(team, arrival.origin))) return 'stranger';
    // In a shared channel a person of whom nothing is known may be anybody.
    if (homes.length === 0) return isShared === true ? 'stranger' : 'ours';
    const all = homes.map((home) => judgeByName(home, arrival.origin));
    if (all.includes('stranger')) return 'stranger';
    return all.includes(null) && !isInside(arrival) ? 'unsure' : 'ours';
  }

  function learnChannel({ channel, origin: { isShared } }: Judged, kinship: Kinship): void {
    if (channel === null) return;
    if (isShared === true) insides.drop(channel);
    if (isShared === false && kinship === 'ours') insides.set(channel, clock.monotonic() + CHANNEL_MS);
  }

  /** Somebody who is named, or may use our commands, which nobody of elsewhere can; and their workspace is one of ours. */
  function learnPerson({ person, origin: { homes, isCommand } }: Judged): void {
    if (person === '' || (homes.length === 0 && !isCommand)) return;
    people.set(person, true);
    if (side.orgs.size > 0) for (const home of homes) if (home.startsWith('T')) teams.add(home);
  }

  return {
    judge(arrival) {
      const kinship = verdict(arrival);
      learnChannel(arrival, kinship);
      if (kinship === 'ours') learnPerson(arrival);
      return kinship;
    },
  };
}

interface Side {
  readonly teams: readonly string[];
  readonly orgs: ReadonlySet<string>;
  /** The organisation of the token: what its people have for a team, where workspaces alone are listed, too. */
  readonly umbrella: string | null;
}

function sideOf(listed: readonly string[], { team_id, enterprise_id }: Identity): Side {
  // A token for a whole organisation may have it for a team.
  const organisation = enterprise_id ?? (team_id?.startsWith('E') ? team_id : undefined);
  const own = team_id?.startsWith('T') ? [team_id] : [];
  const all = listed.length > 0 ? listed : [...own, ...(organisation === undefined ? [] : [organisation])];
  const orgs = new Set(all.filter((id) => id.startsWith('E')));
  const named = all.filter((id) => id.startsWith('T'));
  const isCovered = organisation !== undefined && orgs.has(organisation);
  return { teams: isCovered ? [...named, ...own] : named, orgs, umbrella: organisation ?? null };
}

/** The oldest go when there are too many. */
function createShelf<T>() {
  const kept = new Map<string, T>();
  return {
    get: (key: string) => kept.get(key),
    drop: (key: string) => void kept.delete(key),
    set(key: string, value: T) {
      kept.delete(key);
      const [oldest] = kept.keys();
      if (kept.size >= MOST && oldest !== undefined) kept.delete(oldest);
      kept.set(key, value);
    },
  };
}
