import { describe, expect, it } from 'vitest';
import { DropReason, EventKind, HandleResult, HandleState, LostBy, MoveReason, OutcomeReason, StopCause, StoryCollector, tellStory } from '../../history/index.js';
import { recording } from './recording.js';
import { second, stage } from './story-stage.js';

describe('the story of a message', () => {
  it('tells a life without trouble, from the send to the acknowledgement', () => {
    const s = stage();
    s.at(1);
    s.emit(EventKind.sendInvoke, s.producer, 0, s.jobs, 17, 0, 0.75 * second, 99, 100);
    s.emit(EventKind.sendAttempt, s.producer, 0, s.jobs, 17, 0, 1, 0, 0);
    s.emit(EventKind.sendInvoke, s.producer, 0, s.jobs, 18, 0, 1 * second, 99, 100);
    s.at(2);
    s.accept();
    s.emit(EventKind.sendOk, s.producer, 0, s.jobs, 17, 0, 1, 0, 0);
    const handle = s.grant(1);
    s.at(3);
    s.emit(EventKind.deliver, s.consumer, 0, s.jobs, 17, 5, handle, 1, 99);
    s.emit(EventKind.handleStart, s.consumer, 0, s.jobs, 17, 5, handle, 1, 0);
    s.at(3.25);
    s.emit(EventKind.effect, s.consumer, 0, s.jobs, 17, 5, handle, 1, 0);
    s.emit(EventKind.handleEnd, s.consumer, 0, s.jobs, 17, 5, handle, HandleResult.ok, 0);
    s.emit(EventKind.ackInvoke, s.consumer, 0, s.jobs, 17, 5, handle, 0, 0);
    s.at(4);
    s.emit(EventKind.settle, s.broker, 0, s.jobs, 17, 5, handle, HandleState.current, 0);
    s.emit(EventKind.ackOk, s.consumer, 0, s.jobs, 17, 5, handle, 0, 0);
    expect(s.lines()).toEqual([
      '1 producer-1: starts to send message 17 to jobs (100 bytes), 250ms after it was due',
      '1 producer-1: sends message 17: attempt 1',
      '2 broker: stores message 17 in jobs as copy 5',
      '2 producer-1: learns that message 17 is accepted (attempt 1)',
      '2 broker: grants lease 1 of message 17 to consumer-1 for 30s (delivery count 1)',
      '3 consumer-1: receives message 17 under lease 1',
      '3 consumer-1: starts to process message 17',
      '3.25 consumer-1: message 17 has its effect',
      '3.25 consumer-1: has processed message 17 after 250ms',
      '3.25 consumer-1: acknowledges message 17 under lease 1',
      '4 broker: removes message 17 from jobs: acknowledged under lease 1',
      '4 consumer-1: learns that message 17 is acknowledged',
    ]);
  });

  it('names the crash that ended a lease, though the consumer is up again', () => {
    const s = stage();
    s.at(0.021);
    s.accept();
    const first = s.grant(1);
    s.emit(EventKind.deliver, s.consumer, 0, s.jobs, 17, 5, first, 1, 99);
    s.at(12);
    s.emit(EventKind.faultBegin, s.consumer, 0, 0, 0, 0, 0, s.recorder.name('crash'), 0);
    s.emit(EventKind.nodeStop, s.consumer, 0, 0, 0, 0, StopCause.kill, 0, 0);
    s.at(20);
    s.emit(EventKind.faultEnd, s.consumer, 0, 0, 0, 0, 0, s.recorder.name('crash'), 0);
    s.emit(EventKind.nodeStart, s.consumer, 0, 0, 0, 0, 2, 0, 0);
    s.at(30.021);
    s.emit(EventKind.leaseExpire, s.broker, s.consumer, s.jobs, 17, 5, first, 0, 0);
    expect(s.lines().slice(3)).toEqual([
      '12 consumer-1: fault begins: crash',
      '12 consumer-1: was killed',
      '20 consumer-1: fault ends: crash',
      '20 consumer-1: starts again (incarnation 2)',
      '30.021 broker: lease 1 of message 17 ended without acknowledgement: consumer-1 was killed at 12.000s',
    ]);
  });

  it('tells of a connection that was taken for lost, of those that had to do with the message', () => {
    const s = stage();
    s.at(1);
    s.accept();
    s.grant(1);
    s.at(3);
    s.emit(EventKind.connectionLost, s.broker, s.consumer, 0, 0, 0, LostBy.silence, 0, 0);
    s.emit(EventKind.connectionLost, s.recorder.name('stranger'), s.recorder.name('elsewhere'), 0, 0, 0, LostBy.silence, 0, 0);
    s.emit(EventKind.connectionLost, s.consumer, s.broker, 0, 0, 0, LostBy.close, 0, 0);
    expect(s.lines().slice(2)).toEqual([
      '3 broker: takes its connection with consumer-1 for lost: it has heard nothing for too long',
      '3 consumer-1: takes its connection with broker for lost: the other end has closed it',
    ]);
  });

  it('names the crash that took the work, and not one that came after it', () => {
    const s = stage();
    s.at(1);
    s.accept();
    const handle = s.grant(1);
    for (const seconds of [5, 8]) {
      s.at(seconds);
      s.emit(EventKind.nodeStop, s.consumer, 0, 0, 0, 0, StopCause.kill, 0, 0);
      s.emit(EventKind.nodeStart, s.consumer, 0, 0, 0, 0, 2, 0, 0);
    }
    s.at(31);
    s.emit(EventKind.leaseExpire, s.broker, s.consumer, s.jobs, 17, 5, handle, 0, 0);
    expect(s.lines().at(-1)).toBe('31 broker: lease 1 of message 17 ended without acknowledgement: consumer-1 was killed at 5.000s');
  });

  it('does not blame a crash from before the lease', () => {
    const s = stage();
    s.at(1);
    s.accept();
    s.emit(EventKind.nodeStop, s.consumer, 0, 0, 0, 0, StopCause.kill, 0, 0);
    s.emit(EventKind.nodeStart, s.consumer, 0, 0, 0, 0, 2, 0, 0);
    s.at(2);
    const handle = s.grant(1);
    s.at(32);
    s.emit(EventKind.leaseExpire, s.broker, s.consumer, s.jobs, 17, 5, handle, 0, 0);
    expect(s.lines().at(-1)).toBe('32 broker: lease 1 of message 17 ended without acknowledgement: the delivery had not reached consumer-1');
  });

  it.each([
    ['had been processing it for 29s', (s: ReturnType<typeof stage>, handle: number) => {
      s.at(4);
      s.emit(EventKind.handleStart, s.consumer, 0, s.jobs, 17, 5, handle, 1, 0);
    }],
    ['had not begun to process it', () => undefined],
    ['had failed to process it at 5.000s', (s: ReturnType<typeof stage>, handle: number) => {
      s.at(5);
      s.emit(EventKind.handleEnd, s.consumer, 0, s.jobs, 17, 5, handle, HandleResult.failed, 0);
    }],
    ['was under the fault pause since 10.000s', (s: ReturnType<typeof stage>) => {
      s.at(10);
      s.emit(EventKind.faultBegin, s.consumer, 0, 0, 0, 0, 0, s.recorder.name('pause'), 0);
    }],
    ['was under the fault pause from 10.000s to 12.000s', (s: ReturnType<typeof stage>) => {
      s.at(10);
      s.emit(EventKind.faultBegin, s.consumer, 0, 0, 0, 0, 0, s.recorder.name('pause'), 0);
      s.at(12);
      s.emit(EventKind.faultEnd, s.consumer, 0, 0, 0, 0, 0, s.recorder.name('pause'), 0);
    }],
    ['lost its power at 11.000s', (s: ReturnType<typeof stage>) => {
      s.at(11);
      s.emit(EventKind.nodeStop, s.consumer, 0, 0, 0, 0, StopCause.powerLoss, 0, 0);
    }],
  ])('says why a lease ran out: consumer-1 %s', (words, happens) => {
    const s = stage();
    s.at(3);
    s.accept();
    const handle = s.grant(1);
    s.emit(EventKind.deliver, s.consumer, 0, s.jobs, 17, 5, handle, 1, 99);
    happens(s, handle);
    s.at(33);
    s.emit(EventKind.leaseExpire, s.broker, s.consumer, s.jobs, 17, 5, handle, 0, 0);
    expect(s.lines().at(-1)).toBe(`33 broker: lease 1 of message 17 ended without acknowledgement: consumer-1 ${words}`);
  });

  it('says where a copy was lost: in the recovery that did not find it', () => {
    const s = stage();
    s.at(5);
    s.accept();
    s.at(6);
    s.emit(EventKind.nodeStop, s.broker, 0, 0, 0, 0, StopCause.powerLoss, 0, 0);
    s.at(7);
    s.emit(EventKind.nodeStart, s.broker, 0, 0, 0, 0, 2, 0, 0);
    s.emit(EventKind.recoverBegin, s.broker, 0, 0, 0, 0, 0, 0, 0);
    s.emit(EventKind.restore, s.broker, 0, s.jobs, 16, 4, 0, 0, 0);
    s.emit(EventKind.recoverEnd, s.broker, 0, 0, 0, 0, 1, 220, 0);
    expect(s.lines()).toEqual([
      '5 broker: stores message 17 in jobs as copy 5',
      '6 broker: lost its power',
      '7 broker: starts again (incarnation 2)',
      '7 broker: begins to recover from its journal',
      '7 broker: has recovered 1 record that no checkpoint held, 220 torn bytes cut off',
      '7 broker: message 17, copy 5, was not in the journal: it is lost here',
    ]);
  });

  it('tells a recovery that found the copy, and what it found', () => {
    const s = stage();
    s.at(5);
    s.accept();
    s.emit(EventKind.recoverBegin, s.broker, 0, 0, 0, 0, 0, 0, 0);
    s.emit(EventKind.restore, s.broker, 0, s.jobs, 17, 5, 1, 2, 30 * second);
    s.emit(EventKind.recoverEnd, s.broker, 0, 0, 0, 0, 2, 0, 0);
    expect(s.lines().slice(2)).toEqual([
      '5 broker: finds message 17 in its journal as copy 5 in jobs: leased for 30s more, delivery count 1',
      '5 broker: has recovered 2 records that no checkpoint held',
    ]);
  });

  it('keeps silent about what happens after the end, unless the message comes back', () => {
    const s = stage();
    s.at(1);
    s.accept();
    const handle = s.grant(1);
    s.emit(EventKind.settle, s.broker, 0, s.jobs, 17, 5, handle, HandleState.current, 0);
    s.at(6);
    s.emit(EventKind.nodeStop, s.broker, 0, 0, 0, 0, StopCause.powerLoss, 0, 0);
    expect(s.lines()).toHaveLength(3);
    s.at(7);
    s.emit(EventKind.restore, s.broker, 0, s.jobs, 17, 5, 1, 0, 0);
    expect(s.lines().slice(3)).toEqual([
      '6 broker: lost its power',
      '7 broker: finds message 17 in its journal as copy 5 in jobs: ready, delivery count 1',
    ]);
  });

  it('tells of faults that began before the message and were still there, and of no machine that it never met', () => {
    const s = stage();
    const partition = s.recorder.name('network-partition');
    const pause = s.recorder.name('pause');
    s.at(1);
    s.emit(EventKind.faultBegin, s.broker, s.consumer, 0, 0, 0, 0, partition, 0);
    s.emit(EventKind.faultBegin, s.broker, 0, 0, 0, 0, 1, pause, 0);
    s.emit(EventKind.faultBegin, s.recorder.name('consumer-2'), 0, 0, 0, 0, 2, pause, 0);
    s.at(2);
    s.emit(EventKind.faultEnd, s.broker, 0, 0, 0, 0, 1, pause, 0);
    s.at(3);
    s.accept();
    s.at(4);
    s.emit(EventKind.faultBegin, s.recorder.name('consumer-2'), 0, 0, 0, 0, 3, pause, 0);
    expect(s.lines()).toEqual(['1 broker: fault begins: network-partition (with consumer-1)', '3 broker: stores message 17 in jobs as copy 5']);
  });

  it('knows the machines of a fault that strikes several', () => {
    const s = stage();
    s.at(1);
    s.accept();
    const handle = s.grant(1);
    s.at(2);
    s.emit(EventKind.faultBegin, s.recorder.name('consumer-2+consumer-1'), s.recorder.name('broker'), 0, 0, 0, 0, s.recorder.name('half-open'), 0);
    s.emit(EventKind.faultBegin, s.recorder.name('consumer-2+consumer-3'), 0, 0, 0, 0, 1, s.recorder.name('half-open'), 0);
    s.at(31);
    s.emit(EventKind.leaseExpire, s.broker, 0, s.jobs, 17, 5, handle, 0, 0);
    expect(s.lines().slice(2)).toEqual([
      '2 consumer-2+consumer-1: fault begins: half-open (with broker)',
      '31 broker: lease 1 of message 17 ended without acknowledgement: consumer-1 was under the fault half-open since 2.000s',
    ]);
  });

  it('says what kept an answer from coming, on either side, though it is over by then', () => {
    const s = stage();
    const partition = s.recorder.name('network-partition');
    const jump = s.recorder.name('clock-jump');
    s.at(1);
    s.emit(EventKind.sendAttempt, s.producer, 0, s.jobs, 17, 0, 1, 0, 0);
    s.emit(EventKind.faultBegin, s.producer, s.broker, 0, 0, 0, 0, partition, 0);
    s.at(2);
    s.emit(EventKind.faultEnd, s.producer, s.broker, 0, 0, 0, 0, partition, 0);
    s.at(6);
    s.emit(EventKind.sendInfo, s.producer, 0, s.jobs, 17, 0, OutcomeReason.timeout, 1, 0);
    expect(s.lines().at(-1)).toBe(
      '6 producer-1: cannot know whether message 17 was accepted: no answer came in time (producer-1 was under the fault network-partition from 1.000s to 2.000s)',
    );
    s.accept();
    const handle = s.grant(1);
    s.emit(EventKind.ackInvoke, s.consumer, 0, s.jobs, 17, 5, handle, 0, 0);
    s.at(8);
    s.emit(EventKind.nodeStop, s.broker, 0, 0, 0, 0, StopCause.kill, 0, 0);
    s.emit(EventKind.ackInfo, s.consumer, 0, s.jobs, 17, 5, handle, OutcomeReason.connectionLost, 0);
    expect(s.lines().at(-1)).toBe('8 consumer-1: cannot know whether message 17 is acknowledged: the connection was lost (broker was killed at 8.000s)');
    s.at(9);
    s.emit(EventKind.nackInvoke, s.consumer, 0, s.jobs, 17, 5, handle, 0, 0);
    s.emit(EventKind.faultBegin, s.consumer, 0, 0, 0, 0, 1, jump, 0);
    s.emit(EventKind.faultEnd, s.consumer, 0, 0, 0, 0, 1, jump, 0);
    s.at(10);
    s.emit(EventKind.nackInfo, s.consumer, 0, s.jobs, 17, 5, handle, OutcomeReason.timeout, 0);
    expect(s.lines().at(-1)).toMatch(/\(consumer-1 had the fault clock-jump at 9\.000s\)$/);
  });

  it('follows a message over retries, copies, negative acknowledgements and the dead-letter queue', () => {
    const s = stage();
    const dead = s.recorder.name('jobs-dlq');
    s.at(1);
    s.emit(EventKind.sendAttempt, s.producer, 0, s.jobs, 17, 0, 2, 0, 0);
    s.emit(EventKind.sendInfo, s.producer, 0, s.jobs, 17, 0, OutcomeReason.timeout, 2, 0);
    s.accept();
    const handle = s.grant(1);
    s.emit(EventKind.nackInvoke, s.consumer, 0, s.jobs, 17, 5, handle, 60 * second, 0);
    s.emit(EventKind.leaseRelease, s.broker, s.consumer, s.jobs, 17, 5, handle, 0, 0);
    s.emit(EventKind.move, s.broker, dead, s.jobs, 17, 5, 3, MoveReason.limit, 0);
    s.emit(EventKind.drop, s.broker, 0, dead, 17, 5, DropReason.retention, 0, 0);
    expect(s.lines()).toEqual([
      '1 producer-1: sends message 17 once more: attempt 2',
      '1 producer-1: cannot know whether message 17 was accepted: no answer came in time',
      '1 broker: stores message 17 in jobs as copy 5',
      '1 broker: grants lease 1 of message 17 to consumer-1 for 30s (delivery count 1)',
      '1 consumer-1: negatively acknowledges message 17 under lease 1, to be seen again in 1min',
      '1 broker: lease 1 of message 17 was given back',
      '1 broker: moves message 17 from jobs to jobs-dlq after 3 deliveries without acknowledgement',
      '1 broker: drops message 17 from jobs-dlq: its retention time is over',
    ]);
  });

  it('counts the second effect as what it is', () => {
    const s = stage();
    for (const applied of [1, 1, 0]) s.emit(EventKind.effect, s.consumer, 0, s.jobs, 17, 5, 1, applied, 0);
    expect(s.lines()).toEqual([
      '0 consumer-1: message 17 has its effect',
      '0 consumer-1: message 17 has its effect for the 2nd time',
      '0 consumer-1: the effect of message 17 was had before: it is not repeated',
    ]);
  });

  it('has words for every kind of event, and the same story from a kept history as from a collector', () => {
    const { recorder, time } = recording('all');
    const collector = new StoryCollector(3);
    recorder.subscribe(collector);
    const names = ['x', 'y', 'z'].map((name) => recorder.name(name));
    for (const kind of Object.values(EventKind)) {
      time.now += second;
      recorder.emit(kind, names[0]!, names[1]!, names[2]!, 3, 1, 1, 1, 1);
    }
    recorder.flush();
    const kept = tellStory(3, recorder.history().rows(), recorder.names);
    expect(kept).toEqual(tellStory(3, collector.rows(), recorder.names));
    expect(kept).toHaveLength(Object.values(EventKind).length);
    for (const step of kept) expect(step.text).toMatch(/^\S.*\S$/);
  });

  it('says once that the queues are drained: when they are', () => {
    const s = stage();
    s.at(1);
    s.accept();
    s.at(5);
    s.emit(EventKind.drainBegin, 0, 0, 0, 0, 0, 0, 0, 0);
    s.at(6);
    for (const queue of [s.jobs, s.recorder.name('dead')]) s.emit(EventKind.drainEnd, 0, 0, queue, 0, 0, 1, 0, 0);
    expect(s.lines().filter((line) => line.includes('the queues are drained'))).toEqual(['6 : the queues are drained']);
  });

  it('has nothing to tell of a message that never was', () => {
    const s = stage(404);
    s.emit(EventKind.nodeStop, s.broker, 0, 0, 0, 0, StopCause.kill, 0, 0);
    expect(s.lines()).toEqual([]);
  });
});
