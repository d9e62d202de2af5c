/**
 * The webhooks that have to be registered with Webex, and stay so: looked at after they were made, and healed. Other people's webhooks
 * on the same token are left alone.
 */
import type { Call } from './calls.ts';
import { isGone } from './failure.ts';
import { idAt, readItems, textAt } from './read.ts';

const WANTED = [
  { resource: 'messages', event: 'created', name: 'risbot messages' },
  { resource: 'attachmentActions', event: 'created', name: 'risbot buttons' },
] as const;
type Wanted = (typeof WANTED)[number];

/** https://developer.webex.com/docs/api/v1/webhooks/list-webhooks */
const MOST_LISTED = '100';
const LONGEST_TRY_MS = 60_000;

export interface RegistrationOptions {
  readonly call: Call;
  /** Ours are those that lead here. */
  readonly url: string;
  readonly secret: string;
  readonly now: () => number;
}

export interface Registration {
  /** Makes it as it should be, whatever was there. Rejects with `WebexRefusal`, `WebexLost`, or when it cannot be seen afterwards. */
  register(): Promise<void>;
  /** Looks at it, and mends it where it must be. True when it had to be mended: something may have been missed. Rejects alike. */
  heal(): Promise<boolean>;
}

/** Registered, by its own word, and yet not there when one looks. */
export class RegistrationMissing extends Error {
  override name = 'RegistrationMissing';
  readonly code = 'registration-missing';
  readonly reason = 'webhooks are not registered';

  constructor() {
    super('Webex took the webhooks, and does not list them');
  }
}

interface Found {
  readonly id: string;
  readonly resource: string;
  readonly event: string;
  readonly isActive: boolean;
}

export function createRegistration({ call, url, secret, now }: RegistrationOptions): Registration {
  const within = () => ({ giveUpAt: now() + LONGEST_TRY_MS });

  async function ours(): Promise<readonly Found[]> {
    const listed = await call('GET', 'webhooks', { ...within(), query: { max: MOST_LISTED } });
    return readItems(listed).flatMap((item): readonly Found[] => {
      const id = idAt(item, 'id');
      if (id === null || textAt(item, 'targetUrl') !== url) return [];
      return [
        {
          id,
          resource: textAt(item, 'resource'),
          event: textAt(item, 'event'),
          isActive: textAt(item, 'status') !== 'inactive',
        },
      ];
    });
  }

  const matching = (found: readonly Found[], { resource, event }: Wanted) =>
    found.filter((one) => one.resource === resource && one.event === event);

  async function mend(wanted: Wanted, found: readonly Found[], isForced: boolean): Promise<boolean> {
    const { name, resource, event } = wanted;
    const [first, ...doubles] = matching(found, wanted);
    for (const { id } of doubles) await unlessGone(call('DELETE', 'webhooks/{id}', { ...within(), id }));
    if (first === undefined) {
      const json = { name, targetUrl: url, resource, event, secret };
      await call('POST', 'webhooks', { ...within(), json });
      return true;
    }
    // Its secret cannot be seen: at the start it is set, so that deliveries are signed with ours.
    if (first.isActive && !isForced) return false;
    const json = { name, targetUrl: url, secret, status: 'active' };
    await unlessGone(call('PUT', 'webhooks/{id}', { ...within(), id: first.id, json }));
    return true;
  }

  async function mendAll(isForced: boolean): Promise<boolean> {
    const found = await ours();
    let isMended = false;
    for (const wanted of WANTED) isMended = (await mend(wanted, found, isForced)) || isMended;
    if (!isMended) return false;
    const after = await ours();
    const isThere = (wanted: Wanted) => matching(after, wanted).some(({ isActive }) => isActive);
    if (!WANTED.every(isThere)) throw new RegistrationMissing();
    return true;
  }

  return { register: async () => void (await mendAll(true)), heal: () => mendAll(false) };
}

/** Somebody was quicker: whether it is there is looked at afterwards. */
async function unlessGone(done: Promise<unknown>): Promise<void> {
  await done.catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}
