/** RisPort70 without the network: an envelope in, an answer out. */
import { type HttpReply, xmlReply } from './http-reply.ts';
import type { Cluster } from './model.ts';
import { CTI_WORDS, DEVICE_WORDS, reply, type SoapBody } from './reply.ts';
import { type RisRequest, readRequest } from './requests.ts';
import { selectCtiItems } from './select-cti.ts';
import { selectDevices } from './select-devices.ts';
import type { NodeSelection } from './selection.ts';
import { envelope, fault, readCall } from './soap.ts';
import { createChangeMemory } from './state-info.ts';
import { takeRequest, throttleFault } from './throttle.ts';

export interface RisRules {
  /** Rows in a reply at most, whatever was asked for. */
  readonly maxDevices: number;
  /** Infinity for no limit. */
  readonly requestsPerMinute: number;
  readonly truncation: 'silent' | 'hinted' | 'counted';
  readonly noChange: 'whole' | 'mixed';
}

export interface RisService {
  /** Answers the text of one envelope. The cluster is to be advanced to `now` before. */
  answer(text: string, now: number): HttpReply;
}

export function createRisService(cluster: Cluster, rules: RisRules): RisService {
  const memory = createChangeMemory();

  function selected(request: Extract<RisRequest, { readonly type: 'devices' | 'cti' }>): SoapBody {
    const { query, most, stateInfo: sent } = request;
    const cap = most === 0 ? rules.maxDevices : Math.min(most, rules.maxDevices);
    const isCti = query.operation === 'selectCtiItem';
    const selections = isCti ? selectCtiItems(cluster, query) : selectDevices(cluster, query);
    const words = isCti ? CTI_WORDS : DEVICE_WORDS;
    // MaxReturnedDevices is one of the criteria: with another the query is another.
    const queryKey = JSON.stringify([query, most]);
    const { truncation, noChange } = rules;
    return reply({ words, selections, cap, queryKey, sent, memory, truncation, noChange });
  }

  function refused(words: 'devices' | 'cti'): SoapBody {
    const selections = cluster.nodes.map(
      ({ name }): NodeSelection => ({
        name,
        startedAt: null,
        stateId: 0,
        returnCode: 'InvalidRequest',
        rows: [],
      }),
    );
    return reply({
      words: words === 'cti' ? CTI_WORDS : DEVICE_WORDS,
      selections,
      cap: 0,
      queryKey: 'invalid',
      sent: '',
      memory,
      truncation: 'silent',
      noChange: 'whole',
    });
  }

  return {
    answer(text, now) {
      const call = readCall(text);
      if (call === null)
        return xmlReply(500, fault('Client', 'org.xml.sax.SAXParseException: not a SOAP request'));
      const request = readRequest(call);
      const operation = call.operation.slice(0, 100);
      if (request.type === 'fault')
        return xmlReply(500, fault('Server.userException', request.text), operation);
      if (!takeRequest(cluster.service.counted, rules.requestsPerMinute, now)) {
        return xmlReply(500, throttleFault(rules.requestsPerMinute), operation);
      }
      const body = request.type === 'invalid' ? refused(request.words) : selected(request);
      return xmlReply(200, envelope(body.xml), operation, body.rows);
    },
  };
}
