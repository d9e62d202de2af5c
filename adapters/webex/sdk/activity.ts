/** What an activity of the websocket tells of: a new message, a press on a card, or nothing that anybody here asks for. Pure. */
import type { Notice } from '../intake.ts';
import { readId } from './protocol.ts';

/** What `event:conversation.activity` comes with, as far as it is looked at. */
export interface Told {
  readonly notice: Notice;
  /** Uuid of whoever did it. */
  readonly actor: string;
}

/** The region that the first ids were made in, and that all ids of people name. */
const OLD_REGION = 'us';
const OLD_CLUSTERS = ['urn:TEAM:us-east-2_a', 'urn:TEAM:us-east-1_int13'];

/** `clusterOf` names the cluster that an address of a space belongs to; undefined when nobody knows. */
export function readActivity(envelope: unknown, clusterOf: (url: string) => string | undefined): Told | null {
  const activity = at(at(envelope, 'data'), 'activity');
  const resource = resourceOf(activity);
  const uuid = at(activity, 'id');
  if (resource === null || typeof uuid !== 'string' || !/^[\w-]{1,100}$/.test(uuid)) return null;
  const url = at(at(activity, 'target'), 'url');
  const kind = resource === 'messages' ? 'MESSAGE' : 'ATTACHMENT_ACTION';
  const region = regionOf(typeof url === 'string' ? clusterOf(url) : undefined);
  const id = readId(Buffer.from(`ciscospark://${region}/${kind}/${uuid}`).toString('base64url'));
  return id === undefined
    ? null
    : { notice: { resource, id }, actor: String(at(at(activity, 'actor'), 'entryUUID')) };
}

/** The uuid in an id of the REST API; the id itself, when it is none. */
export function uuidIn(id: string): string {
  return Buffer.from(id, 'base64').toString().split('/').at(-1) ?? id;
}

function resourceOf(activity: unknown): Notice['resource'] | null {
  const verb = at(activity, 'verb');
  if (verb === 'cardAction') return 'attachmentActions';
  if (verb !== 'post' && verb !== 'share') return null;
  // An edit is a post as well, with an id that is no message's.
  return at(at(activity, 'parent'), 'type') === 'edit' ? null : 'messages';
}

/** As ids name it: three parts of the cluster's name, but `us` for the oldest. */
function regionOf(cluster: string | undefined): string {
  if (cluster === undefined || OLD_CLUSTERS.some((old) => cluster.startsWith(old))) return OLD_REGION;
  const [scheme, team, region] = cluster.split(':');
  return region === undefined ? OLD_REGION : `${scheme}:${team}:${region}`;
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
