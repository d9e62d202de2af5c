/** What every platform does with every view and in every turn of a conversation. */
import { describe } from 'vitest';
import type { Platform } from './stage.ts';
import { talkContract } from './talk.contract.ts';
import { changesContract, unaskedContract } from './unasked.contract.ts';
import { viewsContract } from './views.contract.ts';

export function chatContract(name: string, platform: Platform): void {
  describe(name, () => {
    viewsContract(platform);
    talkContract(platform);
    unaskedContract(platform);
    changesContract(platform);
  });
}
