import { describe, expect, it } from 'vitest';
import { aRouter, bindQueue, reached, settingsOf } from './a-router.js';

const toExchange = (source: string, name: string, key = '') => ({ source, target: { kind: 'exchange' as const, name }, key, arguments: {} });
const toQueue = (source: string, name: string, key = '') => ({ source, target: { kind: 'queue' as const, name }, key, arguments: {} });
const refusal = (kind: string) => expect.objectContaining({ code: 'QL_EXCHANGE_ROUTING', kind });

describe('the default exchange', () => {
  it('leads to every queue by its name, and nowhere else', () => {
    const router = aRouter();
    router.addQueue('orders', 'orders');
    expect(reached(router, '', 'orders')).toEqual(['orders']);
    expect(reached(router, '', 'others')).toEqual([]);
  });

  it('cannot be declared, deleted or bound', () => {
    const router = aRouter();
    router.addQueue('q', 'q');
    expect(() => router.declare('', settingsOf('direct'))).toThrow(refusal('reserved'));
    expect(() => router.delete('', false)).toThrow(refusal('reserved'));
    expect(() => router.bind(toQueue('', 'q', 'k'))).toThrow(refusal('reserved'));
    expect(() => router.bind(toExchange('amq.topic', ''))).toThrow(refusal('reserved'));
  });
});

describe('declaring and deleting exchanges', () => {
  it('the same again changes nothing, another kind is turned down', () => {
    const router = aRouter();
    expect(router.declare('e', settingsOf('direct'))).toBe(true);
    bindQueue(router, 'e', 'q', 'k');
    expect(router.declare('e', settingsOf('direct'))).toBe(false);
    expect(reached(router, 'e', 'k')).toEqual(['q']);
    expect(() => router.declare('e', settingsOf('fanout'))).toThrow(refusal('inequivalent'));
    expect(() => router.declare('e', settingsOf('direct', { alternateExchange: 'other' }))).toThrow(refusal('inequivalent'));
  });

  it("the broker's own names are its own", () => {
    const router = aRouter();
    expect(() => router.declare('amq.mine', settingsOf('direct'))).toThrow(refusal('reserved'));
    expect(router.declare('amq.topic', settingsOf('topic'))).toBe(false);
    expect(() => router.delete('amq.topic', false)).toThrow(refusal('reserved'));
  });

  it('deleting takes the bindings along, and is done once', () => {
    const router = aRouter();
    router.declare('from', settingsOf('fanout'));
    router.declare('to', settingsOf('fanout'));
    bindQueue(router, 'to', 'q');
    router.bind(toExchange('from', 'to'));
    expect(() => router.delete('to', true)).toThrow(refusal('in-use'));
    router.delete('to', false);
    router.delete('to', false);
    expect(router.exchange('from')?.bindingCount).toBe(0);
    expect(reached(router, 'from', '')).toEqual([]);
    expect(() => reached(router, 'to', '')).toThrow(refusal('exchange-not-found'));
  });

  it('one that lives by its bindings goes with the last of them, and takes others of its kind along', () => {
    const router = aRouter();
    router.declare('first', settingsOf('fanout', { autoDelete: true }));
    router.declare('second', settingsOf('fanout', { autoDelete: true }));
    router.bind(toExchange('first', 'second'));
    bindQueue(router, 'second', 'q1');
    bindQueue(router, 'second', 'q2');
    router.unbind(toQueue('second', 'q1'));
    expect(reached(router, 'first', '')).toEqual(['q2']);
    router.removeQueue('q2');
    expect(router.exchange('second')).toBeNull();
    expect(router.exchange('first')).toBeNull();
  });
});

