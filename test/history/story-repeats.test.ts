import { describe, expect, it } from 'vitest';
import { EventKind, HandleState, LetterFate, MoveReason, NO_DEADLINE_MICROS, StopCause } from '../../history/index.js';
import { second, stage } from './story-stage.js';

type Stage = ReturnType<typeof stage>;

/** A copy is stored; a consumer receives it, and it has its effect. Times are those of the stage. */
function store({ emit, broker, jobs }: Stage, copy: number, queue = jobs): void {
  emit(EventKind.accept, broker, 0, queue, 17, copy, 0, 100, 0);
}

function receive({ emit, broker, consumer, jobs }: Stage, copy: number, serial = 1, lastsMicros = 30 * second): number {
  const handle = copy * 1_048_576 + serial;
  emit(EventKind.leaseGrant, broker, consumer, jobs, 17, copy, handle, serial, lastsMicros);
  emit(EventKind.deliver, consumer, 0, jobs, 17, copy, handle, serial, 99);
  emit(EventKind.effect, consumer, 0, jobs, 17, copy, handle, 1, 0);
  return handle;
}

/** What the story says of the last delivery and of the last effect. */
function causes(s: Stage): string[] {
  const told = (words: string): string => s.lines().findLast((line) => line.includes(words))!.replace(/^.*?: /, '');
  return [told('receives message'), told('has its effect')];
}

/** Both begin alike and name the same cause. */
const both = (again: string, cause: string): string[] => [`receives message 17 under ${again}: ${cause}`, `message 17 has its effect for the 2nd time: ${cause}`];

