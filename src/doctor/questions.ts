/** One small question for each operation. */
import type { Clock } from '../clock.ts';
import type { ClusterConfig } from '../config/config.ts';
import type { Lookup } from '../device/lookup.ts';
import { ctiQuery, deviceQuery, type Query } from '../device/query.ts';
import type { Exchange } from '../risport/client.ts';
import { RisPortError } from '../risport/fault.ts';
import { type Check, skipped } from './check.ts';
import {
  judgeAllowance,
  judgeClock,
  judgeLogin,
  judgeNodes,
  judgeOperation,
  type Outcome,
} from './findings.ts';

/** Rows that the doctor asks for: enough to see their shape, few enough to be no load. */
export const DOCTOR_ROWS = 20;
/** Asked for when there is no device to name; no MAC is all zeros. */
const NOBODY = 'SEP000000000000';
const NAMES_ASKED = 5;

export interface Questions {
  readonly config: ClusterConfig;
  readonly lookup: Lookup;
  /** Filled by the client, one for each request. */
  readonly exchanges: readonly Exchange[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Asks, three requests at most; a refusal ends it, since the next one would cost and be refused too. */
export async function askEverything(questions: Questions): Promise<readonly Check[]> {
  const plain = await ask(questions, deviceQuery());
  const login = judgeLogin(plain);
  const checks: Check[] = [...login, judgeOperation('selectCmDevice', plain)];
  const rows = 'devices' in plain ? plain.devices : [];
  if ('code' in plain && ENDING.has(plain.code)) {
    return [...checks, ...rest(plain), ...judgeAllowance(questions.config, [plain])];
  }
  const names = [...new Set(rows.map((row) => row.name))].slice(0, NAMES_ASKED);
  const extended = deviceQuery({
    operation: 'selectCmDeviceExt',
    items: names.length > 0 ? names : [NOBODY],
  });
  const ext = await ask(questions, extended);
  const cti = await ask(questions, ctiQuery());
  return [
    ...checks,
    judgeOperation('selectCmDeviceExt', ext),
    judgeOperation('selectCtiItem', cti),
    ...judgeNodes(plain),
    ...judgeAllowance(questions.config, [plain, ext, cti]),
    judgeClock({
      date: questions.exchanges.findLast(({ headers }) => 'date' in headers)?.headers['date'] ?? '',
      newest: Math.max(0, ...rows.map((row) => row.timeStamp ?? 0)),
      now: questions.clock.now(),
    }),
  ];
}

async function ask({ lookup, signal }: Questions, query: Query): Promise<Outcome> {
  try {
    return await lookup(query, { signal });
  } catch (error) {
    if (error instanceof RisPortError) return error;
    throw error;
  }
}

/** After these the other operations would fail in the same way. */
const ENDING: ReadonlySet<string> = new Set([
  'unauthorized',
  'forbidden',
  'throttled',
  'tls',
  'handshake',
  'network',
  'timeout',
  'unavailable',
]);

function rest(failure: RisPortError): readonly Check[] {
  const because = `not asked after ${failure.code}`;
  return [
    skipped('selectCmDeviceExt', because),
    skipped('selectCtiItem', because),
    skipped('clock', because),
  ];
}
