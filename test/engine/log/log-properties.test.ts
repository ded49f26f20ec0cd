import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlushPolicy } from '../../../engine/log/index.js';
import { type Damage, type DiskTrouble, LogLab } from './log-lab.js';

type Step =
  | { readonly do: 'append'; readonly sizes: readonly number[] }
  | { readonly do: 'checkpoint' | 'heal' | 'kill' | 'lose power' | 'settle' }
  | { readonly do: 'pass'; readonly micros: number }
  | { readonly do: 'step'; readonly events: number }
  | { readonly do: 'trouble'; readonly kind: DiskTrouble; readonly count: number }
  | { readonly do: 'damage'; readonly kind: Damage };

const of = (...names: readonly ('checkpoint' | 'heal' | 'kill' | 'lose power' | 'settle')[]) => fc.constantFrom(...names).map((name): Step => ({ do: name }));
const appends = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 8 }).map((sizes): Step => ({ do: 'append', sizes }));
const time = fc.oneof(
  fc.nat(400).map((micros): Step => ({ do: 'pass', micros })),
  fc.integer({ min: 1, max: 12 }).map((events): Step => ({ do: 'step', events })),
);
const trouble = fc.record({
  do: fc.constant('trouble' as const),
  kind: fc.constantFrom<DiskTrouble>('write-error', 'sync-error', 'read-error', 'fsync-failure', 'full'),
  count: fc.integer({ min: 1, max: 3 }),
});
const damage = fc.constantFrom<Damage>('bit-rot', 'misdirected-write').map((kind): Step => ({ do: 'damage', kind }));

const ordinary = [
  { arbitrary: appends, weight: 8 }, { arbitrary: time, weight: 8 },
  { arbitrary: of('settle', 'checkpoint', 'kill', 'lose power'), weight: 4 },
];
const faulty = [...ordinary, { arbitrary: trouble, weight: 1 }, { arbitrary: of('heal'), weight: 1 }];

const policies: readonly FlushPolicy[] = [{ kind: 'always' }, { kind: 'interval', intervalMicros: 300 }, { kind: 'never' }];

function run(lab: LogLab, steps: readonly Step[]): void {
  for (const step of steps) {
    switch (step.do) {
      case 'append': lab.append(step.sizes); break;
      case 'pass': lab.pass(step.micros); break;
      case 'step': lab.step(step.events); break;
      case 'trouble': lab.trouble(step.kind, step.count); break;
      case 'damage': lab.damage(step.kind); break;
      case 'settle': lab.settle(); break;
      case 'checkpoint': lab.checkpoint(); break;
      case 'heal': lab.heal(); break;
      case 'kill': lab.kill(); break;
      case 'lose power': lab.losePower(); break;
    }
  }
}

/** The log works: what is appended now is there after a loss of power, once it is durable. */
function expectToWork(lab: LogLab): void {
  lab.reopen(true);
  lab.append([10, 20, 30]);
  lab.settle();
  expect(lab.log!.failure).toBeNull();
  expect(lab.log!.durablePosition).toBe(lab.texts.length);
  lab.log!.close((error) => expect(error).toBeNull());
  lab.settle();
  const held = lab.texts.length;
  lab.reopen(true);
  expect(lab.texts).toHaveLength(held);
}

describe.each(policies)('under $kind, after any appends, faults, crashes and losses of power at any moment', (flush) => {
  it('the log holds what had to survive, in order, and nothing that was never appended', () => {
    fc.assert(fc.property(fc.array(fc.oneof(...faulty), { size: '+1', maxLength: 60 }), fc.nat(), (steps, seed) => {
      const lab = new LogLab(flush, `${seed}`);
      run(lab, steps);
      expectToWork(lab);
    }), { numRuns: 150 });
  });

  it('damaged records are missing and reported, never wrong', () => {
    const steps = fc.array(fc.oneof(...ordinary, { arbitrary: damage, weight: 2 }), { size: '+1', maxLength: 60 });
    fc.assert(fc.property(steps, fc.nat(), (all, seed) => {
      const lab = new LogLab(flush, `${seed}`, true);
      run(lab, all);
      expectToWork(lab);
    }), { numRuns: 150 });
  });
});
