/** What is counted of the watch: what changed, what was told and why, and what stands open. */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Desk } from '../watch/desk.ts';
import type { Delta } from '../watch/ports.ts';

export interface WatchMetrics {
  /** Everything of one observation, once it is in the database. */
  committed(delta: Delta): void;
  /** Watches, open incidents and what cannot be seen are read from these when somebody looks. Once. */
  watching(state: WatchState): void;
}

export interface WatchState {
  readonly desk: Pick<Desk, 'plan'>;
  /** By name. */
  readonly clusters: readonly string[];
  /** Clusters that cannot be asked now. */
  troubles(): readonly { readonly cluster: string }[];
  /** Rooms that take nothing any more. */
  lostRooms(): number;
}

export function createWatchMetrics(registry: Registry): WatchMetrics {
  const registers = [registry];
  const transitions = new Counter({
    name: 'risbot_watch_transitions_total',
    help: 'Changes of watched devices and CTI applications',
    labelNames: ['cluster', 'kind'],
    registers,
  });
  const incidents = new Counter({
    name: 'risbot_watch_incidents_total',
    help: 'Incidents opened, and why they were told',
    labelNames: ['cluster', 'kind', 'reason'],
    registers,
  });
  const announcements = new Counter({
    name: 'risbot_watch_announcements_total',
    help: 'Announcements committed: a card is counted each time it changes',
    labelNames: ['type'],
    registers,
  });
  return {
    committed(delta) {
      for (const { cluster, kind } of delta.transitions ?? []) transitions.inc({ cluster, kind });
      for (const { announcement, at } of delta.outgoing ?? []) {
        announcements.inc({ type: announcement.type });
        const incident = announcement.type === 'card' ? announcement.card.incident : null;
        // The first card of an incident; later ones have moments of their own.
        if (incident?.openedAt !== at) continue;
        incidents.inc({ cluster: incident.cluster, kind: incident.kind, reason: incident.why.reason });
      }
    },
    watching: (state) => watchState(registry, state),
  };
}

/** Gauges that are read when somebody looks. */
function watchState(registry: Registry, { desk, clusters, troubles, lostRooms }: WatchState): void {
  const registers = [registry];
  const each = (name: string, help: string, read: (cluster: string) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['cluster'],
      registers,
      collect() {
        for (const cluster of clusters) this.labels(cluster).set(read(cluster));
      },
    });
  each('risbot_watches', 'Watches', (name) => desk.plan(name).watches);
  each('risbot_watch_devices', 'Watched devices that are known', (name) => desk.plan(name).devices);
  each('risbot_watch_blind', '1 while the cluster cannot be asked', (name) =>
    Number(troubles().some(({ cluster }) => cluster === name)),
  );
  new Gauge({
    name: 'risbot_watch_rooms_lost',
    help: 'Rooms that take nothing any more',
    registers,
    collect() {
      this.set(lostRooms());
    },
  });
}
