/** Why a device is as it is, in plain words, and what to do. */
import type { Device } from '../device/device.ts';
import { STATUS_REASONS } from '../device/reasons.ts';
import { type Answer, answerData, type Found, noticeBlocks, readingBlocks, refresh } from './answer.ts';
import { headOf, olderBlocks, sinceWords } from './card.ts';
import { deviceRows } from './csv.ts';
import { deviceTable, PAGE_SIZE } from './devices.ts';
import { asSubject, statusSpan } from './text.ts';
import type { Block, Fact, Text, View } from './view.ts';

interface Explained {
  readonly cause: string;
  readonly nextStep: string;
  readonly recovers: boolean | null;
}

/** One device: what happened, whether it mends itself, and the next step. */
export function whyCard(answer: Answer, { device, older }: Found): View {
  const name = asSubject(device.name);
  return {
    outcome: 'answered',
    ...headOf(device, answer),
    blocks: [
      ...readingBlocks(answer.readAs.filter((how) => !how.startsWith('device name'))),
      ...noticeBlocks(answer),
      { type: 'facts', facts: facts(device, answer.now) },
      ...olderBlocks(older, answer.now),
    ],
    actions: [refresh(answer.command), { label: 'Details', command: `${name}${answer.inCluster}` }],
    data: answerData(answer),
    rows: deviceRows([{ device, older }]),
  };
}

function facts(device: Device, now: number): readonly Fact[] {
  const { cause, nextStep, recovers } = explain(device);
  const alone = recovers === null ? '' : recovers ? 'Yes, as a rule' : 'No';
  const rows: readonly Fact[] = [
    { label: 'State', value: [{ ...statusSpan(device.status), style: 'strong' }] },
    { label: 'Since', value: sinceWords(device, now) },
    { label: device.status === 'Registered' ? 'Last reason' : 'Reason', value: reasonName(device) },
    { label: 'Meaning', value: cause },
    { label: 'Comes back by itself', value: device.status === 'Registered' ? '' : alone },
    { label: 'Next step', value: device.status === 'Registered' ? '' : nextStep },
  ];
  return rows.filter((fact) => fact.value.length > 0);
}

function reasonName(device: Device): string {
  const code = device.statusReason ?? 0;
  if (code === 0) return '';
  const name = STATUS_REASONS.get(code)?.name;
  return name === undefined ? `code ${code}` : `${name} (${code})`;
}

function explain(device: Device): Explained {
  const code = device.statusReason ?? 0;
  const reason = STATUS_REASONS.get(code);
  if (code !== 0 && reason !== undefined) return reason;
  if (code !== 0) {
    const cause = `I do not know reason ${code}`;
    return { cause, nextStep: 'Look it up in the RisPort70 reference of your CUCM version', recovers: null };
  }
  if (device.status === 'Registered') {
    return { cause: 'It is registered: nothing to explain', nextStep: '', recovers: null };
  }
  // SIP trunks report 0 in any state.
  if (device.deviceClass === 'SIPTrunk') {
    const cause = 'SIP trunks give no reason, and without OPTIONS ping their state says little';
    return {
      cause,
      nextStep: 'Check whether calls pass; switch OPTIONS ping on to see the state',
      recovers: null,
    };
  }
  return {
    cause: 'CUCM gives no reason',
    nextStep: 'Check power and network, then look again',
    recovers: null,
  };
}

/** Several devices: the reason and next step of each on the page. */
export function whyTable(answer: Answer, missing: readonly string[]): View {
  const view = deviceTable(answer, { missing, fileName: 'why.csv' });
  return {
    ...view,
    blocks: view.blocks.map((block) => (block.type === 'table' ? reasons(block, answer) : block)),
    actions: view.actions.filter(({ label }) => label !== 'Why'),
  };
}

function reasons(table: Extract<Block, { type: 'table' }>, answer: Answer): Block {
  const start = ((table.page?.number ?? 1) - 1) * PAGE_SIZE;
  const shown = answer.found.slice(start, start + PAGE_SIZE);
  return {
    ...table,
    columns: [
      { label: 'Name' },
      { label: 'State' },
      { label: 'Node' },
      { label: 'Meaning' },
      { label: 'Next step' },
    ],
    rows: shown.map(({ device }): readonly Text[] => {
      const { cause, nextStep } = explain(device);
      return [
        device.name,
        [statusSpan(device.status)],
        device.node,
        cause,
        device.status === 'Registered' ? '' : nextStep,
      ];
    }),
  };
}
