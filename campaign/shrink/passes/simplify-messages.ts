import { isDeepStrictEqual } from 'node:util';
import type { ListedSend, Scenario } from '../../../scenarios/index.js';
import { ddmin } from '../ddmin.js';
import { mapSends } from '../parts.js';
import { type Attempt, type Pass, tryEach } from '../pass.js';
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

/** A simplification is given up when so many attempts after one another failed: of many messages nobody reads each. */
const PATIENCE = 16;

export const simplifyMessages: Pass = {
  name: 'simplify messages',
  run: async (scenario, attempt) => {
    let smallest = scenario;
    for (const simplify of SIMPLER) smallest = await simplified(smallest, simplify, attempt);
    return tryEach(smallest, placesOf(smallest).slice(0, PATIENCE), attempt, (now, place) => roundedHandling(now, new Set([place])));
  },
};

/** Leaves as they are as few messages as can be; the others become simpler. */
async function simplified(scenario: Scenario, simplify: Simplify, attempt: Attempt): Promise<Scenario> {
  const except = (kept: readonly Place[]): Scenario => {
    const asTheyAre = new Set(kept);
    return mapSends(scenario, (send, producer, index) => (asTheyAre.has(placeOf(producer, index)) ? send : simplify(send)));
  };
  const complex = scenario.producers.flatMap(({ name, sends }) =>
    [...(sends ?? []).entries()].flatMap(([index, send]) => (isDeepStrictEqual(simplify(send), send) ? [] : [placeOf(name, index)])));
  if (complex.length === 0) return scenario;
  const kept = await ddmin(complex, (fewer) => attempt(except(fewer)), PATIENCE);
  return kept.length === complex.length ? scenario : except(kept);
}

/** A listed send, by its producer and its place in the list. */
type Place = string;
const placeOf = (producer: string, index: number): Place => `${producer} ${index}`;
const placesOf = ({ producers }: Scenario): Place[] => producers.flatMap(({ name, sends }) => [...(sends ?? []).keys()].map((index) => placeOf(name, index)));

const changedBy = (before: Scenario, after: Scenario): Scenario | null => (JSON.stringify(before.producers) === JSON.stringify(after.producers) ? null : after);

/** Rounder handling times; longer ones are as good, and nobody needs their last digits. */
function roundedHandling(scenario: Scenario, places: ReadonlySet<Place>): Scenario | null {
  return changedBy(scenario, mapSends(scenario, (send, producer, index) => {
    if (!places.has(placeOf(producer, index)) || send.takesMicros === null) return send;
    return { ...send, takesMicros: send.takesMicros.map((micros) => shorterTimes(micros, 0).at(-2) ?? micros) };
  }));
}
