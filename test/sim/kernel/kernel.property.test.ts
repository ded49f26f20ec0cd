import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../../sim/kernel/index.js';
import { ReferenceKernel } from './reference-kernel.js';

/** How far ahead: now, ties and neighbours, within a bucket, over one level of the wheel and over all of them. */
const delay = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 5_000 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 30_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(2 ** 11, 2 ** 22, 2 ** 22 - 1, 2 ** 32, 2 ** 33, 2 ** 44, 2 ** 50) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 ** 48 }) },
);
/** Names one of the ids given out so far. */
const reference = fc.nat(1_000_000);

type Operation =
  | { readonly do: 'schedule'; readonly delay: number; readonly children: readonly Operation[] }
  | { readonly do: 'bulk'; readonly count: number; readonly delay: number; readonly stride: number; readonly span: number }
  | { readonly do: 'cancel'; readonly reference: number }
  | { readonly do: 'cancelEvery'; readonly stride: number }
  | { readonly do: 'step' }
  | { readonly do: 'nextTime' }
  | { readonly do: 'runUntil'; readonly delay: number };

const cancel = fc.record({ do: fc.constant('cancel' as const), reference });
const leaf = fc.record({ do: fc.constant('schedule' as const), delay, children: fc.constant([]) });
const schedule = fc.record({
  do: fc.constant('schedule' as const),
  delay,
  children: fc.array(fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: cancel }), { maxLength: 3 }),
});
/** Hundreds of events, of one time or spread over a span, so that buckets overflow, cascade and are drained in parts. */
const bulk = fc.record({
  do: fc.constant('bulk' as const),
  count: fc.integer({ min: 20, max: 400 }),
  delay,
  stride: fc.integer({ min: 1, max: 1_000_003 }),
  span: fc.constantFrom(1, 2, 40, 3_000, 5_000_000, 2 ** 40),
});
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 8, arbitrary: schedule },
  { weight: 2, arbitrary: bulk },
  { weight: 4, arbitrary: cancel },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancelEvery' as const), stride: fc.integer({ min: 1, max: 7 }) }) },
  { weight: 8, arbitrary: fc.constant({ do: 'step' as const }) },
  { weight: 3, arbitrary: fc.constant({ do: 'nextTime' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('runUntil' as const), delay }) },
);

/** Runs a programme and writes down everything that can be seen. */
function transcript(kernel: Kernel | ReferenceKernel, programme: readonly Operation[]): string[] {
  const log: string[] = [];
  const ids: number[] = [];
  const fire = ({ label, children }: { label: number; children: readonly Operation[] }): void => {
    log.push(`${label} at ${kernel.now}`);
    children.forEach(perform);
  };
  const add = (time: number, children: readonly Operation[]): void => {
    if (time <= Number.MAX_SAFE_INTEGER) ids.push(kernel.schedule(time, fire, { label: ids.length, children }));
  };
  const perform = (operation: Operation): void => {
    switch (operation.do) {
      case 'schedule':
        return add(kernel.now + operation.delay, operation.children);
      case 'bulk':
        for (let n = 0; n < operation.count; n++) add(kernel.now + operation.delay + ((n * operation.stride) % operation.span), []);
        return;
      case 'cancel':
        if (ids.length > 0) log.push(`cancelled: ${kernel.cancel(ids[operation.reference % ids.length]!)}`);
        return;
      case 'cancelEvery':
        for (let n = 0; n < ids.length; n += operation.stride) log.push(`cancelled: ${kernel.cancel(ids[n]!)}`);
        return;
      case 'step':
        log.push(`stepped: ${kernel.step()}`);
        return;
      case 'nextTime':
        log.push(`next: ${kernel.nextTime()}`);
        return;
      case 'runUntil':
        return kernel.runUntil(Math.min(kernel.now + operation.delay, Number.MAX_SAFE_INTEGER));
    }
  };
  for (const operation of programme) {
    perform(operation);
    log.push(`now ${kernel.now}, ${kernel.pending} pending, ${kernel.executed} executed`);
  }
  kernel.run();
  log.push(`end ${kernel.now}, ${kernel.pending} pending, ${kernel.executed} executed`);
  return log;
}

describe('any programme of schedules, cancels and runs', () => {
  it('goes as in a plain list', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 100, size: 'max' }), (programme) => {
        expect(transcript(new Kernel(), programme)).toEqual(transcript(new ReferenceKernel(), programme));
      }),
      { numRuns: 400 },
    );
  }, 30_000);
});
