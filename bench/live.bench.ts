import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writevSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker, ProducerClient, sqs } from '../engine/index.js';
import { type EventSink, NameTable } from '../history/index.js';
import { createLiveHost, Transport, TurnQueue } from '../live/index.js';
import { median } from './median.js';
import type { BenchRow } from './row.js';

export const name = 'the engine on a real disk: 1 KiB messages, fdatasync before each acknowledgement';

const BODY_BYTES = 1024;
/** One for all, on both sides: what an application's own buffers cost is not measured, and none is changed after it was sent. */
const BODY = new Uint8Array(BODY_BYTES).fill(0x61);
const OUTSTANDING = [1, 64, 512];
const SHARE_GOAL = 0.6;
const RETRY = { timeoutMicros: 10_000_000, attempts: 1, backoffBaseMicros: 1000, backoffCapMicros: 1000, jitter: 'none' } as const;

export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const millis = quick ? 300 : 1000;
  const rounds = quick ? 3 : 7;
  const rows: BenchRow[] = [];
  for (const outstanding of OUTSTANDING) {
    const engine: number[] = [];
    const bare: number[] = [];
    const shares: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(bareLoop(outstanding, millis));
      engine.push(await engineLoop(outstanding, millis));
      shares.push(engine.at(-1)! / bare.at(-1)!);
    }
    rows.push(
      { name: `${outstanding} outstanding`, value: median(engine), unit: 'messages/s', peer: { name: 'bare write and sync', value: median(bare) } },
      { name: `${outstanding} outstanding: share of the bare loop, round by round`, value: median(shares), unit: '', goal: SHARE_GOAL },
    );
  }
  return rows;
}

/**
 * Group commit and nothing else: so many writers, each with one record of its own outstanding. What came in while the last sync ran
 * is written at once and synced, and each writer then submits its next record.
 */
function bareLoop(outstanding: number, millis: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'queuelab-bare-'));
  const file = openSync(join(folder, 'log'), 'w');
  let waiting: Uint8Array[] = [];
  const submit = (): void => {
    waiting.push(BODY);
  };
  const writers = Array.from({ length: outstanding }, () => submit);
  for (const writer of writers) writer();
  let offset = 0;
  const start = performance.now();
  let now = start;
  while (now - start < millis) {
    const batch = waiting;
    waiting = [];
    offset += writevSync(file, batch, offset);
    fdatasyncSync(file);
    for (const writer of writers) writer();
    now = performance.now();
  }
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
  return (offset / BODY_BYTES / (now - start)) * 1000;
}

/** A producer that keeps so many sends outstanding against a broker on the same live host. */
async function engineLoop(outstanding: number, millis: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'queuelab-live-'));
  const names = new NameTable();
  const sink: EventSink = { isDeaf: true, emit: () => undefined, name: (text) => names.id(text) };
  const turns = new TurnQueue();
  const transport = new Transport(turns);
  const nodes = ['broker', 'producer'].map((address) => createLiveHost({ address, directory: join(folder, address), transport, turns }));
  const [brokerHost, producerHost] = nodes as [(typeof nodes)[0], (typeof nodes)[0]];
  try {
    await new Promise<void>((resolve, reject) => {
      new Broker({
        host: brokerHost.host, sink, name: 'broker', onReady: resolve, onFatal: reject,
        config: { ...sqs.broker, queues: [{ name: 'orders', settings: {} }], flush: 'always', flushIntervalMicros: 1_000_000, segmentBytes: 64 * 1024 * 1024 },
      });
    });
    return await new Promise<number>((resolve) => {
      const start = performance.now();
      let done = 0;
      let trace = 0;
      const client: ProducerClient = new ProducerClient(
        {
          host: producerHost.host, sink, name: 'producer', address: 'broker', retry: RETRY, maxInFlight: outstanding, batchSize: 1,
          listener: {
            onSendOutcome: () => {
              done += 1;
              const elapsed = performance.now() - start;
              if (elapsed < millis) sendNext();
              else resolve((done / elapsed) * 1000);
            },
          },
        },
        ['orders'],
      );
      const sendNext = (): void => {
        trace += 1;
        client.send({ queue: 'orders', body: BODY, trace, delayMicros: null, intendedMicros: 0 });
      };
      for (let index = 0; index < outstanding; index += 1) sendNext();
    });
  } finally {
    for (const node of nodes) node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
