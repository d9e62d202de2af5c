/**
 * What it costs to understand a reply of 2 000 devices, against what the npm package `cisco-risport` spends on it, in one
 * run. CPU is process.cpuUsage: the threads of the garbage collector count, for both.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import vm from 'node:vm';
import { systemClock } from '../src/clock.ts';
import { createDecoder } from '../src/risport/decode.ts';
import { deviceReply } from './reply.ts';
import { type BenchRow, quantile } from './row.ts';

const ROWS = 2_000;
const ROUNDS = 9;
const CHANGED_EVERY = 100;
const START = 1_700_000_000;

/** Three rows of the table: CPU of a full decode, the longest hold of the event loop in it, CPU after 1 % has changed. */
export async function benchDecode(): Promise<BenchRow[]> {
  const peerParse = await ciscoRisport();
  const full: number[] = [];
  const again: number[] = [];
  const peer: number[] = [];
  const holds: number[] = [];
  // The first round warms up and is not counted.
  for (let round = 0; round <= ROUNDS; round++) {
    const before = reply((row) => START + round * 10_000 + row);
    const after = reply((row) => START + round * 10_000 + row + (row % CHANGED_EVERY === 0 ? 5_000 : 0));
    const decoder = createDecoder({ clock: systemClock });
    const first = await measured(() => decoder.decode(before));
    const second = await measured(() => decoder.decode(after));
    const theirs = await measured(() => peerParse(before.toString('utf8')));
    if (round === 0) continue;
    full.push(first.cpuMs);
    holds.push(first.holdMs);
    again.push(second.cpuMs);
    peer.push(theirs.cpuMs);
  }
  return table(quantile(full, 0.5), quantile(peer, 0.5), holds, quantile(again, 0.5));
}

function table(full: number, peer: number, holds: readonly number[], again: number): BenchRow[] {
  // A turn also lasts as long as other processes keep the machine: the median round is ours, the worst is theirs too.
  const hold = quantile(holds, 0.5);
  return [
    {
      what: `decode a changed reply of ${ROWS} devices: CPU`,
      ours: `${full.toFixed(0)} ms`,
      peer: `cisco-risport ${peer.toFixed(0)} ms`,
      bound: `<= 0.7 of it, is ${(full / peer).toFixed(2)}`,
      ok: full <= 0.7 * peer,
    },
    {
      what: 'decode a changed reply: longest hold of the event loop',
      ours: `${hold.toFixed(1)} ms (worst of ${ROUNDS} rounds ${Math.max(...holds).toFixed(1)} ms)`,
      peer: '-',
      bound: '<= 25 ms',
      ok: hold <= 25,
    },
    {
      what: 'decode it again with 1 % of the rows changed: CPU',
      ours: `${again.toFixed(0)} ms`,
      peer: `full decode ${full.toFixed(0)} ms`,
      bound: `<= 0.15 of it, is ${(again / full).toFixed(2)}`,
      ok: again <= 0.15 * full,
    },
  ];
}

function reply(timeStamp: (row: number) => number): Buffer {
  return Buffer.from(deviceReply(ROWS, (row) => ({ status: 'Registered', timeStamp: timeStamp(row) })));
}

async function measured(work: () => unknown): Promise<{ cpuMs: number; holdMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await systemClock.sleep(20);
  delay.reset();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  await systemClock.sleep(5);
  delay.disable();
  return { cpuMs: (user + system) / 1_000, holdMs: delay.max / 1e6 };
}

/**
 * What cisco-risport does with a reply's text, by its own functions: they are not exported, so the module is loaded with a
 * line more at its end that hands them over.
 */
async function ciscoRisport(): Promise<(xml: string) => Promise<unknown>> {
  const path = createRequire(import.meta.url).resolve('cisco-risport');
  const source = `${readFileSync(path, 'utf8')}\nmodule.exports = { parseXml, removeKeys, clean, enrichStatusReasons };`;
  const module = { exports: {} as Peer };
  const wrapper = vm.runInThisContext(`(function (require, module) {${source}\n})`, { filename: path });
  wrapper(createRequire(path), module);
  const { parseXml, removeKeys, clean, enrichStatusReasons } = module.exports;
  return async (xml) => {
    const output = await parseXml(xml);
    removeKeys(output, '$');
    const result = output.Body.selectCmDeviceResponse.selectCmDeviceReturn.SelectCmDeviceResult;
    return enrichStatusReasons(clean(result.CmNodes.item));
  };
}

interface Peer {
  parseXml(xml: string): Promise<PeerOutput>;
  removeKeys(output: PeerOutput, keys: string): void;
  clean(nodes: unknown): unknown;
  enrichStatusReasons(nodes: unknown): unknown;
}

interface PeerOutput {
  readonly Body: {
    readonly selectCmDeviceResponse: {
      readonly selectCmDeviceReturn: {
        readonly SelectCmDeviceResult: { readonly CmNodes: { readonly item: unknown } };
      };
    };
  };
}
