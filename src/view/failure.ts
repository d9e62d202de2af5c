/** CUCM could not be asked: the cause and the remedy in plain words. */
import type { RisPortErrorCode } from '../risport/fault.ts';
import { count, duration } from './text.ts';
import type { Action, Block, Fact, View } from './view.ts';

export type FailureCode =
  | RisPortErrorCode
  /** The queue is too long to wait for. */
  | 'busy'
  /** The asker gave up, or risbot is stopping. */
  | 'cancelled'
  /** risbot could not read or write what it remembers. */
  | 'store'
  /** A mistake of risbot's own. */
  | 'unexpected';

/** Says of each code that it is one; the compiler asks for those that are missing. */
const CODES: Readonly<Record<FailureCode, true>> = {
  unauthorized: true,
  forbidden: true,
  throttled: true,
  unavailable: true,
  timeout: true,
  tls: true,
  handshake: true,
  network: true,
  'not-soap': true,
  malformed: true,
  'too-large': true,
  fault: true,
  busy: true,
  cancelled: true,
  store: true,
  unexpected: true,
};

export function isFailureCode(code: unknown): code is FailureCode {
  return typeof code === 'string' && Object.hasOwn(CODES, code);
}

export interface Failure {
  readonly code: FailureCode;
  /** Null when no cluster had to do with it. */
  readonly cluster: string | null;
  /** Stands in the log line, too. */
  readonly id: string;
  /** Asks the same again; blank when that makes no sense. */
  readonly command: string;
  /** Requests a minute, as a throttle fault named them. */
  readonly allowance?: number;
  /** SHA-256 fingerprint of the certificate that was refused. */
  readonly fingerprint?: string;
  /** `weak`: the certificate's key or a signature is too weak; `plain`: what answers speaks no TLS. */
  readonly tls?: 'weak' | 'plain';
  /** HTTP status. */
  readonly status?: number;
  /** How long to wait, for `busy` and `throttled`. */
  readonly waitMs?: number;
}

/** A card for a failure. Nothing of the error's own text is shown: the id leads to it in the log. */
export function failureView(failure: Failure): View {
  const title = causeWords(failure);
  const again: readonly Action[] =
    failure.command === '' ? [] : [{ label: 'Try again', command: failure.command, style: 'primary' }];
  return {
    outcome: 'failed',
    title,
    tone: failure.code === 'cancelled' ? 'muted' : 'bad',
    blocks: [{ type: 'text', text: remedyWords(failure) }, ...factBlocks(failure)],
    actions: [...again, { label: 'Status', command: 'status' }],
    data: {
      error: { code: failure.code, message: title, remedy: remedyWords(failure), id: failure.id },
      ...(failure.cluster === null ? {} : { cluster: failure.cluster }),
    },
  };
}

function factBlocks(failure: Failure): readonly Block[] {
  const shown = facts(failure);
  return shown.length === 0 ? [] : [{ type: 'facts', facts: shown }];
}

function facts(failure: Failure): readonly Fact[] {
  const { status, fingerprint, id } = failure;
  const shown: Fact[] = [];
  if (status !== undefined) shown.push({ label: 'HTTP status', value: String(status) });
  if (fingerprint !== undefined) {
    shown.push({ label: 'Certificate SHA-256', value: [{ text: fingerprint, style: 'code' }] });
  }
  // Nothing has gone wrong that a log could explain.
  if (failure.code === 'cancelled' || failure.code === 'busy') return shown;
  return [...shown, { label: 'Id in the log', value: [{ text: id, style: 'code' }] }];
}

function causeWords({ code, cluster, tls }: Failure): string {
  const who = cluster ?? 'CUCM';
  switch (code) {
    case 'unauthorized':
      return `${who} refused the user or password of risbot`;
    case 'forbidden':
      return `${who} does not let the user of risbot ask: a role is missing`;
    case 'throttled':
      return `${who} is asked too often at the moment`;
    case 'unavailable':
      return `${who} is up, but its RisPort70 service is not answering`;
    case 'timeout':
      return `${who} did not answer in time`;
    case 'tls':
      return `The certificate of ${who} is ${tls === 'weak' ? 'too weak to be trusted' : 'not trusted'}`;
    case 'handshake':
      return tls === 'plain'
        ? `What answers for ${who} does not speak TLS`
        : `No TLS connection to ${who} could be made`;
    case 'network':
      return `${who} cannot be reached`;
    case 'not-soap':
      return `Something answered for ${who}, but it was not RisPort70`;
    case 'malformed':
      return `The reply of ${who} could not be understood`;
    case 'too-large':
      return `The reply of ${who} was too large`;
    case 'fault':
      return `${who} refused the question`;
    case 'busy':
      return `Too many questions are waiting for ${who}`;
    case 'cancelled':
      return 'The question was cancelled';
    case 'store':
      return 'risbot could not reach what it remembers, so nothing was changed';
    case 'unexpected':
      return 'Something went wrong in risbot itself';
  }
}

