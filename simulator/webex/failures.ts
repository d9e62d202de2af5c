/** A webhook that fails too often is switched off. https://developer.webex.com/docs/api/guides/webhooks */
import type { World } from './world.ts';

export interface Failures {
  /** A delivery to the webhook was given up. */
  note(webhook: string): void;
}

export function createFailures(
  world: World,
  { failures, withinMs }: { readonly failures: number; readonly withinMs: number },
): Failures {
  const failed = new Map<string, readonly number[]>();
  return {
    note(id) {
      const now = world.clock.now();
      const recent = [...(failed.get(id) ?? []).filter((at) => at > now - withinMs), now];
      failed.set(id, recent);
      const webhook = world.webhooks.get(id);
      if (webhook === undefined || recent.length < failures) return;
      world.webhooks.set(id, { ...webhook, status: 'inactive' });
      failed.delete(id);
    },
  };
}
