import type { ListedSend, ProducerSpec } from '../model.js';

/** What a producer's drawn workload says when its sends are listed: it agrees with the list and is not used. */
export type ListedWorkload = Pick<ProducerSpec, 'sends' | 'interval' | 'startMicros' | 'messages' | 'sizeBytes'>;

/** The workload of a producer that sends these, in the order of time; of sends at one time, in the order given. */
export function listedWorkload(sends: readonly ListedSend[]): ListedWorkload {
  const inOrder = [...sends].sort((one, other) => one.atMicros - other.atMicros);
  return {
    sends: inOrder,
    interval: { kind: 'constant', value: 0 },
    startMicros: inOrder[0]?.atMicros ?? 0,
    messages: inOrder.length,
    sizeBytes: { kind: 'constant', value: mostFrequent(inOrder.map(({ sizeBytes }) => sizeBytes)) },
  };
}

/** Of a producer that sends nothing, as the format has it. */
const DEFAULT_BYTES = 1024;

/** Of those that are equally frequent, the first. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = values[0] ?? DEFAULT_BYTES;
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return best;
}
