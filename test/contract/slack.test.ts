import { describe } from 'vitest';
import { chatContract } from './chat.contract.ts';
import { openSlackStage } from './slack-stage.ts';
import type { Traits } from './stage.ts';
import { talkContract } from './talk.contract.ts';

const TRAITS: Traits = {
  pages: 'the next page takes the place of the card',
  line: 'a line on what is under way goes when the answer comes',
  presses: 'anybody there presses a button',
  links: 'an address leads to its phone',
  form: 'a bare address offers a form',
  atOnce: 'questions are answered side by side',
  changes: 'a change of what was told takes its place',
  nowhere: 'a room that is not there takes nothing: refused',
  gone: 'what is not there any more cannot be changed: gone',
  stop: 'what is under way when it stops is answered',
};

chatContract('Slack', { open: () => openSlackStage('mention'), traits: TRAITS });

describe('Slack, by the command, for one person alone', () => {
  talkContract({
    open: () => openSlackStage('command'),
    traits: {
      ...TRAITS,
      line: 'a line on what is under way stays above the answer',
      presses: 'only who asked sees the button',
    },
  });
});
