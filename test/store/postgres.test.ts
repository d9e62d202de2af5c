/** The contract on PostgreSQL, and what only a server does. Without one the output says what was left out, and where it is required the run fails. */
import { afterAll, expect, test } from 'vitest';
import { dropSchemas, freshSchema, IS_REQUIRED, POSTGRES } from './server.ts';
import { serverTests } from './server-tests.ts';
import { storeContract } from './store.contract.ts';

test('there is a PostgreSQL where one is required', () => {
  expect(IS_REQUIRED && POSTGRES === '').toBe(false);
});

if (POSTGRES === '') {
  process.stderr.write('left out: the store on PostgreSQL; RISBOT_TEST_POSTGRES names none\n');
} else {
  afterAll(dropSchemas);
  storeContract('PostgreSQL', async () => (await freshSchema()).url);
  serverTests();
}
