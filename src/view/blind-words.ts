/** Why a node, or a whole cluster, cannot be seen. */
import { shortened } from './text.ts';

const BLIND: Readonly<Record<string, string>> = {
  NodeNotResponding: 'node not responding',
  InternalError: 'its RIS has an internal error',
  InvalidRequest: 'it refuses the question',
  InvalidNodeName: 'CUCM knows no such node',
  unauthorized: 'user or password refused',
  forbidden: 'a role is missing',
  throttled: 'asked too often',
  unavailable: 'RisPort70 service not answering',
  timeout: 'no answer in time',
  tls: 'certificate not trusted',
  handshake: 'no TLS connection',
  network: 'cannot be reached',
  'not-soap': 'something else answers in its place',
  malformed: 'reply not understood',
  'too-large': 'reply too large',
  fault: 'it refuses the question',
  busy: 'too many questions waiting',
};

/** Why something cannot be seen; a code that is newer than this table as it came. */
export function blindWords(code: string): string {
  return BLIND[code] ?? (code === '' ? 'no answer' : shortened(code, 60));
}
