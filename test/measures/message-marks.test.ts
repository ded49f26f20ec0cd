import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Mark, MessageMarks } from '../../measures/message-marks.js';

it('MessageMarks remembers each mark of each message for good, and no other', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 9000 }), fc.constantFrom(Mark.delivered, Mark.effected, Mark.acknowledged)), { maxLength: 500 }), (sets) => {
      const marks = new MessageMarks();
      const model = new Set<string>();
      for (const [message, mark] of sets) {
        const name = `${message}/${mark}`;
        expect(marks.set(message, mark)).toBe(model.has(name));
        model.add(name);
      }
    }),
    { numRuns: 100 },
  );
});
