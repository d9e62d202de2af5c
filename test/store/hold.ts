/** Run as a process: opens the database named, says `open` or why not, and leaves, or stays or writes until it is killed. */
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { known } from '../watch/known.ts';
import { outgoing, transition } from './samples.ts';

const [url = '', manner] = process.argv.slice(2);
try {
  const store = await openStore({ url, clock: systemClock });
  if (manner === 'stay') {
    await store.commit({ known: [known('SEPHELD')] });
    process.stdout.write('open\n');
    await systemClock.sleep(60_000);
  }
  for (let at = 0; manner === 'write'; at += 1) {
    const name = `SEP${at}`;
    await store.commit({
      known: [known(name)],
      transitions: [transition({ name })],
      outgoing: [outgoing(name)],
    });
    if (at === 20) process.stdout.write('open\n');
  }
  await store.close();
  process.stdout.write('open\n');
} catch (error) {
  const { code, message } = error as { code?: string; message?: string };
  process.stdout.write(`${code}: ${message}\n`);
}
