/** A cluster in the making: names, numbers and addresses already given out, and devices made one at a time. */
import type { Kind } from './kinds.ts';
import type { Firmware, Row, RowStatus, SimDevice, SimNode } from './model.ts';
import type { Random } from './random.ts';
import { SITE_CODES, type Site, type SiteCode, siteAddress, siteAddress6, siteOf } from './sites.ts';
import type { Special } from './specials.ts';

export interface Draft {
  readonly nodes: readonly SimNode[];
  readonly random: Random;
  readonly nowSeconds: number;
  readonly names: Set<string>;
  /** Devices so far, a site. */
  readonly standing: Map<SiteCode, number>;
  nextNumber: number;
  revision: number;
}

const FIRST_NUMBER = 2000;
const TAKEN_NUMBERS = new Set([4000, 4001, 4002, 5501, 5502, 6961]);
const TWO_STACKS_OF = 10;

export function createDraft(nodes: readonly SimNode[], random: Random, now: number): Draft {
  const nowSeconds = Math.floor(now / 1000);
  return {
    nodes,
    random,
    nowSeconds,
    names: new Set(),
    standing: new Map(),
    nextNumber: FIRST_NUMBER,
    revision: 0,
  };
}

/** The next free place of a site, counted from 0. */
export function takePlace(draft: Draft, site: SiteCode): number {
  const ordinal = draft.standing.get(site) ?? 0;
  draft.standing.set(site, ordinal + 1);
  return ordinal;
}

/** A device that no node knows yet. */
export function makeDevice(
  draft: Draft,
  wish: Omit<Special, 'kind'>,
  kind: Kind,
  ordinal: number,
): SimDevice {
  const site = siteOf(wish.site);
  const home = wish.home ?? SITE_CODES.indexOf(wish.site);
  draft.names.add(wish.name);
  return {
    name: wish.name,
    kind,
    description: wish.description,
    site: wish.site,
    numbers: wish.numbers ?? Array.from({ length: kind.lines }, () => takeNumber(draft)),
    address: wish.address ?? (kind.deviceClass === 'HuntList' ? '' : siteAddress(site, ordinal)),
    address6: address6Of(kind, site, ordinal),
    group: draft.nodes.map((_, step) => (home + step) % draft.nodes.length),
    rows: new Array<Row | undefined>(draft.nodes.length).fill(undefined),
    user: wish.user ?? '',
    firmware: firmwareOf(kind, wish),
    connected: wish.status === undefined || wish.status === 'PartiallyRegistered',
    deleted: false,
    plan: 0,
  };
}

function takeNumber(draft: Draft): string {
  while (TAKEN_NUMBERS.has(draft.nextNumber)) draft.nextNumber += 1;
  draft.nextNumber += 1;
  return String(draft.nextNumber - 1);
}

function address6Of(kind: Kind, site: Site, ordinal: number): string {
  return kind.httpd === 'Yes' && ordinal % TWO_STACKS_OF === 0 ? siteAddress6(site, ordinal) : '';
}

function firmwareOf(kind: Kind, wish: Omit<Special, 'kind'>): Firmware {
  return {
    active: kind.load,
    inactive: '',
    download: wish.download ?? (kind.load === '' ? 'Unknown' : 'Successful'),
    failure: wish.failure ?? '',
  };
}

export interface Standing {
  readonly status: RowStatus;
  readonly reason: number;
  /** Seconds since 1970. */
  readonly at: number;
}

/** Lets a node of the device's group, counted from home, hold a row about it. */
export function makeRow(draft: Draft, device: SimDevice, step: number, standing: Standing): void {
  const node = draft.nodes[device.group[step] ?? 0];
  if (node === undefined) return;
  draft.revision += 1;
  const { firmware, user } = device;
  const attempts = 1 + draft.random.below(3);
  const { revision } = draft;
  device.rows[node.index] = { device, node, ...standing, attempts, user, firmware, revision };
}
