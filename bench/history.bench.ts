import { createHash } from 'node:crypto';
import { build } from 'hdr-histogram-js';
import { Bench } from 'tinybench';
import { CHUNK_ROWS, EventChunk, Fingerprint, type KeepPolicy, Recorder } from '../history/index.js';
import { HIGHEST_MICROS, LatencyHistogram, Measures } from '../measures/index.js';
import { MessageLife } from './message-life.js';
import type { BenchRow } from './row.js';

const MESSAGES = 50_000;
const VALUES = 100_000;

export const name = 'History: recorder, fingerprint and measures';

/** The cost of taking a history down, of its fingerprint and of the measures, each with a peer where there is one. */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const bench = new Bench({ time: quick ? 200 : 2000, warmupTime: quick ? 100 : 500 });
  const events = MESSAGES * MessageLife.events;
  const chunk = filledChunk();
  const bytes = new Uint8Array(CHUNK_ROWS * 56);
  const durations = sampleDurations();
  /** What a task works through in one go. */
  const units: Record<string, number> = {};
  const add = (task: string, unitsOfTask: number, work: () => void): void => {
    bench.add(task, work);
    units[task] = unitsOfTask;
  };
  add('emit', events, () => live({ keep: 'off', inFlight: 100, isMeasured: false }));
  add('emit and keep', events, () => live({ keep: 'all', inFlight: 100, isMeasured: false }));
  add('fingerprint', CHUNK_ROWS, () => {
    new Fingerprint().foldRows(chunk, 0, CHUNK_ROWS);
  });
  add('sha256', CHUNK_ROWS, () => {
    createHash('sha256').update(bytes).digest();
  });
  add('life', MESSAGES, () => live({ keep: 'off', inFlight: 10_000, isMeasured: false }));
  add('measured life', MESSAGES, () => live({ keep: 'off', inFlight: 10_000, isMeasured: true }));
  add('histogram', VALUES, () => record(new LatencyHistogram(), durations));
  add('hdr', VALUES, () => record(hdr(), durations));
  await bench.run();
  const nanos = (task: string): number => (medianMillis(bench, task) * 1e6) / units[task]!;
  return [
    { name: 'emit, fingerprint and dispatch, nothing kept', value: nanos('emit'), unit: 'ns/event', goal: 25 },
    { name: 'the same, everything kept', value: nanos('emit and keep'), unit: 'ns/event' },
    {
      name: 'fingerprint alone', value: nanos('fingerprint'), unit: 'ns/event', goal: 15,
      peer: { name: 'SHA-256 of as many bytes, node:crypto', value: nanos('sha256') },
    },
    {
      name: `measures, ${MessageLife.events} events a message, 10 000 in flight`, value: nanos('measured life') - nanos('life'), unit: 'ns/message', goal: 500,
    },
    { name: 'one duration into a histogram', value: nanos('histogram'), unit: 'ns/value', peer: { name: 'hdr-histogram-js', value: nanos('hdr') } },
  ];
}

function live({ keep, inFlight, isMeasured }: { readonly keep: KeepPolicy; readonly inFlight: number; readonly isMeasured: boolean }): void {
  const life = new MessageLife();
  const recorder = new Recorder({ time: life.time, keep });
  if (isMeasured) recorder.subscribe(new Measures({ names: recorder.names }));
  life.emit(recorder, MESSAGES, inFlight);
  recorder.flush();
}

function medianMillis(bench: Bench, name: string): number {
  const result = bench.getTask(name)?.result;
  if (result === undefined || !('latency' in result)) throw new Error(`The benchmark "${name}" did not finish.`);
  return result.latency.p50 ?? Number.NaN;
}

function filledChunk(): EventChunk {
  const chunk = new EventChunk();
  for (let row = 0; row < CHUNK_ROWS; row++) {
    chunk.time[row] = row * 3;
    chunk.kind[row] = row % 60;
    chunk.actor[row] = row & 7;
    chunk.message[row] = row;
    chunk.copy[row] = row;
    chunk.a[row] = row * 1_048_576 + 1;
  }
  chunk.length = CHUNK_ROWS;
  return chunk;
}

/** Between a microsecond and minutes, most of them around ten milliseconds. */
function sampleDurations(): Float64Array {
  const durations = new Float64Array(VALUES);
  let state = 1;
  for (let i = 0; i < VALUES; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    durations[i] = (state >>> 8) % (i % 16 === 0 ? 100_000_000 : 20_000);
  }
  return durations;
}

function record(histogram: { record(micros: number): void }, durations: Float64Array): void {
  for (let i = 0; i < durations.length; i++) histogram.record(durations[i]!);
}

function hdr(): { record(micros: number): void } {
  const histogram = build({ highestTrackableValue: HIGHEST_MICROS, numberOfSignificantValueDigits: 3, bitBucketSize: 32 });
  return { record: (micros) => histogram.recordValue(micros) };
}
