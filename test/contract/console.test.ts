import { chatContract } from './chat.contract.ts';
import { openConsoleStage } from './console-stage.ts';

chatContract('a terminal', {
  open: openConsoleStage,
  traits: {
    pages: 'the next page stands below the card',
    line: 'a line on what is under way goes when the answer comes',
    presses: 'anybody there presses a button',
    links: 'an address is text',
    form: 'an empty line asks nothing, and Tab completes what is typed',
    atOnce: 'questions are answered in the order they came',
    changes: 'a change of what was told is printed below it, without what was said already',
    nowhere: 'a terminal that was left takes nothing: unreachable',
    gone: 'what has scrolled by cannot be gone: a change of it is printed whole',
    stop: 'what is under way when it stops is cancelled, and says so',
  },
});
