import { describe, expect, test } from 'vitest';
import { mergeNodes, type NodeAnswer } from '../../src/device/snapshot.ts';

const node = (name: string, returnCode: string): NodeAnswer => ({ name, returnCode, noChange: false });

describe('the nodes of several replies', () => {
  test.each([
    ['a node that failed in one reply is blind for the whole answer', 'NodeNotResponding', 'Ok'],
    ['it is whichever way round they came', 'InternalError', 'NotFound'],
    ['a code that nobody knows is no answer', 'SomethingNew', 'Ok'],
    ['found in one reply and not in another is found', 'Ok', 'NotFound'],
  ])('%s', (_claim, worse, better) => {
    const [one, other] = [{ nodes: [node('cucm1', worse)] }, { nodes: [node('cucm1', better)] }];
    expect(mergeNodes([one, other])).toEqual([node('cucm1', worse)]);
    expect(mergeNodes([other, one])).toEqual([node('cucm1', worse)]);
  });

  test('each node stands there once, and none is lost', () => {
    const parts = [
      { nodes: [node('cucm1', 'Ok'), node('cucm2', 'Ok')] },
      { nodes: [node('cucm2', 'Ok'), node('cucm3', 'Ok')] },
    ];
    expect(mergeNodes(parts).map(({ name }) => name)).toEqual(['cucm1', 'cucm2', 'cucm3']);
  });
});
