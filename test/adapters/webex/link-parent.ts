/** A process that has a link and nothing else to do. Says the id of the link's process once it is connected. */
import { createLink } from '../../../adapters/webex/link.ts';
import { systemClock } from '../../../src/clock.ts';

const [url, token = ''] = process.argv.slice(2);
const quiet = () => undefined;
const link = createLink({
  token,
  apiUrl: `${url}/v1/`,
  discoveryUrl: `${url}/u2c/api/v1`,
  clock: systemClock,
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  notice: quiet,
  state: quiet,
});
await link.start();
process.stdout.write(`${link.pid()}\n`);
