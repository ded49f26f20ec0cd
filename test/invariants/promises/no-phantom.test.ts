import { describe, expect, it } from 'vitest';
import { EventKind, MoveReason } from '../../../history/index.js';
import { history } from '../history-builder.js';

describe('no-phantom', () => {
  it('is violated by a delivery of what nobody sent', () => {
    const run = history().at(1).accept(7).received(7);
    expect(run.withVerdict('violated')).toEqual(['no-phantom']);
    expect(run.verdict('no-phantom').first).toEqual({
      atMicros: 1_000_000, message: 7, queue: 'orders', text: 'message 7 was delivered to consumer-1 at 1.000s, and nobody ever sent it',
    });
  });

  it('is violated by a body that is not the one that was sent, and counts every time', () => {
    const run = history().sent(1).sent(2).at(2).grant(1).deliver(1, { checksum: 5 }).grant(2).deliver(2, { checksum: 6 });
    expect(run.withVerdict('violated')).toEqual(['no-phantom']);
    expect(run.verdict('no-phantom')).toMatchObject({ count: 2, exercised: 2, met: false });
    expect(run.verdict('no-phantom').first?.text).toBe('message 1 was delivered to consumer-1 at 2.000s with a body that is not the one that was sent');
  });

  it('is violated by a message that turns up in a queue to which it was not sent', () => {
    const run = history().invoke(1).accept(1, 1, { queue: 'other' }).sendOk(1);
    expect(run.withVerdict('violated')).toEqual(['no-phantom']);
    expect(run.verdict('no-phantom').first?.text).toContain('was sent to orders and turned up in other');
  });

  it('is violated by a delivery from a queue where the message never was, and not by a late one from where it was', () => {
    expect(history().sent(1).grant(1).deliver(1, { queue: 'other' }).withVerdict('violated')).toEqual(['no-phantom']);
    const late = history().sent(1).move(1).grant(1).move(1, 'other').deliver(1, { queue: 'dead' });
    expect(late.verdict('no-phantom').count).toBe(0);
  });

  it('is violated by more copies than attempts', () => {
    const run = history().invoke(1).accept(1, 1).accept(1, 2).sendOk(1);
    expect(run.withVerdict('violated')).toEqual(['no-phantom']);
    expect(run.verdict('no-phantom').first?.text).toContain('stored one more copy of message 1');
  });

  it('holds when retries of one send store several copies', () => {
    const run = history().invoke(1).accept(1, 1).attempt(1, 2).accept(1, 2).sendOk(1).received(1).received(2);
    expect(run.verdict('no-phantom')).toMatchObject({ verdict: 'holds', exercised: 2 });
  });

  it('holds when the copy of another attempt is stored after the message was over', () => {
    const run = history().invoke(1).attempt(1, 3).accept(1, 1).sendOk(1).received(1).acked(1).accept(1, 2).accept(1, 3).received(2);
    expect(run.verdict('no-phantom').verdict).toBe('holds');
  });

  it('remembers the body over a redrive, also of a send of unknown outcome', () => {
    const run = history().invoke(1).accept(1).sendInfo(1).move(1).move(1, 'orders', MoveReason.redrive).accept(1, 2).grant(2).deliver(2, { checksum: 5 });
    expect(run.verdict('no-phantom')).toMatchObject({ verdict: 'violated', count: 1 });
  });

  it('holds when a send of unknown outcome appears, however late', () => {
    const run = history().invoke(1).at(1).sendInfo(1).at(9).accept(1).received(1);
    expect(run.verdict('no-phantom').verdict).toBe('holds');
  });

  it('holds for a delivery from a dead-letter queue, and for what a redrive makes', () => {
    const run = history().sent(1).received(1).expire(1).move(1).received(1).expire(1)
      .emit(EventKind.move, 'broker', { peer: 'other', dest: 'dead', message: 1, copy: 1, b: MoveReason.redrive })
      .accept(1, 2, { queue: 'other' }).received(2);
    expect(run.verdict('no-phantom').verdict).toBe('holds');
  });

  it('is not exercised without deliveries', () => {
    expect(history().sent(1).verdict('no-phantom').verdict).toBe('not-exercised');
  });
});
