/** What a platform can offer before anybody has typed a question: suggestions, the form, a person's own page. */
import type { AccessRules } from '../access/access.ts';
import { roleOf } from '../access/access.ts';
import { isEnough, type Role } from '../access/role.ts';
import type { Recent } from '../audit.ts';
import type { Asker, Core, Form } from '../chat.ts';
import type { Clock } from '../clock.ts';
import type { Cluster, Context } from '../command/command.ts';
import { COMMANDS } from '../command/commands.ts';
import { inCluster } from '../command/respond.ts';
import { clusterStatus } from '../command/status.ts';
import { createSuggest } from '../command/suggest.ts';
import { failureView } from '../view/failure.ts';
import { homeView } from '../view/home.ts';
import { refusalView } from '../view/refusal.ts';
import { assumedCluster, clustersFor, readMessage } from './read.ts';

export interface OffersOptions {
  readonly clusters: readonly Cluster[];
  readonly clock: Clock;
  readonly version: string;
  readonly access: AccessRules | null;
  readonly desk: Context['desk'];
  readonly recent: Recent;
  readonly newId: () => string;
  readonly log?: { error(fields: Readonly<Record<string, unknown>>, message: string): void };
}

/** Everything of `Core` but the answers. */
export function createOffers(options: OffersOptions): Omit<Core, 'answer'> {
  const { clusters, clock, version, access, desk, recent, newId, log } = options;
  const suggest = createSuggest();
  const assumed = assumedCluster(clusters, access);
  const visible = (asker: Asker | null) => clustersFor({ clusters, access, asker });

  function formFor(asker: Asker): Form {
    const seen = visible(asker);
    const may = (needed: Role) => seen.some(({ name }) => has(access, asker, name, needed));
    const verbs = COMMANDS.filter(({ role = 'viewer' }) => may(role));
    return {
      clusters: seen.map(({ name }) => name),
      verbs: verbs.map(({ name, summary }) => ({ name, summary })),
    };
  }

  function homeOf(asker: Asker) {
    const read = readMessage('status', { clusters, access, asker, preset: null });
    if (read.type === 'refused') {
      return refusalView({ ...read, contact: access?.contact ?? null, id: newId() });
    }
    const now = clock.now();
    const status = visible(asker).map(clusterStatus);
    return homeView({
      clusters: status,
      questions: recent.of(asker).filter(({ command }) => !isOrder(command)),
      watches: ownWatches(asker),
      version,
      now,
    });
  }

  function ownWatches(asker: Asker) {
    const seen = new Set(visible(asker).map(({ name }) => name));
    const all = desk?.watches.list(null) ?? null;
    return all?.filter(({ watch }) => isMaker(watch, asker) && seen.has(watch.cluster)) ?? null;
  }

  return {
    formFor,
    suggest(typed, cluster, limit, asker) {
      const seen = visible(asker ?? null);
      const wanted = cluster === null ? seen : seen.filter(({ name }) => name === cluster);
      const sources = wanted.map((one) => ({
        name: one.name,
        names: one.names,
        // Whoever chose the cluster already need not be told it.
        suffix: cluster === null ? inCluster(one, { clusters, assumed }) : '',
      }));
      return suggest(typed, sources, limit, clock.now());
    },
    async home(asker) {
      try {
        return homeOf(asker);
      } catch (error) {
        const id = newId();
        log?.error({ id, code: 'unexpected', err: error }, 'a home page failed');
        return failureView({ code: 'unexpected', cluster: null, id, command: '' });
      }
    },
  };
}

/** What changes something is not offered again as a button: from another place it would mean another room. */
function isOrder(command: string): boolean {
  const [word = ''] = command.split(/\s/, 1);
  return COMMANDS.some(({ name, role }) => name === word && role === 'operator');
}

function isMaker(
  watch: { readonly maker: string; readonly room: { readonly platform: string } },
  asker: Asker,
) {
  return watch.maker === asker.person && watch.room.platform === asker.place.platform;
}

function has(access: AccessRules | null, asker: Asker, cluster: string, needed: Role): boolean {
  const role = roleOf(access, asker, cluster);
  return role !== null && isEnough(role, needed);
}
