/** What the replies say about login, role, operations, nodes, allowance and clocks. Pure. */
import type { ClusterConfig } from '../config/config.ts';
import type { Operation } from '../device/query.ts';
import { blindNodes, type Snapshot } from '../device/snapshot.ts';
import type { RisPortError } from '../risport/fault.ts';
import { type Check, fail, ok, skipped, warn } from './check.ts';

export type Outcome = Snapshot | RisPortError;

/** Login and role, from the first answer. */
export function judgeLogin(outcome: Outcome): readonly Check[] {
  if (!('code' in outcome)) return [ok('login', 'accepted'), ok('role', 'may ask RisPort70')];
  if (outcome.code === 'unauthorized') {
    return [
      fail(
        'login',
        'user or password is refused (401)',
        'Check username and password, and that the user is not locked in CUCM',
      ),
      skipped('role', 'not seen before the login works'),
    ];
  }
  if (outcome.code === 'forbidden') {
    return [
      ok('login', 'accepted'),
      fail(
        'role',
        'a role is missing (403)',
        'Give the user Standard AXL API Access, Standard RealtimeAndTraceCollection and Standard CCM Admin Users, or for reading only Standard SERVICEABILITY Read Only',
      ),
    ];
  }
  return [];
}

const FAILURES: Readonly<Record<RisPortError['code'], readonly [seen: string, remedy: string]>> = {
  unauthorized: ['not answered: the login is refused', 'See login'],
  forbidden: ['not answered: a role is missing', 'See role'],
  throttled: [
    'CUCM says too many requests: other programs use its allowance too',
    'Wait a minute and run this again; see allowance',
  ],
  unavailable: [
    'the service is down or overloaded (503)',
    'Is Cisco RIS Data Collector started on the node? Cisco Unified Serviceability, Control Center - Network Services',
  ],
  timeout: ['no answer in time', 'Is the node busy? Then raise limits: { totalMs }; or ask another node'],
  tls: ['the certificate is not trusted', 'See certificate'],
  handshake: ['the TLS handshake failed', 'See certificate'],
  network: ['the connection failed', 'See connection'],
  'not-soap': [
    'the answer is no SOAP: something else listens there',
    'Is url a CUCM node with Cisco AXL Web Service and RIS started? Is a proxy in between?',
  ],
  malformed: [
    'the reply could not be read',
    'Run risbot doctor --record DIR and send the files with a report',
  ],
  'too-large': ['the reply is larger than limits: { maxBytes }', 'Raise it'],
  fault: ['CUCM answered with a fault', 'Run risbot doctor --record DIR and send the files with a report'],
};

/** One operation's answer. */
export function judgeOperation(name: Operation, outcome: Outcome): Check {
  if ('code' in outcome) {
    const [seen, remedy] = FAILURES[outcome.code];
    return fail(name, seen, remedy);
  }
  const rows = name === 'selectCtiItem' ? outcome.ctiItems.length : outcome.devices.length;
  const counted = outcome.complete ? `${rows} rows` : `${rows} rows, as many as were asked for`;
  return ok(name, counted);
}

/** Nodes that did not answer. */
export function judgeNodes(outcome: Outcome): readonly Check[] {
  if ('code' in outcome) return [];
  const names = outcome.nodes.map((node) => node.name);
  const blind = blindNodes(outcome);
  if (blind.length === 0) return [ok('nodes', names.length > 0 ? names.join(', ') : 'none named')];
  const seen = blind.map((node) => `${node.name}: ${node.returnCode}`).join(', ');
  return [
    warn('nodes', seen, 'What these nodes hold is unknown. Is Cisco RIS Data Collector running on them?'),
  ];
}

/** What is configured against what a throttle fault taught. */
export function judgeAllowance(config: ClusterConfig, outcomes: readonly Outcome[]): readonly Check[] {
  const taught = outcomes
    .flatMap((outcome) => ('code' in outcome ? (outcome.detail.allowance ?? []) : []))
    .at(0);
  const set = `${config.requestsPerMinute} requests a minute are configured`;
  if (outcomes.every((outcome) => 'code' in outcome) && taught === undefined) {
    return [skipped('allowance', `${set}; not seen whether CUCM agrees`)];
  }
  if (taught === undefined) return [ok('allowance', `${set}; CUCM did not object`)];
  if (taught < config.requestsPerMinute) {
    return [
      warn(
        'allowance',
        `${set}, CUCM allows ${taught}`,
        `Set requestsPerMinute: ${taught} (CUCM_REQUESTS_PER_MINUTE), less what other programs need`,
      ),
    ];
  }
  return [
    warn(
      'allowance',
      `${set}, CUCM allows ${taught}, and it was used up`,
      'Other programs ask RisPort70 of this cluster: lower requestsPerMinute by what they need',
    ),
  ];
}

const CLOCK_SLACK_MS = 60_000;

export interface Times {
  /** A Date header, or blank. */
  readonly date: string;
  /** The newest TimeStamp of the rows, seconds since 1970; 0 when there is none. */
  readonly newest: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The Date header against our clock; without one, rows from the future tell too. */
export function judgeClock({ date, newest, now }: Times): Check {
  const theirs = Date.parse(date);
  const remedy = 'Check NTP on both: ages and times in answers are off by as much';
  const ahead = theirs - now;
  if (Math.abs(ahead) > CLOCK_SLACK_MS) {
    const side = ahead > 0 ? 'ahead of' : 'behind';
    return warn('clock', `CUCM's is ${Math.round(Math.abs(ahead) / 1000)} s ${side} this machine's`, remedy);
  }
  if (newest * 1000 - now > CLOCK_SLACK_MS) return warn('clock', 'rows have times in the future', remedy);
  return Number.isNaN(theirs)
    ? skipped('clock', 'the reply told no time')
    : ok('clock', 'less than a minute apart');
}
