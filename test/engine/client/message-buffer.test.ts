import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
        expect(buffer.shiftBatch({ messages: -step, bytes: Infinity })).toEqual(model.splice(0, Math.min(-step, other === -1 ? model.length : other)));
      }
      expect(buffer.size).toBe(model.length);
    }
  }));
});

describe('a batch that is limited in bytes', () => {
  const filled = (...sizes: number[]): MessageBuffer => {
    const buffer = new MessageBuffer();
    sizes.forEach((size, index) => buffer.push({ ...message(index + 1, 'a'), body: new Uint8Array(size) }));
    return buffer;
  };
  const batches = (buffer: MessageBuffer): number[][] => {
    const all: number[][] = [];
    while (buffer.size > 0) all.push(buffer.shiftBatch({ messages: 4, bytes: 100 }).map(({ body }) => body.length));
    return all;
  };

  it('is cut before the message that would pass it; one that alone is larger goes alone', () => {
    expect(batches(filled(40, 60, 1, 99, 30, 101, 30, 500, 5))).toEqual([[40, 60], [1, 99], [30], [101], [30], [500], [5]]);
    expect(batches(filled(1, 2, 3, 4, 5))).toEqual([[1, 2, 3, 4], [5]]);
  });

  it('counts attributes, as the broker does', () => {
    const buffer = filled(90);
    const properties = { group: null, deduplicationId: null, attributes: { name: { dataType: 'String', value: 'x' } } };
    buffer.push({ ...message(2, 'a'), properties });
    expect(buffer.shiftBatch({ messages: 4, bytes: 100 })).toHaveLength(1);
  });

  it('is full when the next message has no place in it', () => {
    const limits = { messages: 4, bytes: 100 };
    expect(filled(40, 60).fillsBatch(limits)).toBe(false);
    expect(filled(40, 61).fillsBatch(limits)).toBe(true);
    expect(filled(1, 1, 1, 1).fillsBatch(limits)).toBe(true);
  });
});
