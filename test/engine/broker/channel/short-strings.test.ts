import { describe, expect, it } from 'vitest';
import { isShortString, utf8Bytes } from '../../../../engine/index.js';
import { ChannelStage } from './channel-stage.js';

const at = (bytes: number): string => 'x'.repeat(bytes);
/** One letter of two octets, and others of one. */
const umlautAt = (bytes: number): string => `ü${at(bytes - 2)}`;

describe('a short string', () => {
  it.each([['', 0], ['a', 1], ['ü', 2], ['€', 3], ['😀', 4], ['\ud83d', 3], ['aü€😀', 10]])('%j has %i octets', (text, bytes) => {
    expect(utf8Bytes(text)).toBe(bytes);
    if (!text.includes('\ud83d') || text.length > 1) expect(Buffer.byteLength(text)).toBe(bytes);
  });

  it('has 255 octets at most, however few its characters are', () => {
    for (const text of [at(255), umlautAt(255), '😀'.repeat(63)]) expect(isShortString(text)).toBe(true);
    for (const text of [at(256), umlautAt(256), '😀'.repeat(64)]) expect(isShortString(text)).toBe(false);
  });
});

describe('what is no short string closes the connection (502), and nothing has changed', () => {
  const operations: Readonly<Record<string, (text: string) => Parameters<ReturnType<ChannelStage['client']>['say']>[0]>> = {
    'an exchange': (text) => ({ operation: 'exchangeDeclare', name: text, type: 'topic' }),
    'an exchange that is deleted': (text) => ({ operation: 'exchangeDelete', name: text }),
    'a queue': (text) => ({ operation: 'queueDeclare', name: text, durable: true }),
    'a binding key': (text) => ({ operation: 'queueBind', source: 'amq.topic', destination: 'jobs', key: text }),
    'a binding key that is unbound': (text) => ({ operation: 'queueUnbind', source: 'amq.topic', destination: 'jobs', key: text }),
    'a routing key': (text) => ({ operation: 'publish', exchange: '', routingKey: text, properties: {}, body: new Uint8Array(1), trace: 1 }),
    'a consumer tag': (text) => ({ operation: 'consume', queue: 'jobs', tag: text }),
    'a consumer tag that is cancelled': (text) => ({ operation: 'cancel', tag: text }),
  };
  const saidOf = (operation: string, text: string) => {
    const stage = new ChannelStage();
    const hand = stage.client('hand');
    hand.queue('jobs');
    hand.say(operations[operation]!(text));
    return { stage, hand };
  };

  it.each(Object.keys(operations))('%s', (operation) => {
    expect(saidOf(operation, at(255)).hand.isOpen).toBe(true);
    expect(saidOf(operation, umlautAt(255)).hand.isOpen).toBe(true);
    for (const text of [at(256), umlautAt(256)]) {
      const { hand } = saidOf(operation, text);
      expect(hand.closedWith).toBe(502);
      expect(hand.isOpen).toBe(false);
      expect(hand.closedText).toContain('has 256 octets in UTF-8, and 255 is the most');
    }
  });

  it('no message is stored', () => {
    const { stage } = saidOf('a routing key', at(256));
    expect(stage.events.of('accept')).toEqual([]);
    expect(stage.events.of('unroutable')).toEqual([]);
  });
});
