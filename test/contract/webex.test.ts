import { describe } from 'vitest';
import { chatContract } from './chat.contract.ts';
import type { Traits } from './stage.ts';
import { talkContract } from './talk.contract.ts';
import { changesContract } from './unasked.contract.ts';
import { openWebexStage } from './webex-stage.ts';

const TRAITS: Traits = {
  pages: 'the next page stands below the card',
  line: 'a line on what is under way goes when the answer comes',
  presses: 'anybody there presses a button',
  links: 'an address leads to its phone',
  form: 'a bare address offers a form',
  atOnce: 'questions are answered side by side',
  changes: 'a change of what was told stands below it',
  nowhere: 'a room that is not there takes nothing: refused',
  gone: 'what is not there any more cannot be changed: gone',
  stop: 'what is under way when it stops is answered',
};

chatContract('Webex, as its reference has it', { open: () => openWebexStage(false), traits: TRAITS });

describe('Webex, where cards may be changed', () => {
  const platform = {
    open: () => openWebexStage(true),
    traits: {
      ...TRAITS,
      pages: 'the next page takes the place of the card',
      changes: 'a change of what was told takes its place',
    },
  } as const;
  talkContract(platform);
  changesContract(platform);
});
