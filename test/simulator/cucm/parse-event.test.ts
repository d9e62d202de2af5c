import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCluster } from '../../../simulator/cucm/cluster.ts';
import { applyEvent } from '../../../simulator/cucm/events/apply-event.ts';
import { EVENT_HELP, parseEvent } from '../../../simulator/cucm/events/parse-event.ts';

describe('words', () => {
  test.each([
    ['unplug SEP1, LON 10.4.2.0/24', { type: 'unplug', targets: ['SEP1', 'LON', '10.4.2.0/24'] }],
    ['  UNPLUG   sep1 ', { type: 'unplug', targets: ['sep1'] }],
    ['low battery SEP1', { type: 'low-battery', targets: ['SEP1'] }],
    ['node down cucm2', { type: 'node-down', node: 'cucm2' }],
    ['node not-responding cucm2', { type: 'node-silent', node: 'cucm2' }],
    ['ris restart', { type: 'ris-restart', node: null }],
    ['wan restore', { type: 'wan-restore', network: null }],
    ['em login SEP1 user7', { type: 'login', device: 'SEP1', user: 'user7' }],
    [
      'upgrade 8845 8851 load.1',
      { type: 'upgrade', targets: ['8845', '8851'], load: 'load.1', fails: false },
    ],
    ['upgrade 8845 load.1 fail', { type: 'upgrade', targets: ['8845'], load: 'load.1', fails: true }],
    ['upgrade 8845 fail', { type: 'upgrade', targets: ['8845'], load: 'fail', fails: false }],
    ['throttle', { type: 'throttle', requests: null }],
    ['throttle 3', { type: 'throttle', requests: 3 }],
    ['slow 250', { type: 'slow', ms: 250 }],
    ['misbehave cut 2', { type: 'misbehave', kind: 'cut', times: 2 }],
    ['misbehave off', { type: 'misbehave', kind: null, times: null }],
  ])('%s', (text, event) => {
    expect(parseEvent(text)).toEqual({ event });
  });

  test.each([
    ['', 'say what happens'],
    ['explode', 'is no event'],
    ['unplug', 'usage: unplug <device …>'],
    ['node down', 'usage: node down <node>'],
    ['em login SEP1', 'usage: em login'],
    ['upgrade load', 'usage: upgrade'],
    ['slow fast', 'usage: slow'],
    ['misbehave badly', 'usage: misbehave'],
    ['auth fail now', 'usage: auth fail'],
    [`unplug ${'x '.repeat(2000)}`, 'at most'],
  ])('%s: no', (text, problem) => {
    expect(parseEvent(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test('any text is an event or a problem', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const parsed = parseEvent(text);
        expect('event' in parsed || parsed.problem !== '').toBe(true);
      }),
    );
  });

  test('the page in docs tells every word', async () => {
    const page = await readFile(new URL('../../../docs/simulated-cucm.md', import.meta.url), 'utf8');
    const missing = EVENT_HELP.filter(({ usage }) => !page.includes(`\`${usage}\``));
    expect(missing).toEqual([]);
  });
});

describe('whom a word means', () => {
  const said = (text: string) => {
    const parsed = parseEvent(text);
    if ('problem' in parsed) throw new Error(parsed.problem);
    return applyEvent(createCluster({ now: 0 }), parsed.event, 0);
  };
  test.each([
    ['unplug sep001122334455', /^1 device /],
    ['unplug SEP00562B0000A*', /^9 devices /],
    ['unplug 1001', /^1 device /],
    ['unplug 10.12.2.20', /^1 device /],
    ['unplug LON', /^\d\d devices /],
    ['unplug 8845', /^\d\d devices /],
    ['unplug 10.4.2.0/24', /^\d\d devices /],
    ['unplug nobody', /^0 devices /],
    ['node down cucm9', /^no node cucm9/],
    ['em login LON user', /not one device/],
    ['wan cut 192.0.2.0/24', /nothing is in/],
    ['cti restart nothing', /no CTI application/],
  ])('%s', (text, answer) => {
    expect(said(text)).toMatch(answer);
  });
});