describe('why a message comes again', () => {
  it("is that its producer's retry was stored too, though each copy was handed out once", () => {
    const s = stage();
    s.at(1);
    s.emit(EventKind.sendAttempt, s.producer, 0, s.jobs, 17, 0, 1, 0, 0);
    store(s, 5);
    s.at(3);
    s.emit(EventKind.sendAttempt, s.producer, 0, s.jobs, 17, 0, 2, 0, 0);
    store(s, 9);
    s.at(4);
    s.emit(EventKind.settle, s.broker, 0, s.jobs, 17, 5, receive(s, 5), HandleState.current, 0);
    s.at(5);
    receive(s, 9);
    expect(causes(s)).toEqual(both('lease 2 again, its delivery number 2', "its producer's retry was stored too: copy 5 at 1.000s and copy 9 at 3.000s"));
  });

  it('is still the retry when a lease of the second copy ran out before it reached anyone, or a recovery read it again', () => {
    const s = stage();
    s.emit(EventKind.sendAttempt, s.producer, 0, s.jobs, 17, 0, 2, 0, 0);
    store(s, 5);
    store(s, 9);
    s.emit(EventKind.settle, s.broker, 0, s.jobs, 17, 5, receive(s, 5), HandleState.current, 0);
    const handle = 9 * 1_048_576 + 1;
    s.emit(EventKind.leaseGrant, s.broker, s.consumer, s.jobs, 17, 9, handle, 1, 30 * second);
    s.at(30);
    s.emit(EventKind.leaseExpire, s.broker, 0, s.jobs, 17, 9, handle, 0, 0);
    s.emit(EventKind.restore, s.broker, 0, s.jobs, 17, 9, 1, 0, 0);
    s.at(31);
    receive(s, 9, 2);
    expect(causes(s)).toEqual(both('lease 3 again, its delivery number 2', "its producer's retry was stored too: copy 5 at 0.000s and copy 9 at 0.000s"));
  });

  it.each<[string, (s: Stage, handle: number) => void, string]>([
    ['a lease that ran out', (s, handle) => s.emit(EventKind.leaseExpire, s.broker, 0, s.jobs, 17, 5, handle, 0, 0), 'lease 1 had ended without acknowledgement at 12.000s'],
    ['a lease that was given back', (s, handle) => s.emit(EventKind.leaseRelease, s.broker, 0, s.jobs, 17, 5, handle, 0, 0), 'lease 1 was given back at 12.000s'],
    ['a negative acknowledgement', (s, handle) => {
      s.emit(EventKind.nackInvoke, s.consumer, 0, s.jobs, 17, 5, handle, 0, 0);
      s.emit(EventKind.leaseRelease, s.broker, 0, s.jobs, 17, 5, handle, 0, 0);
    }, 'consumer-1 had negatively acknowledged it at 12.000s'],
    ['a recovery', (s) => {
      s.emit(EventKind.nodeStop, s.broker, 0, 0, 0, 0, StopCause.powerLoss, 0, 0);
      s.emit(EventKind.restore, s.broker, 0, s.jobs, 17, 5, 0, 0, 0);
    }, 'the broker read it from its journal at 12.000s, where nothing was noted of what had become of it'],
    ['a deletion that a storage server had missed', (s, handle) => {
      s.emit(EventKind.settle, s.broker, 0, s.jobs, 17, 5, handle, HandleState.current, 0);
      s.emit(EventKind.reappear, s.broker, 0, s.jobs, 17, 5, 1, 0, 0);
    }, 'it was ready again at 12.000s, because a storage server had missed its deletion'],
    ['a standard queue', () => undefined, 'it was handed out while lease 1 of the same copy ran'],
  ])('is %s', (_what, happens, cause) => {
    const s = stage();
    s.at(1);
    store(s, 5);
    const handle = receive(s, 5);
    s.at(12);
    happens(s, handle);
    s.at(13);
    receive(s, 5, 2);
    expect(causes(s)).toEqual(both('lease 2 again, its delivery number 2', cause));
  });

  it('is a consumer that comes late with a lease that had ended, and no lease beside another', () => {
    const s = stage();
    s.at(1);
    store(s, 5);
    const first = s.grant(1);
    s.emit(EventKind.deliver, s.consumer, 0, s.jobs, 17, 5, first, 1, 99);
    s.at(2);
    s.emit(EventKind.faultBegin, s.consumer, 0, 0, 0, 0, 0, s.recorder.name('pause'), 0);
    s.at(31);
    s.emit(EventKind.leaseExpire, s.broker, 0, s.jobs, 17, 5, first, 0, 0);
    s.emit(EventKind.settle, s.broker, 0, s.jobs, 17, 5, receive(s, 5, 2), HandleState.current, 0);
    s.at(40);
    s.emit(EventKind.faultEnd, s.consumer, 0, 0, 0, 0, 0, s.recorder.name('pause'), 0);
    s.emit(EventKind.effect, s.consumer, 0, s.jobs, 17, 5, first, 1, 0);
    expect(causes(s)[1]).toBe('message 17 has its effect for the 2nd time: under lease 1, which had ended at 31.000s; consumer-1 was under the fault pause from 2.000s to 40.000s');
  });

  it('is a lease beside an older one that has its effect afterwards, only where both ran', () => {
    const s = stage();
    store(s, 5);
    const first = s.grant(1);
    s.at(3);
    const second = receive(s, 5, 2);
    s.at(4);
    s.emit(EventKind.leaseExpire, s.broker, 0, s.jobs, 17, 5, first, 0, 0);
    s.emit(EventKind.effect, s.consumer, 0, s.jobs, 17, 5, first, 1, 0);
    expect(causes(s)[1]).toBe('message 17 has its effect for the 2nd time: lease 2 of the same copy was handed out while lease 1 ran');
    s.emit(EventKind.leaseExpire, s.broker, 0, s.jobs, 17, 5, second, 0, 0);
    s.emit(EventKind.restore, s.broker, 0, s.jobs, 17, 5, 0, 0, 0);
    receive(s, 5, 3);
    expect(causes(s)[1]).toMatch(/for the 3rd time: the broker read it from its journal/);
  });

  it('is the recovery that read it again also when the consumer of the lease before comes late', () => {
    const s = stage();
    store(s, 5);
    const first = s.grant(1);
    s.at(3);
    s.emit(EventKind.restore, s.broker, 0, s.jobs, 17, 5, 0, 0, 0);
    receive(s, 5, 2);
    s.emit(EventKind.effect, s.consumer, 0, s.jobs, 17, 5, first, 1, 0);
    expect(causes(s)[1]).toBe('message 17 has its effect for the 2nd time: under lease 1, which had ended at 3.000s');
  });

  it('is the end of a channel where leases have no end of their own', () => {
    const s = stage();
    store(s, 5);
    const handle = receive(s, 5, 1, NO_DEADLINE_MICROS);
    s.at(2);
    s.emit(EventKind.leaseExpire, s.broker, 0, s.jobs, 17, 5, handle, 0, 0);
    receive(s, 5, 2, NO_DEADLINE_MICROS);
    expect(causes(s)).toEqual(both('lease 2 again, its delivery number 2', 'the channel that had lease 1 ended at 2.000s'));
  });

  it.each([
    [MoveReason.redrive, 0, 'copy 9 was made of it by a redrive at 3.000s'],
    [MoveReason.rejected, 1, 'copy 9 was made of it as a dead letter at 3.000s'],
  ])('is another copy that was made of it (move reason %i)', (reason, letters, cause) => {
    const s = stage();
    store(s, 5);
    receive(s, 5);
    s.at(3);
    s.emit(EventKind.move, s.broker, s.jobs, s.recorder.name('jobs-dlq'), 17, 5, 1, reason, letters);
    store(s, 9);
    receive(s, 9);
    expect(causes(s)).toEqual(both('lease 2 again, its delivery number 2', cause));
  });

  it('is a dead letter of it that was stored before it was gone itself', () => {
    const s = stage();
    store(s, 5);
    receive(s, 5);
    s.at(3);
    for (const fate of [LetterFate.refused, LetterFate.stored]) s.emit(EventKind.deadLetter, s.broker, s.recorder.name('dead'), s.jobs, 17, 5, 1, MoveReason.rejected, fate);
    store(s, 9, s.recorder.name('dead'));
    s.emit(EventKind.move, s.broker, 0, s.jobs, 17, 5, 1, MoveReason.rejected, 0);
    receive(s, 9);
    expect(causes(s)).toEqual(both('lease 2 again, its delivery number 2', 'copy 9 was made of it as a dead letter at 3.000s'));
  });

  it('is that an exchange had routed it to two queues, or that its program had sent it again', () => {
    const s = stage();
    store(s, 5);
    store(s, 9, s.recorder.name('audit'));
    receive(s, 5);
    receive(s, 9);
    expect(causes(s)[0]).toMatch(/: copy 9 was routed to audit, and copy 5 to jobs$/);
    const anew = stage();
    store(anew, 5);
    anew.emit(EventKind.sendAttempt, anew.producer, 0, anew.jobs, 17, 0, 2, 1, 0);
    store(anew, 9);
    receive(anew, 5);
    receive(anew, 9);
    expect(causes(anew)[0]).toMatch(/: its program had sent it again, and both were stored: copy 5 at 0.000s and copy 9 at 0.000s$/);
  });
});
