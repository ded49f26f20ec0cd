import { describe, expect, it } from 'vitest';
import type { Connection, Reply } from '../../../engine/index.js';
import { PendingReplies } from '../../../engine/broker/pending-replies.js';
import { Session } from '../../../engine/broker/session.js';

/** A session that writes down which replies left. */
function listening(left: number[]): Session {
  const connection: Connection = { peer: 'client', send: (message) => left.push((message as Reply).requestId), close: () => {} };
  return new Session({ onRequest: () => {}, onSessionEnd: () => {} }, connection, 1);
}

const reply = (requestId: number): Reply => ({ operation: 'deleteReply', requestId });

describe('pending replies', () => {
  it('leave in order, each when what it depends on is durable', () => {
    const left: number[] = [];
    const session = listening(left);
    const replies = new PendingReplies();
    for (const [id, position] of [[1, 3], [2, 3], [3, 5]] as const) replies.push(position, session, reply(id), 1);
    replies.release(2);
    expect(left).toEqual([]);
    replies.release(3);
    expect(left).toEqual([1, 2]);
    replies.release(9);
    expect(left).toEqual([1, 2, 3]);
    expect(replies.size).toBe(0);
  });

  it('keep their order when the ring wraps round and grows', () => {
    const left: number[] = [];
    const session = listening(left);
    const replies = new PendingReplies();
    let next = 0;
    for (let round = 0; round < 40; round++) {
      for (let count = 0; count < 100; count++) replies.push(++next, session, reply(next), 1);
      replies.release(next - 40 * (round + 1));
    }
    replies.release(next);
    expect(left).toEqual(Array.from({ length: 4000 }, (_, index) => index + 1));
  });

  it('do not leave any more once they are cleared', () => {
    const left: number[] = [];
    const replies = new PendingReplies();
    replies.push(1, listening(left), reply(1), 1);
    replies.clear();
    replies.release(5);
    expect(left).toEqual([]);
  });
});
