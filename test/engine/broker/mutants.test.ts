import { describe, expect, it } from 'vitest';
import type { Mutations } from '../../../engine/index.js';
import { bodyOf, code, HOUR, MINUTE, SECOND, Stage, type StageOptions } from './stage.js';

const TIMEOUT = 30 * SECOND;
const dead = { queues: [{ name: 'jobs', settings: { deadLetter: { queue: 'dead', maxReceiveCount: 2 } } }, { name: 'dead', settings: {} }] };

/** Plays the same with the bug and without, and returns what was seen of each. */
function compare<T>(flag: keyof Mutations, options: StageOptions, play: (stage: Stage) => T): { mutant: T; sound: T } {
  return { mutant: play(new Stage({ ...options, mutations: { [flag]: true } })), sound: play(new Stage(options)) };
}

describe('mutants of the broker do what they say', () => {
  it('scribble-body: every eighth message arrives with a changed byte', () => {
    const { mutant, sound } = compare('scribbleBody', {}, (stage) => {
      const client = stage.client('worker');
      for (let trace = 1; trace <= 16; trace++) client.send(trace);
      return [...client.receive(), ...client.receive()].filter(({ body, trace }) => body.some((byte) => byte !== bodyOf(trace, 1)[0])).map(({ trace }) => trace);
    });
    expect({ mutant, sound }).toEqual({ mutant: [8, 16], sound: [] });
  });

  it('reply-before-durable: a power loss takes what was answered', () => {
    const { mutant, sound } = compare('replyBeforeDurable', {}, (stage) => {
      stage.disk.syncMicros = 10_000;
      const client = stage.client('worker');
      const sent = client.post({ operation: 'send', queue: 0, body: bodyOf(1, 1), trace: 1, delayMicros: null });
      const answer = code(client.reply(sent));
      stage.powerLoss();
      return [answer, stage.client('worker').counts()[0]];
    });
    expect(mutant).toEqual(['sendReply', 0]);
    expect(sound[0]).toBe('no reply');
  });

  it('store-before-validation: a rejected send is stored', () => {
    const { mutant, sound } = compare('storeBeforeValidation', { queues: [{ name: 'jobs', settings: { maxMessageBytes: 1024 } }] }, (stage) => {
      const client = stage.client('worker');
      expect(() => client.send(1, { size: 2000 })).toThrow('InvalidParameterValue');
      return client.receive().length;
    });
    expect({ mutant, sound }).toEqual({ mutant: 1, sound: 0 });
  });

  it('delete-not-journalled: an acknowledged message is back after a restart', () => {
    const { mutant, sound } = compare('deleteNotJournalled', {}, (stage) => {
      const client = stage.client('worker');
      client.send(1);
      client.delete(client.receiveOne().handle);
      expect(client.counts()).toEqual([0, 0, 0]);
      stage.restart();
      return stage.client('worker').counts();
    });
    expect({ mutant, sound }).toEqual({ mutant: [0, 1, 0], sound: [0, 0, 0] });
  });

  it('lease-handed-out-twice: two polls hold the same message', () => {
    const { mutant, sound } = compare('leaseHandedOutTwice', {}, (stage) => {
      const client = stage.client('worker');
      for (let trace = 1; trace <= 9; trace++) client.send(trace);
      return [client.receive({ max: 8 }), client.receive(), client.receive()].map((got) => got.map(({ trace }) => trace));
    });
    expect(mutant.slice(1)).toEqual([[8, 9], []]);
    expect(sound.slice(1)).toEqual([[9], []]);
  });

  it('extend-in-milliseconds: an extended lease ends a thousand times too early, and says it does not', () => {
    const { mutant, sound } = compare('extendInMilliseconds', {}, (stage) => {
      const client = stage.client('worker');
      client.send(1);
      client.change(client.receiveOne().handle, 60 * SECOND);
      stage.world.pass(60_000);
      return [client.counts(), stage.events.of('lease-extend')[0]!.c];
    });
    expect({ mutant, sound }).toEqual({ mutant: [[1, 0, 0], 60 * SECOND], sound: [[0, 1, 0], 60 * SECOND] });
  });

  it('lease-timer-not-rearmed: later leases do not end, however often one polls', () => {
    const { mutant, sound } = compare('leaseTimerNotRearmed', {}, (stage) => {
      const client = stage.client('worker');
      client.send(1);
      client.receiveOne();
      stage.world.pass(TIMEOUT);
      client.receive();
      stage.world.pass(10 * MINUTE);
      return client.receive().length;
    });
    expect({ mutant, sound }).toEqual({ mutant: 0, sound: 1 });
  });

  it('release-resets-count: the count begins anew', () => {
    const { mutant, sound } = compare('releaseResetsCount', {}, (stage) => {
      const client = stage.client('worker');
      client.send(1);
      client.change(client.receiveOne().handle, 0);
      return client.receiveOne().deliveryCount;
    });
    expect({ mutant, sound }).toEqual({ mutant: 1, sound: 2 });
  });

  it('one-delivery-too-many: delivered once more than the maximum receive count', () => {
    const { mutant, sound } = compare('oneDeliveryTooMany', dead, (stage) => {
      const client = stage.client('worker', ['jobs', 'dead']);
      client.send(1);
      let deliveries = 0;
      for (; client.counts(1)[0] === 0; deliveries++) {
        const [delivery] = client.receive();
        if (delivery === undefined) break;
        client.change(delivery.handle, 0);
      }
      return deliveries;
    });
    expect({ mutant, sound }).toEqual({ mutant: 3, sound: 2 });
  });

  it('dead-letter-on-timeout: moves without a receive', () => {
    const { mutant, sound } = compare('deadLetterOnTimeout', dead, (stage) => {
      const client = stage.client('worker', ['jobs', 'dead']);
      client.send(1);
      client.change(client.receiveOne().handle, 0);
      client.receiveOne();
      stage.world.pass(TIMEOUT);
      return [client.counts(0), client.counts(1)];
    });
    expect({ mutant, sound }).toEqual({ mutant: [[0, 0, 0], [1, 0, 0]], sound: [[1, 0, 0], [0, 0, 0]] });
  });

  it('dead-letter-copied-twice: a second copy is in the dead-letter queue', () => {
    const { mutant, sound } = compare('deadLetterCopiedTwice', dead, (stage) => {
      const client = stage.client('worker', ['jobs', 'dead']);
      client.send(1);
      for (let turn = 0; turn < 2; turn++) client.change(client.receiveOne().handle, 0);
      client.receive();
      return client.receive({ queue: 1 }).map(({ trace, deliveryCount }) => [trace, deliveryCount]);
    });
    expect({ mutant, sound }).toEqual({ mutant: [[1, 3], [1, 1]], sound: [[1, 3]] });
  });

  it('retention-forgets-in-flight: the counter stays up', () => {
    const queues = [{ name: 'jobs', settings: { retentionMicros: MINUTE, visibilityTimeoutMicros: HOUR } }];
    const { mutant, sound } = compare('retentionForgetsInFlight', { queues }, (stage) => {
      const client = stage.client('worker');
      client.send(1);
      client.receiveOne();
      stage.world.pass(MINUTE);
      return client.counts();
    });
    expect({ mutant, sound }).toEqual({ mutant: [0, 1, 0], sound: [0, 0, 0] });
  });
});
