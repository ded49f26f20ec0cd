import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConsumerLine } from '../../../../engine/broker/channel/consumer-line.js';

const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const) }),
  fc.record({ do: fc.constant('turn' as const) }),
  fc.record({ do: fc.constant('remove' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('takeOut' as const), rest: fc.nat(2) }),
);

describe('line of consumers', () => {
  it('goes as a list whose first goes to its end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const line = new ConsumerLine<number>();
        let list: number[] = [];
        let last = 0;
        for (const one of steps) {
          if (one.do === 'add') {
            last += 1;
            line.add(last);
            list.push(last);
          } else if (one.do === 'turn' && list.length > 0) {
            line.turn();
            list.push(list.shift()!);
          } else if (one.do === 'remove') {
            line.remove(one.which);
            list = list.filter((consumer) => consumer !== one.which);
          } else if (one.do === 'takeOut') {
            const goes = (consumer: number): boolean => consumer % 3 === one.rest;
            expect(line.takeOut(goes)).toEqual(list.filter(goes));
            list = list.filter((consumer) => !goes(consumer));
          }
          expect(line.size).toBe(list.length);
          if (list.length > 0) expect(line.first).toBe(list[0]);
        }
      }),
    );
  });
});
