/** Subjects and filters → the fewest queries that cover them, and what is left to be filtered here. */
import type { Device, DeviceClass, DownloadStatus, Protocol, RegistrationStatus } from '../device/device.ts';
import { type DeviceQuery, deviceQuery } from '../device/query.ts';
import { filterTest, subjectTest, wordsTest } from './match.ts';
import type { Filter, Subject } from './parse.ts';
import { ALL, SELECTING, type Selection, selections } from './selection.ts';
import { forceSubject } from './subject.ts';

export interface Wanted {
  readonly subjects: readonly Subject[];
  readonly filters: readonly Filter[];
}

export interface Planned {
  readonly query: DeviceQuery;
  /** False when its rows still have to be compared with the subjects. */
  readonly exact: boolean;
  /**
   * True when the reply may lack a device's newest row: a phone that moved shows as unregistered on the node it left, and its
   * registered row is elsewhere.
   */
  readonly partial: boolean;
}

export interface Plan {
  readonly queries: readonly Planned[];
  /** Whether the newest row of a device is wanted. */
  keep(device: Device): boolean;
  /** Whether the device is one of the subjects; true when none were named. */
  named(device: Device): boolean;
  /** True when every device has to be looked at. */
  readonly walks: boolean;
  /** True when plain words may be part of more than the description. */
  readonly anywhere: boolean;
}

/** 15 requests a minute serve everybody: a list of values beyond that is filtered here instead. */
const MOST_QUERIES = 4;

/** What RisPort70 filters, in the order in which it saves most. */
const CRITERIA = ['status', 'class', 'model', 'node', 'protocol', 'download'] as const;
type Criterion = (typeof CRITERIA)[number];

/** Plans the queries for subjects (joined by "or") within filters (joined by "and"). Pure. */
export function plan(wanted: Wanted): Plan {
  const chosen = criteria(wanted.filters);
  const narrow = chosen.some(({ values }) => values.length > 0);
  // Words after `gateways` or `down` may be a node or part of a name: the reply is small enough to look at all of it.
  const local = narrow && wanted.subjects.some((subject) => subject.type === 'description');
  const selected = local ? [ALL] : select(wanted);
  const queries = selected.flatMap((selection) =>
    selection.fields.operation === 'selectCmDeviceExt'
      ? [planned(selection, {})]
      : product(chosen).map((fields) => planned(selection, fields)),
  );
  const subjects = wanted.subjects.map((subject) =>
    local && subject.type === 'description' ? wordsTest(subject.text) : subjectTest(subject),
  );
  const filters = wanted.filters.map(filterTest);
  return {
    queries,
    named: (device) => subjects.length === 0 || subjects.some((test) => test(device)),
    keep: (device) => filters.every((test) => test(device)),
    walks: !narrow && queries.some(({ query }) => query.items.includes('*')),
    anywhere: local,
  };
}

function select({ subjects, filters }: Wanted): readonly Selection[] {
  if (subjects.length > 0) return selections(subjects);
  for (const field of SELECTING) {
    const filter = filters.find((candidate) => candidate.field === field && !candidate.not);
    if (filter === undefined) continue;
    return selections(filter.values.flatMap((value) => forceSubject(field, value) ?? []));
  }
  const users = filters.some((filter) => filter.field === 'user' && !filter.not);
  const anyClass = !filters.some((filter) => filter.field === 'class');
  return [users && anyClass ? { ...ALL, fields: { ...ALL.fields, deviceClass: 'Phone' } } : ALL];
}

interface Chosen {
  readonly field: Criterion;
  readonly values: readonly string[];
}

/** The filters that RisPort70 is given, a query for each combination of values, as long as those stay few. */
function criteria(filters: readonly Filter[]): readonly Chosen[] {
  let queries = 1;
  return CRITERIA.flatMap((field) => {
    const own = filters.filter((filter) => filter.field === field);
    const filter = own.find((candidate) => !candidate.not && candidate.values.length > 0);
    const values = filter?.values ?? (field === 'status' ? otherThan(own[0]) : []);
    const askable = values.length > 0 && values.every((value) => !value.includes('*'));
    if (!askable || queries * values.length > MOST_QUERIES) return [];
    queries *= values.length;
    return [{ field, values }];
  });
}

/** `status:!registered` is a small question, everything else a large one. */
function otherThan(filter: Filter | undefined): readonly string[] {
  if (filter === undefined || !filter.values.includes('Registered')) return [];
  const all = ['UnRegistered', 'Rejected', 'PartiallyRegistered', 'Unknown'];
  return all.filter((status) => !filter.values.includes(status));
}

function product(chosen: readonly Chosen[]): readonly Partial<DeviceQuery>[] {
  return chosen.reduce<readonly Partial<DeviceQuery>[]>(
    (done, { field, values }) =>
      done.flatMap((fields) => values.map((value) => ({ ...fields, ...given(field, value) }))),
    [{}],
  );
}

/** Values of closed sets were checked when the text was read. */
function given(field: Criterion, value: string): Partial<DeviceQuery> {
  switch (field) {
    case 'status':
      return { status: value as RegistrationStatus };
    case 'class':
      return { deviceClass: value as DeviceClass };
    case 'model':
      return { model: Number(value) };
    case 'node':
      return { nodeName: value };
    case 'protocol':
      return { protocol: value as Protocol };
    case 'download':
      return { downloadStatus: value as DownloadStatus };
  }
}

function planned(selection: Selection, fields: Partial<DeviceQuery>): Planned {
  const query = deviceQuery({ ...selection.fields, ...fields });
  // A name, class and model stay with a device; all else may have been another in the row that it left on a node.
  const changing = query.selectBy !== 'Name' || query.protocol !== 'Any' || query.downloadStatus !== 'Any';
  const partial =
    query.operation === 'selectCmDevice' && (changing || query.status !== 'Any' || query.nodeName !== '');
  return { query, exact: selection.exact, partial };
}