describe('binding', () => {
  it('needs both ends', () => {
    const router = aRouter();
    router.addQueue('q', 'q');
    router.declare('e', settingsOf('direct'));
    expect(() => router.bind(toQueue('nowhere', 'q'))).toThrow(refusal('exchange-not-found'));
    expect(() => router.bind(toQueue('e', 'nothing'))).toThrow(refusal('queue-not-found'));
    expect(() => router.bind(toExchange('e', 'nowhere'))).toThrow(refusal('exchange-not-found'));
  });

  it('is there once, however often it is made', () => {
    const router = aRouter();
    router.declare('e', settingsOf('direct'));
    router.addQueue('q', 'q');
    expect(router.bind(toQueue('e', 'q', 'k'))).toBe(true);
    expect(router.bind(toQueue('e', 'q', 'k'))).toBe(false);
    router.unbind(toQueue('e', 'q', 'k'));
    router.unbind(toQueue('e', 'q', 'k'));
    expect(reached(router, 'e', 'k')).toEqual([]);
  });
});

describe('routing', () => {
  it('delivers one copy to a queue that several bindings lead to', () => {
    const router = aRouter();
    router.declare('t', settingsOf('topic'));
    bindQueue(router, 't', 'q', 'a.*');
    router.bind(toQueue('t', 'q', '#'));
    expect(reached(router, 't', 'a.b')).toEqual(['q']);
  });

  it('goes through exchanges that are bound to each other, round in a circle too', () => {
    const router = aRouter();
    for (const name of ['one', 'two', 'three']) router.declare(name, settingsOf('fanout'));
    router.bind(toExchange('one', 'two'));
    router.bind(toExchange('two', 'three'));
    router.bind(toExchange('three', 'one'));
    bindQueue(router, 'one', 'q1');
    bindQueue(router, 'three', 'q3');
    expect(reached(router, 'two', '')).toEqual(['q1', 'q3']);
  });

  it('follows every key of a message that has several', () => {
    const router = aRouter();
    router.declare('d', settingsOf('direct'));
    bindQueue(router, 'd', 'q1', 'one');
    bindQueue(router, 'd', 'q2', 'two');
    expect(reached(router, 'd', ['one', 'two', 'three'])).toEqual(['q1', 'q2']);
  });

  it('tells an exchange that is not there, and one that is for exchanges only', () => {
    const router = aRouter();
    router.declare('inner', settingsOf('fanout', { internal: true }));
    router.declare('outer', settingsOf('fanout'));
    router.bind(toExchange('outer', 'inner'));
    bindQueue(router, 'inner', 'q');
    expect(() => reached(router, 'nowhere', '')).toThrow(refusal('exchange-not-found'));
    expect(() => reached(router, 'inner', '')).toThrow(refusal('internal'));
    expect(reached(router, 'outer', '')).toEqual(['q']);
  });
});

describe('an alternate exchange', () => {
  it('gets what no binding matches, and only that', () => {
    const router = aRouter();
    router.declare('rest', settingsOf('fanout'));
    router.declare('d', settingsOf('direct', { alternateExchange: 'rest' }));
    bindQueue(router, 'd', 'known', 'k');
    bindQueue(router, 'rest', 'unknown');
    expect(reached(router, 'd', 'k')).toEqual(['known']);
    expect(reached(router, 'd', 'other')).toEqual(['unknown']);
  });

  it('is not asked when another exchange matched, though nothing came of it', () => {
    const router = aRouter();
    router.declare('rest', settingsOf('fanout'));
    router.declare('empty', settingsOf('fanout'));
    router.declare('d', settingsOf('direct', { alternateExchange: 'rest' }));
    router.bind(toExchange('d', 'empty', 'k'));
    bindQueue(router, 'rest', 'unknown');
    expect(reached(router, 'd', 'k')).toEqual([]);
  });

  it('need not be there, and may name itself', () => {
    const router = aRouter();
    router.declare('lost', settingsOf('direct', { alternateExchange: 'nowhere' }));
    router.declare('self', settingsOf('direct', { alternateExchange: 'self' }));
    expect(reached(router, 'lost', 'k')).toEqual([]);
    expect(reached(router, 'self', 'k')).toEqual([]);
  });
});
