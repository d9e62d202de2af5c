/** The whole answer as a file. */
import { type Answer, answerData, noticeBlocks, readingBlocks, refresh, whereSeen } from './answer.ts';
import { csvFile, deviceRows } from './csv.ts';
import { counted } from './text.ts';
import type { View } from './view.ts';

export function exportView(answer: Answer): View {
  const rows = deviceRows(answer.found);
  const none = answer.found.length === 0;
  const where = `${answer.cluster}${whereSeen(answer.nodes)}`;
  const title = none
    ? `Nothing to export from ${where}`
    : `${answer.complete ? '' : 'At least '}${counted(answer.found.length, 'device')} of ${where} as CSV`;
  return {
    outcome: none ? 'nothing' : 'answered',
    title,
    blocks: [
      ...readingBlocks(answer.readAs),
      ...noticeBlocks(answer),
      ...(none ? [] : [csvFile(`${answer.cluster.replace(/[^\w.-]/g, '_')}.csv`, rows)]),
    ],
    actions: [refresh(answer.command)],
    data: answerData(answer),
    rows,
  };
}
