import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MessageBuffer } from '../../../engine/client/message-buffer.js';
import type { OutgoingMessage } from '../../../engine/client/options.js';

const message = (trace: number, queue: string): OutgoingMessage => ({ trace, queue, body: new Uint8Array(0), delayMicros: null, intendedMicros: 0 });

/** Above 0: push so many; otherwise take a batch of at most so many. */
const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: -12, max: -1 })), { maxLength: 60 });

it('gives back what it took, in order, in batches for one queue', () => {
  fc.assert(fc.property(steps, fc.infiniteStream(fc.constantFrom('a', 'a', 'a', 'b')), (todo, queues) => {
    const buffer = new MessageBuffer();
    const model: OutgoingMessage[] = [];
    let trace = 0;
    for (const step of todo) {
      for (let count = 0; count < step; count += 1) {
        const next = message((trace += 1), queues.next().value);
        buffer.push(next);
        model.push(next);
      }
      if (step < 0 && model.length > 0) {
        const other = model.findIndex(({ queue }) => queue !== model[0]!.queue);
        expect(buffer.shiftBatch(-step)).toEqual(model.splice(0, Math.min(-step, other === -1 ? model.length : other)));
      }
      expect(buffer.size).toBe(model.length);
    }
  }));
});