function remedyWords(failure: Failure): string {
  switch (failure.code) {
    case 'unauthorized':
      return 'An administrator should check user and password in the configuration, and whether the account is locked or its password has expired; risbot doctor tells more.';
    case 'forbidden':
      return 'An administrator of CUCM should give that user three roles: Standard AXL API Access, Standard RealtimeAndTraceCollection and Standard CCM Admin Users. A read-only user is reported to work with Standard SERVICEABILITY Read Only. The least set is not verified.';
    case 'throttled':
      return throttledWords(failure);
    case 'unavailable':
      return 'Check in Cisco Unified Serviceability that Cisco RIS Data Collector and Cisco SOAP services run, and the load of the node. Then try again.';
    case 'timeout':
      return 'The node may be busy or the network slow. Try again in a minute, or ask for less.';
    case 'tls':
      return tlsWords(failure);
    case 'handshake':
      return handshakeWords(failure);
    case 'network':
      return 'Check that the node is up, its address in the configuration right, and port 8443 open from here; risbot doctor tells more.';
    case 'not-soap':
      return 'Check the address in the configuration: it must lead to a CUCM node, port 8443, and not to a proxy or login page; risbot doctor tells more.';
    case 'malformed':
      return 'The reply was cut or broken. Try again; if it stays so, give the id below to whoever runs risbot.';
    case 'too-large':
      return 'Narrow the question: by node, class, model or name.';
    case 'fault':
      return 'Try again, perhaps in other words; if it stays so, give the id below to whoever runs risbot.';
    case 'busy':
      return busyWords(failure);
    case 'cancelled':
      return 'Nothing was changed. Ask again when you like.';
    case 'store':
      return 'Its database may be full, locked or away. Try again; if it stays so, give the id below to whoever runs risbot: the log says which.';
    case 'unexpected':
      return 'Give the id below to whoever runs risbot: the log has the details.';
  }
}

function throttledWords({ allowance, waitMs }: Failure): string {
  const limit =
    allowance === undefined
      ? ''
      : ` It allows ${count(allowance)} requests a minute for all its clients together.`;
  const wait = waitMs === undefined || waitMs <= 0 ? 'in about a minute' : `in about ${duration(waitMs)}`;
  return `Try again ${wait}.${limit} Other RisPort70 clients of the cluster share that allowance.`;
}

function handshakeWords({ tls }: Failure): string {
  return tls === 'plain'
    ? 'No password was sent. Check the address and the port in the configuration: CUCM answers by https on port 8443, and that may be the port of something else; risbot doctor tells more.'
    : 'No password was sent. An old node may need an older TLS version or other ciphers, which an administrator can allow in the configuration; a node that is starting, or a firewall, cuts connections too. risbot doctor tells more.';
}

function tlsWords({ fingerprint, tls }: Failure): string {
  if (tls === 'weak') return weakWords(fingerprint);
  return fingerprint === undefined
    ? 'An administrator should put the CA certificate of the cluster, or the fingerprint of its certificate, into the configuration; risbot doctor says how.'
    : 'If the fingerprint below is the one that CUCM shows for its tomcat certificate, an administrator can put it, or the CA file, into the configuration; risbot doctor says how. If it is not, somebody else may be answering.';
}

function weakWords(fingerprint: string | undefined): string {
  const pin =
    fingerprint === undefined
      ? 'Until then its fingerprint in the configuration makes it good; risbot doctor shows it.'
      : 'Until then, if the fingerprint below is the one that CUCM shows for its tomcat certificate, an administrator can put it into the configuration. If it is not, somebody else may be answering.';
  return `Its key or a signature is too short or too old, such as RSA with 1024 bits or SHA-1, and a CA file does not help: the tomcat certificate should be renewed. ${pin}`;
}

function busyWords({ waitMs }: Failure): string {
  const wait = waitMs === undefined || waitMs <= 0 ? 'a minute or two' : `about ${duration(waitMs)}`;
  return `Your turn would come only in ${wait}, so the question was not queued. Please ask again later.`;
}
