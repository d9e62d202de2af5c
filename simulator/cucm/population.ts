/** Fills a cluster: the special devices first, then phones and the like of the usual mix, until the count is reached. */
import { createDraft, type Draft, makeDevice, makeRow, takePlace } from './draft.ts';
import { KINDS, type Kind, kindOf } from './kinds.ts';
import type { SimDevice, SimNode } from './model.ts';
import type { Random } from './random.ts';
import { serverRoom } from './server-room.ts';
import { SITES, type Site } from './sites.ts';
import { NEVER_SEEN, SPECIAL_PHONES, type Special } from './specials.ts';

export interface PopulationOptions {
  /** Devices that RIS knows; those that were never plugged in come on top. */
  readonly count: number;
  readonly nodes: readonly SimNode[];
  readonly random: Random;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Population {
  readonly devices: readonly SimDevice[];
  /** The last revision that a row was given. */
  readonly revision: number;
}

const OUIS = [
  '00562B',
  '0C75BD',
  '1CE85D',
  '2C31F6',
  '5006AB',
  '6C5E3B',
  '7C95F3',
  'A0239F',
  'B07D47',
  'CCD8C1',
  'E8B748',
  'F01FAF',
] as const;
const SIXTY_DAYS = 60 * 86_400;
const REASONS_OF_ABSENCE = [13, 13, 13, 6, 8, 10, 1] as const;
const FILL_KINDS = KINDS.filter((kind) => kind.weight > 0);
const FILL_WEIGHT = FILL_KINDS.reduce((sum, kind) => sum + kind.weight, 0);
const FAILOVER_SECONDS = 40;

export function populate({ count, nodes, random, now }: PopulationOptions): Population {
  const draft = createDraft(nodes, random, now);
  const known = [...SPECIAL_PHONES, ...serverRoom(nodes.length)].slice(0, count);
  const devices = known.map((special) => addSpecial(draft, special));
  while (devices.length < count) devices.push(addFiller(draft));
  for (const spare of NEVER_SEEN) {
    const made = makeDevice(draft, spare, kindOf(spare.kind), takePlace(draft, spare.site));
    made.connected = false;
    devices.push(made);
  }
  return { devices, revision: draft.revision };
}

function addSpecial(draft: Draft, special: Special): SimDevice {
  const made = makeDevice(draft, special, kindOf(special.kind), takePlace(draft, special.site));
  const { nowSeconds, random } = draft;
  if (special.movedAway === true && draft.nodes.length > 1) {
    makeRow(draft, made, 0, { status: 'UnRegistered', reason: 13, at: nowSeconds - 7200 });
    makeRow(draft, made, 1, { status: 'Registered', reason: 0, at: nowSeconds - 7200 + FAILOVER_SECONDS });
    return made;
  }
  const at = nowSeconds - 3600 - random.below(SIXTY_DAYS);
  makeRow(draft, made, 0, { status: special.status ?? 'Registered', reason: special.reason ?? 0, at });
  return made;
}

function addFiller(draft: Draft): SimDevice {
  const { random } = draft;
  const kind = fillKind(random);
  const site = fillSite(random);
  const ordinal = takePlace(draft, site.code);
  const isAway = random.below(100) < kind.idle;
  const name = freshName(draft, kind, site, ordinal);
  const wish = { name, site: site.code, description: describe(kind, site, ordinal) };
  const made = makeDevice(draft, isAway ? { ...wish, status: 'UnRegistered' } : wish, kind, ordinal);
  makeRow(draft, made, 0, {
    status: isAway ? 'UnRegistered' : 'Registered',
    reason: isAway ? random.pick(REASONS_OF_ABSENCE) : 0,
    at: draft.nowSeconds - 60 - random.below(SIXTY_DAYS),
  });
  return made;
}

function fillKind(random: Random): Kind {
  let left = random.below(FILL_WEIGHT);
  for (const kind of FILL_KINDS) {
    if (left < kind.weight) return kind;
    left -= kind.weight;
  }
  return kindOf('8845');
}

function fillSite(random: Random): Site {
  let left = random.below(100);
  for (const site of SITES) {
    if (left < site.share) return site;
    left -= site.share;
  }
  return SITES[0];
}

function freshName({ random, names }: Draft, kind: Kind, site: Site, ordinal: number): string {
  const [prefix, tail] = kind.naming;
  if (tail === 'desk') return `${prefix}${site.code}${String(ordinal).padStart(4, '0')}`;
  for (;;) {
    const mac = random.pick(OUIS) + random.below(0x1000000).toString(16).toUpperCase().padStart(6, '0');
    // An analog port's name is the gateway's MAC without its first two digits, and the port.
    const name =
      tail === 'mac' ? prefix + mac : `${prefix}${mac.slice(2)}${String(ordinal % 24).padStart(3, '0')}`;
    if (!names.has(name)) return name;
  }
}

function describe(kind: Kind, site: Site, ordinal: number): string {
  // Every 50th has no description at all, as in life.
  if (ordinal % 50 === 49) return '';
  const floor = 1 + (Math.floor(ordinal / 40) % 12);
  const place = kind.id === '8832' || kind.id === 'boardpro' ? 'meeting room' : 'desk';
  return `${site.code} ${floor}F ${place} ${(ordinal % 40) + 1}`;
}
