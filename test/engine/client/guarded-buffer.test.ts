import { describe, expect, it } from 'vitest';
import { GuardedBuffer } from '../../../engine/client/guarded-buffer.js';
import type { OutgoingMessage, SendBufferPolicy } from '../../../engine/client/options.js';

const UP_TO_TEN = { messages: 10, bytes: Infinity };
const message = (trace: number): OutgoingMessage => ({ trace, queue: 'orders', body: new Uint8Array(0), delayMicros: null, intendedMicros: 0 });

function aBuffer(policy: SendBufferPolicy | undefined, others = () => 0) {
  const told: string[] = [];
  const buffer = new GuardedBuffer({
    policy: policy === undefined ? undefined : { ...policy, onRoom: () => told.push('room') },
    othersWaiting: others,
    onFull: (trace) => told.push(`full ${trace}`),
    onGivenUp: ({ trace }, hasWaited) => told.push(`given up ${trace}${hasWaited ? ' after waiting' : ''}`),
  });
  const offer = (trace: number): void => {
    if (buffer.admits(message(trace))) buffer.push(message(trace));
  };
  return { buffer, told, offer };
}

describe('a full buffer', () => {
  it('gives up the newest message', () => {
    const { buffer, told, offer } = aBuffer({ maxMessages: 2, whenFull: 'reject' });
    [1, 2, 3].forEach(offer);
    expect(told).toEqual(['full 3', 'given up 3']);
    expect(buffer.shiftBatch(UP_TO_TEN).map(({ trace }) => trace)).toEqual([1, 2]);
  });

  it('or the one that waited longest', () => {
    const { buffer, told, offer } = aBuffer({ maxMessages: 2, whenFull: 'drop-oldest' });
    [1, 2, 3].forEach(offer);
    expect(told).toEqual(['full 1', 'given up 1 after waiting']);
    expect(buffer.shiftBatch(UP_TO_TEN).map(({ trace }) => trace)).toEqual([2, 3]);
  });

  it('has nothing to drop when what fills it waits elsewhere: then the newest goes', () => {
    const { told, offer } = aBuffer({ maxMessages: 2, whenFull: 'drop-oldest' }, () => 2);
    offer(3);
    expect(told).toEqual(['full 3', 'given up 3']);
  });

  it('tells a source that waits when there is room, once', () => {
    const { buffer, told, offer } = aBuffer({ maxMessages: 1 });
    offer(1);
    buffer.waitForRoom();
    buffer.waitForRoom();
    buffer.tellRoom();
    expect(told).toEqual(['full 0']);
    buffer.shift();
    buffer.tellRoom();
    buffer.tellRoom();
    expect(told).toEqual(['full 0', 'room']);
  });
});

it('holds a million messages where nothing is said', () => {
  const waiting = { count: 999_999 };
  const { buffer } = aBuffer(undefined, () => waiting.count);
  expect(buffer.hasRoom).toBe(true);
  waiting.count += 1;
  expect(buffer.hasRoom).toBe(false);
});
