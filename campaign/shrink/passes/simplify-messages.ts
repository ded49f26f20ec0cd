import type { ListedSend, Scenario } from '../../../scenarios/index.js';
import { mapSends } from '../parts.js';
import { type Pass, tryEach } from '../pass.js';
import { shorterTimes } from '../round-time.js';

type Simplify = (send: ListedSend) => ListedSend;

const USUAL_BYTES = 1024;
const roundBytes = (bytes: number): number => (bytes >= USUAL_BYTES ? Math.floor(bytes / USUAL_BYTES) * USUAL_BYTES : Math.floor(bytes / 100) * 100 || bytes);

/** What is said of a message beside its time; the plainest first. */
const SIMPLER: readonly Simplify[] = [
  (send) => ({ ...send, sizeBytes: USUAL_BYTES, takesMicros: null, fails: null }),
  (send) => ({ ...send, takesMicros: null }),
  (send) => ({ ...send, fails: null }),
  (send) => ({ ...send, sizeBytes: USUAL_BYTES }),
  (send) => ({ ...send, sizeBytes: roundBytes(send.sizeBytes) }),
  (send) => ({ ...send, takesMicros: send.takesMicros === null ? null : [Math.max(...send.takesMicros)] }),
  (send) => ({ ...send, fails: send.fails === null ? null : 'always' }),
];

export const simplifyMessages: Pass = {
  name: 'simplify messages',
  run: async (scenario, attempt) => {
    const all = await tryEach(scenario, SIMPLER, attempt, (smallest, simplify) => changedBy(smallest, mapSends(smallest, simplify)));
    const each = all.producers.flatMap(({ name, sends }) => [...(sends ?? []).keys()].map((index) => ({ name, index })));
    const single = each.flatMap(({ name, index }) => SIMPLER.map((simplify) => ({ name, index, simplify })));
    const plain = await tryEach(all, single, attempt, (smallest, { name, index, simplify }) =>
      changedBy(smallest, mapSends(smallest, (send, producer, at) => (producer === name && at === index ? simplify(send) : send))));
    return tryEach(plain, each, attempt, roundedHandling);
  },
};

const changedBy = (before: Scenario, after: Scenario): Scenario | null => (JSON.stringify(before.producers) === JSON.stringify(after.producers) ? null : after);

/** Rounder handling times; longer ones are as good, and nobody needs their last digits. */
function roundedHandling(scenario: Scenario, { name, index }: { readonly name: string; readonly index: number }): Scenario | null {
  return changedBy(scenario, mapSends(scenario, (send, producer, at) => {
    if (producer !== name || at !== index || send.takesMicros === null) return send;
    return { ...send, takesMicros: send.takesMicros.map((micros) => shorterTimes(micros, 0).at(-2) ?? micros) };
  }));
}
