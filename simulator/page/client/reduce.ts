/** What the page knows after it was told something. Pure. */
import type {
  ClockState,
  ClusterChange,
  ClusterState,
  MessageSeen,
  SlackChange,
  SlackState,
  Told,
  WebexChange,
  WebexState,
} from '../wire.ts';

export interface Known {
  readonly clock: ClockState | null;
  readonly slack: SlackState | null;
  readonly webex: WebexState | null;
  readonly cluster: ClusterState | null;
}

export const NOTHING_KNOWN: Known = { clock: null, slack: null, webex: null, cluster: null };

export function reduce(known: Known, { pane, state, changes = [] }: Told): Known {
  switch (pane) {
    case 'clock':
      return { ...known, clock: (changes.at(-1) ?? state) as ClockState };
    case 'slack':
      return { ...known, slack: slackAfter((state ?? known.slack) as SlackState, changes as SlackChange[]) };
    case 'cluster':
      return {
        ...known,
        cluster: clusterAfter((state ?? known.cluster) as ClusterState, changes as ClusterChange[]),
      };
    case 'tour':
      return known;
    case 'webex':
      return { ...known, webex: webexAfter((state ?? known.webex) as WebexState, changes as WebexChange[]) };
  }
}

function slackAfter(state: SlackState, changes: readonly SlackChange[]): SlackState {
  return changes.reduce(afterSlackChange, state);
}

function afterSlackChange(now: SlackState, change: SlackChange): SlackState {
  switch (change.type) {
    case 'message':
      return { ...now, messages: put(now.messages, change.message) };
    case 'gone':
      return { ...now, messages: now.messages.filter((one) => !isMessage(one, change)) };
    case 'own':
      return { ...now, own: { ...now.own, [change.person]: change.own } };
  }
}

function put(messages: readonly MessageSeen[], message: MessageSeen): readonly MessageSeen[] {
  const place = messages.findIndex((one) => isMessage(one, message));
  return place < 0 ? [...messages, message] : messages.with(place, message);
}

function isMessage(
  one: MessageSeen,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): boolean {
  return one.ts === ts && one.channel === channel;
}

function webexAfter(state: WebexState, changes: readonly WebexChange[]): WebexState {
  return changes.reduce(afterWebexChange, state);
}

function afterWebexChange(now: WebexState, change: WebexChange): WebexState {
  switch (change.type) {
    case 'message': {
      const place = now.messages.findIndex(({ id }) => id === change.message.id);
      const messages =
        place < 0 ? [...now.messages, change.message] : now.messages.with(place, change.message);
      return { ...now, messages };
    }
    case 'gone':
      return { ...now, messages: now.messages.filter(({ id }) => id !== change.id) };
    case 'connected':
      return { ...now, isConnected: change.isConnected };
  }
}

function clusterAfter(state: ClusterState, changes: readonly ClusterChange[]): ClusterState {
  return changes.reduce(afterClusterChange, state);
}

function afterClusterChange(now: ClusterState, change: ClusterChange): ClusterState {
  switch (change.type) {
    case 'standings':
      return { ...now, standings: standingsAfter(now.standings, change.pairs) };
    case 'rest':
      return { ...now, nodes: change.nodes, apps: change.apps, cuts: change.cuts };
    case 'meter':
      return { ...now, meter: change.meter };
  }
}

function standingsAfter(standings: readonly number[], pairs: readonly number[]): readonly number[] {
  const next = standings.slice();
  for (let at = 0; at < pairs.length; at += 2) next[pairs[at] ?? 0] = pairs[at + 1] ?? 0;
  return next;
}
