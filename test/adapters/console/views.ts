/** Views that between them hold every kind of block, for golden files. */
import type { View } from '../../../src/view/view.ts';

const REFRESH = { label: 'Refresh', command: 'SEPE8B7480316D6 fresh:yes' };

export const VIEWS: Readonly<Record<string, View>> = {
  device: {
    outcome: 'answered',
    title: 'SEPE8B7480316D6 is Registered on cucm3',
    tone: 'good',
    blocks: [
      { type: 'notice', tone: 'warn', text: 'cucm2 did not answer: what it held is unknown, not down.' },
      {
        type: 'facts',
        facts: [
          {
            label: 'Status',
            value: [{ text: 'Registered', tone: 'good' }, { text: ' for 3 h, since 2026-03-12 14:02 UTC' }],
          },
          { label: 'Node', value: 'cucm3' },
          { label: 'Address', value: [{ text: '10.201.1.6', href: 'http://10.201.1.6/' }] },
          { label: 'Model', value: 'Cisco 8845' },
          { label: 'Lines', value: [{ text: '6961', style: 'strong' }, { text: ' Registered' }] },
          { label: 'Description', value: 'Reception desk, third floor, east wing, next to the big window' },
          { label: 'Load', value: 'sip8845_65.14-1-1-0001-125-with-a-name-that-is-longer-than-any-column' },
        ],
      },
    ],
    actions: [REFRESH, { label: 'Why', command: 'why SEPE8B7480316D6' }],
    data: {},
  },
  table: {
    outcome: 'answered',
    title: '1240 phones are not registered',
    tone: 'bad',
    blocks: [
      {
        type: 'table',
        columns: [
          { label: 'Name' },
          { label: 'Status' },
          { label: 'Node' },
          { label: 'Lines', align: 'right' },
          { label: 'Number' },
          { label: 'Description' },
          { label: 'Model' },
        ],
        rows: [
          [
            'SEP001122334455',
            [{ text: 'Not registered', tone: 'bad' }],
            'cucm1',
            '2',
            '6961',
            'Lobby',
            'Cisco 8845',
          ],
          [
            'SEP001122334456',
            [{ text: 'Rejected', tone: 'bad' }],
            'cucm2',
            '10',
            '',
            'Warehouse, loading bay 4, wall phone beside the gate',
            'Cisco 7841',
          ],
          [
            'CSFMUELLER',
            [{ text: 'Unknown', tone: 'muted' }],
            'cucm2',
            '',
            '7002',
            '東京オフィス 受付 👍🏽',
            'Cisco Unified Client Services Framework',
          ],
        ],
        page: { number: 2, size: 10, total: 1240, atLeast: true },
      },
      { type: 'file', name: 'phones.csv', mediaType: 'text/csv', content: 'x'.repeat(2000) },
    ],
    actions: ['Previous', 'Next', 'Refresh'].map((label) => ({ label, command: label.toLowerCase() })),
    data: {},
  },
  devices: {
    outcome: 'answered',
    title: '2 devices in prod',
    blocks: [
      {
        type: 'table',
        columns: [
          { label: 'Name' },
          { label: 'State' },
          { label: 'For', align: 'right' },
          { label: 'Node' },
          { label: 'Numbers', yields: 1, whole: true },
          { label: 'Description', yields: 2 },
          { label: 'Model', yields: 3 },
          { label: 'Address', yields: 4, whole: true },
        ],
        rows: [
          [
            'SEP001122334455',
            [{ text: 'Not registered', tone: 'bad' }],
            '35 days',
            'cucm1',
            '2000, 2001',
            'Warehouse, loading bay 4, wall phone',
            'Unified Client Services Framework',
            '10.201.101.22',
          ],
          [
            'S0/SU1/DS1-0@ber-gw1',
            [{ text: 'Registered', tone: 'good' }],
            '12 s',
            'cucm2',
            '',
            '東京オフィス 受付 👍🏽 東京オフィス 受付',
            'MGCP Trunk',
            [{ text: '10.1.1.2', href: 'http://10.1.1.2/' }, { text: ' +1' }],
          ],
        ],
        page: { number: 1, size: 10, total: 2, atLeast: false },
      },
    ],
    actions: ['Why', 'Soft clients', 'A label that is longer than most are', 'Refresh'].map((label) => ({
      label,
      command: 'x',
    })),
    data: {},
  },
  help: {
    outcome: 'misread',
    title: '"fnid" is no verb',
    tone: 'warn',
    blocks: [
      { type: 'text', text: [{ text: 'Did you mean ' }, { text: 'find', style: 'code' }, { text: '?' }] },
      {
        type: 'list',
        items: [
          'find status:unreg node:cucm2',
          'A text that does not fit into one line of a narrow terminal and therefore goes on in the next one',
        ],
      },
      { type: 'text', text: 'First paragraph.\n\nSecond paragraph, after a blank line.' },
    ],
    actions: [],
    data: {},
  },
  empty: {
    outcome: 'nothing',
    title: 'CUCM has no such device',
    blocks: [
      { type: 'facts', facts: [] },
      { type: 'list', items: [] },
      { type: 'text', text: '' },
      { type: 'table', columns: [{ label: 'Name' }], rows: [] },
    ],
    actions: [],
    data: {},
  },
};
