/** How far an incident has come, where it matters which changes of its card are made. Pure. */
import type { Manner } from '../chat.ts';
import type { Announcement, IncidentCard } from '../watch/incident.ts';

type Stage = Pick<Manner, 'stage' | 'toldBeside'>;

/**
 * The stage that a card shows: opened, half back, acknowledged, over. Everything but half back is told by a message in its thread as well.
 * Other announcements have none: they are never changed.
 */
export function stageOf(announcement: Announcement): Stage {
  return announcement.type === 'card' ? cardStage(announcement.card) : {};
}

function cardStage({ incident, counts }: IncidentCard): Stage {
  if (incident.closedAt !== null) return { stage: 'closed', toldBeside: true };
  const up = counts.back + counts.moved;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const isHalfBack = up > 0 && up * 2 >= all;
  // Whoever acknowledges sees it at once, whatever else has changed.
  const owner = incident.ack === null ? '' : `acknowledged by ${incident.ack.by}`;
  if (isHalfBack) return { stage: `half back ${owner}`.trim() };
  return owner === '' ? { stage: 'opened' } : { stage: owner, toldBeside: true };
}
