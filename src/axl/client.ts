/** Names, descriptions and directory numbers of a cluster's devices, from AXL. Reads only. */
import type { Clock } from '../clock.ts';
import { RisPortError } from '../risport/fault.ts';
import { basic } from '../risport/session.ts';
import type { TlsOptions } from '../risport/tls.ts';
import { createTransport, type TransportLimits } from '../risport/transport.ts';
import { refusalOf } from './axl-fault.ts';
import { type AxlRow, readRows } from './reply.ts';
import { type AxlRequest, listPhoneRequest, type Page, sqlRequest } from './request.ts';

export interface AxlOptions {
  /** `https://publisher:8443`; a path in it replaces `/axl/`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Of the AXL schema, `14.0`; a server speaks its own and two majors back. */
  readonly version: string;
  readonly tls?: TlsOptions;
  readonly limits?: Partial<TransportLimits>;
  readonly clock: Clock;
  /** Rows a page to begin with. Default 1 000. */
  readonly pageRows?: number;
}

/** A device as the cluster is configured, whether it ever registered or not. */
export interface KnownDevice {
  readonly name: string;
  readonly description: string;
  /** Directory numbers, none twice; always empty when SQL was refused. */
  readonly numbers: readonly string[];
}

export interface Axl {
  /**
   * Every device of the cluster, by name: phones and all else, templates too, for nothing in a name tells them apart. Rejects
   * with RisPortError, or with the reason of the signal.
   */
  names(signal?: AbortSignal): Promise<readonly KnownDevice[]>;
  close(): Promise<void>;
}

const PAGE_ROWS = 1_000;
/** A cluster has 40 000 phones at most; this is where an answer that never ends is given up. */
const MOST_ROWS = 1_000_000;
const BUSY_PAUSE_MS = 15_000;
const BUSY_PAUSES = 4;

interface Attempt {
  /** Rows asked for. */
  readonly first: number;
  /** How often AXL was waited for already. */
  readonly pauses: number;
}

type RequestPage = (version: string, page: Page) => AxlRequest;

/** A client of one publisher. Throws TypeError for a URL that must not be asked. */
export function createAxl(options: AxlOptions): Axl {
  const { clock, version, tls = {}, limits = {} } = options;
  const url = new URL(options.url);
  if (url.pathname === '/') url.pathname = '/axl/';
  const transport = createTransport({ url, tls, limits, clock });
  const authorization = basic(options);

  async function ask(
    request: AxlRequest,
    rowElement: string,
    signal?: AbortSignal,
  ): Promise<readonly AxlRow[]> {
    const headers = {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: request.soapAction,
      authorization,
    };
    const reply = await transport.post(headers, request.body, signal);
    return await readRows(reply, { rowElement, clock, signal });
  }

  /** All rows, page by page. */
  async function everyRow(
    requestPage: RequestPage,
    rowElement: string,
    signal?: AbortSignal,
  ): Promise<AxlRow[]> {
    const rows: AxlRow[] = [];
    let attempt: Attempt = { first: options.pageRows ?? PAGE_ROWS, pauses: 0 };
    while (rows.length < MOST_ROWS) {
      const { first } = attempt;
      const page = await ask(requestPage(version, { skip: rows.length, first }), rowElement, signal).catch(
        async (error: unknown) => {
          attempt = await nextAttempt(clock, error, attempt, signal);
          return null;
        },
      );
      if (page === null) continue;
      rows.push(...page);
      if (page.length < first) return rows;
    }
    throw new RisPortError('too-large', `AXL gave more than ${MOST_ROWS} rows`);
  }

  return {
    async names(signal) {
      try {
        return devicesOf(await everyRow(sqlRequest, 'row', signal));
      } catch (error) {
        if (!(error instanceof RisPortError) || refusalOf(error)?.type !== 'refused') throw error;
        // Not every AXL user may run SQL: names without numbers are better than none.
        return devicesOf(await everyRow(listPhoneRequest, 'phone', signal));
      }
    },
    close: () => transport.close(),
  };
}

/** A page refused for its size is asked again smaller; when AXL is busy it is waited for. Any other error stays one. */
async function nextAttempt(
  clock: Clock,
  error: unknown,
  { first, pauses }: Attempt,
  signal?: AbortSignal,
): Promise<Attempt> {
  const refusal = error instanceof RisPortError ? refusalOf(error) : null;
  if (refusal?.type === 'too-many-rows' && first > 1)
    return { first: smallerPage(first, refusal.rows), pauses };
  if (refusal?.type !== 'busy' || pauses >= BUSY_PAUSES) throw error;
  await clock.sleep(BUSY_PAUSE_MS, signal);
  return { first, pauses: pauses + 1 };
}

/** Below what AXL suggests, and never more than half of what it refused. */
function smallerPage(refused: number, suggested: number | null): number {
  const half = Math.floor(refused / 2);
  return Math.max(1, suggested === null ? half : Math.min(half, suggested - 1));
}

function devicesOf(rows: readonly AxlRow[]): KnownDevice[] {
  const devices = new Map<string, { description: string; numbers: Set<string> }>();
  for (const { name, description, number } of rows) {
    if (name === '') continue;
    const device = devices.get(name) ?? { description, numbers: new Set() };
    if (number !== '') device.numbers.add(number);
    devices.set(name, device);
  }
  return [...devices].map(([name, { description, numbers }]) => ({
    name,
    description,
    numbers: [...numbers],
  }));
}
