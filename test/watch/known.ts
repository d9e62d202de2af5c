/** Rows and what is known of them, for tests: a phone that is well unless said otherwise. */
import type { KnownRow } from '../../src/device/known.ts';
import type { Known } from '../../src/watch/known.ts';
import type { Watch } from '../../src/watch/watch.ts';

export function row(name: string, fields: Partial<KnownRow> = {}): KnownRow {
  return {
    node: 'cucm1',
    name,
    deviceClass: 'Phone',
    model: 684,
    description: '',
    dirNumber: '',
    linesStatus: [],
    ipAddress: [],
    loginUserId: '',
    protocol: 'SIP',
    status: 'Registered',
    statusReason: 0,
    timeStamp: 1_700_000_000,
    activeLoadId: '',
    downloadStatus: 'Unknown',
    ...fields,
  };
}

export function known(
  name: string,
  fields: Partial<Omit<Known, 'row'>> & { readonly row?: Partial<KnownRow> } = {},
): Known {
  const { row: rowFields, ...rest } = fields;
  return {
    cluster: 'prod',
    row: row(name, rowFields),
    condition: 'up',
    since: 0,
    baseline: true,
    gapMs: 0,
    move: null,
    changes: [],
    ...rest,
  };
}

export function watch(id: number, fields: Partial<Watch> = {}): Watch {
  return {
    id,
    cluster: 'prod',
    room: { platform: 'slack', room: '#noc' },
    maker: 'maria',
    text: 'all phones',
    graceMs: null,
    until: null,
    createdAt: 0,
    ...fields,
  };
}
