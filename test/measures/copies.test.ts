import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CopyState } from '../../history/index.js';
import { Cause } from '../../measures/duplicates.js';
import { GroupShares } from '../../measures/group-shares.js';
import { Copies } from '../../measures/copies.js';
import { LatencyHistogram } from '../../measures/latency-histogram.js';
import { Repeats } from '../../measures/repeats.js';
import { QueueGauges } from '../../measures/queue-gauges.js';
import { StepGrid } from '../../measures/step-grid.js';

const BROKER = 1;
const operations = ['put', 'putDelayed', 'lease', 'extend', 'release', 'move', 'remove', 'recover'] as const;
type Operation = (typeof operations)[number];

const step = fc.record({
  operation: fc.constantFrom(...operations),
  copy: fc.integer({ min: 1, max: 4 }),
  queue: fc.integer({ min: 1, max: 2 }),
  delay: fc.integer({ min: 1, max: 30 }),
  gap: fc.integer({ min: 0, max: 12 }),
});

interface ModelCopy {
  queue: number;
  state: CopyState;
  dueMicros: number;
}

/** The table of the copies' states, read off as plainly as it stands. */
class Model {
  readonly copies = new Map<number, ModelCopy>();

  mature(now: number): void {
    for (const copy of this.copies.values()) if (copy.state === CopyState.delayed && copy.dueMicros <= now) copy.state = CopyState.ready;
  }

  apply(operation: Operation, id: number, queue: number, dueMicros: number): void {
    const copy = this.copies.get(id);
    if (operation === 'put') this.copies.set(id, { queue, state: CopyState.ready, dueMicros: 0 });
    else if (operation === 'putDelayed') this.copies.set(id, { queue, state: CopyState.delayed, dueMicros });
    else if (operation === 'recover') this.copies.forEach((kept, kid) => kept.queue === queue && kid !== id && this.copies.delete(kid));
    else if (copy === undefined) return;
    else if (operation === 'lease' || operation === 'extend') copy.state = CopyState.leased;
    else if (operation === 'release') copy.state = copy.state === CopyState.leased ? CopyState.ready : copy.state;
    else if (operation === 'move') Object.assign(copy, { queue, state: CopyState.ready });
    else this.copies.delete(id);
  }

  level(queue: number, state: CopyState): number {
    return [...this.copies.values()].filter((copy) => copy.queue === queue && copy.state === state).length;
  }
}

it('Copies follows its table, whatever happens to whichever copy, and the gauges with it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const grid = new StepGrid();
      const gauges = new QueueGauges(grid);
      const copies = new Copies(gauges, { queueWait: new LatencyHistogram(), redeliveryDelay: new LatencyHistogram() }, new Repeats(), new GroupShares());
      const model = new Model();
      let now = 0;
      for (const { operation, copy, queue, delay, gap } of steps) {
        now += gap;
        while (copies.nextDueMicros <= now) copies.releaseDue();
        model.mature(now);
        const dueMicros = now + delay;
        if (operation === 'put') copies.put(BROKER, copy, copy, queue, CopyState.ready, now, false, now);
        else if (operation === 'putDelayed') copies.put(BROKER, copy, copy, queue, CopyState.delayed, dueMicros, false, now);
        else if (operation === 'lease') copies.lease(BROKER, copy, 1, 30, now);
        else if (operation === 'extend') copies.extend(BROKER, copy, now);
        else if (operation === 'release') copies.release(BROKER, copy, Cause.expired, now);
        else if (operation === 'move') copies.move(BROKER, copy, queue, now);
        else if (operation === 'remove') expect(copies.remove(BROKER, copy, now)).toBe(model.copies.has(copy));
        else recover(copies, model, queue, copy, now);
        model.apply(operation, copy, queue, dueMicros);
        expect(copies.size).toBe(model.copies.size);
        for (const name of [1, 2]) {
          for (const state of Object.values(CopyState)) {
            expect(gauges.value(gauges.queueOf(name), state), `queue ${name}, state ${state}`).toBe(model.level(name, state));
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});

/** Recovers one queue, in whose journal only one copy is found, as it was. */
function recover(copies: Copies, model: Model, queue: number, found: number, now: number): void {
  copies.beginRecovery(BROKER, queue);
  const kept = model.copies.get(found);
  if (kept?.queue === queue) copies.put(BROKER, found, found, queue, kept.state, kept.dueMicros, false, now);
  const expected = [...model.copies].filter(([id, copy]) => copy.queue === queue && id !== found).map(([id]) => id);
  const lost: number[] = [];
  copies.endRecovery(BROKER, queue, now, (message) => lost.push(message));
  expect(lost.sort()).toEqual(expected.sort());
}
