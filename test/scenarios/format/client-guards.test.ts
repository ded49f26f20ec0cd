import { describe, expect, it } from 'vitest';
import { goodWith, mistakesOf, parse } from './given.js';

const PRODUCER = '    rate: 10/s\n';
const CONSUMER = '    count: 2\n';
const producerWith = (line: string) => parse(goodWith(PRODUCER, `${PRODUCER}    ${line}\n`)).producers[0]!;

describe('how clients guard themselves', () => {
  it('and how long a message waits for a full request, is a duration', () => {
    expect(producerWith('start: 0s').lingerMicros).toBe(0);
    expect(producerWith('batchSize: 10, linger: 50ms'.replace(', ', '\n    ')).lingerMicros).toBe(50_000);
    expect(mistakesOf(goodWith(PRODUCER, `${PRODUCER}    linger: 5\n`))).toContain('QL_SCENARIO_');
  });

  it('is left out when nothing is said', () => {
    const { producers: [producer], consumers: [consumer] } = parse(goodWith(PRODUCER, PRODUCER));
    expect(producer).toMatchObject({ buffer: null, breaker: null, retry: { budget: null, throttledBaseMicros: null, retryOn: ['timeout', 'connection', 'service', 'throttling', 'nack'] } });
    expect(consumer).toMatchObject({ bufferSize: null });
  });

  it('has human units and defaults of its own', () => {
    expect(producerWith('breaker: { openFor: 5s }').breaker).toEqual({
      failureRate: 0.5, windowMicros: 10_000_000, minimum: 10, openMicros: 5_000_000, trials: 3, whenOpen: 'fail',
    });
    expect(producerWith('buffer: { messages: 100 }').buffer).toEqual({ maxMessages: 100, whenFull: 'block' });
    expect(producerWith('retry: { budget: {}, on: throttling }').retry).toMatchObject({ budget: { share: 0.2, burst: 100, timeoutCost: 1 }, retryOn: ['throttling'] });
    expect(producerWith('retry: { on: [nack, timeout] }').retry.retryOn).toEqual(['timeout', 'nack']);
  });

  it('takes what a mode of an SDK stands for, and what is said beside it goes first', () => {
    expect(producerWith('retry: { mode: standard }').retry).toEqual({
      timeoutMicros: 3_000_000, attempts: 3, backoffBaseMicros: 100_000, backoffCapMicros: 20_000_000, jitter: 'full', throttledBaseMicros: 500_000,
      retryOn: ['timeout', 'connection', 'service', 'throttling', 'nack'], budget: { share: 0.2, burst: 100, timeoutCost: 2 },
    });
    expect(producerWith('retry: { mode: adaptive }').retry).toMatchObject({ attempts: 3, budget: { burst: 100 }, pace: 'adaptive' });
    expect(producerWith('retry: { mode: adaptive, pace: none }').retry).not.toHaveProperty('pace');
    expect(producerWith('retry: { mode: legacy, attempts: 8 }').retry).toMatchObject({ attempts: 8, backoffBaseMicros: 1_000_000, budget: null });
  });

  it.each([
    [PRODUCER, 'retry: { mode: eager }', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    [PRODUCER, 'retry: { pace: cubic }', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    [PRODUCER, 'retry: { on: [timeouts] }', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    [PRODUCER, 'retry: { on: [[timeout]] }', 'QL_SCENARIO_WRONG_TYPE'],
    [PRODUCER, 'retry: { budget: { share: 120% } }', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'retry: { budget: { burst: 0 } }', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'retry: { budget: { timeoutCost: 0 } }', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'retry: { throttledBase: 1 }', 'QL_SCENARIO_'],
    [PRODUCER, 'breaker: { failureRate: 0% }', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'breaker: { window: 0s }', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'breaker: { trials: 0 }', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'breaker: { minimum: 0 }', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'breaker: { openFor: 0s }', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'breaker: { whenOpen: drop }', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    [PRODUCER, 'buffer: { messages: 0 }', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'buffer: { messages: 5, whenFull: drop }', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    [PRODUCER, 'buffer: {}', 'QL_SCENARIO_MISSING_KEY'],
    [CONSUMER, 'buffer: 0', 'QL_SCENARIO_BAD_VALUE'],
    [CONSUMER, 'groupOrder: auto', 'QL_SCENARIO_UNKNOWN_CHOICE'],
  ])('is refused with its place when it is wrong (%#)', (part, line, code) => {
    const text = mistakesOf(goodWith(part, `${part}    ${line}\n`));
    expect(text).toContain(code);
    expect(text).toContain('Expected ');
  });

  it('a buffer holds at least one batch', () => {
    expect(mistakesOf(goodWith(CONSUMER, `${CONSUMER}    batchSize: 10\n    buffer: 9\n`))).toContain('A batch of 10 does not fit into a buffer of 9.');
  });

  it.each(['mode: adaptive', 'pace: adaptive'])('retry: { %s } is for SQS: RabbitMQ throttles no requests', (line) => {
    const rabbit = `name: demo\npersonality: rabbitmq\nqueues: { orders: {} }\nproducers: { web: { queue: orders, rate: 1/s, retry: { ${line} } } }\n`;
    expect(mistakesOf(rabbit)).toContain('A client of RabbitMQ hears of no throttling that it could adapt to.');
  });

  it('a buffer of a consumer is a setting of SQS: RabbitMQ has prefetch', () => {
    const rabbit = 'name: demo\npersonality: rabbitmq\nqueues: { orders: {} }\nconsumers: { worker: { queue: orders, buffer: 10 } }\n';
    expect(mistakesOf(rabbit)).toContain('is a setting of SQS');
  });
});
