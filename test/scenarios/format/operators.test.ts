import { describe, expect, it } from 'vitest';
import { errorOf, GOOD, mistakesOf, parse } from './given.js';

const withOperator = (text: string): string => `${GOOD}operators:\n  on-call:\n${text.split('\n').map((line) => `    ${line}`).join('\n')}\n`;
const codes = (text: string): string[] => errorOf(() => parse(withOperator(text))).problems.map(({ code }) => code);

describe('operators in a scenario', () => {
  it('are what the runner takes', () => {
    const { operators } = parse(withOperator(`\
watch: { queue: orders-dead, atLeast: 5 }
actions:
  - { afterAlert: 2min, do: redrive, queue: orders-dead, rate: 20 }
  - { at: 10s, do: configure, queue: orders, visibilityTimeout: 1min, retention: 1d }
  - { at: 20s, do: purge, queue: orders }
  - { at: 30s, do: cancel-redrive, queue: orders-dead }`));
    expect(operators).toEqual([{
      name: 'on-call', watch: { queue: 'orders-dead', atLeast: 5, everyMicros: 10_000_000 },
      actions: [
        { time: { kind: 'afterAlert', micros: 120_000_000 }, action: { kind: 'redrive', queue: 'orders-dead', to: null, ratePerSecond: 20 } },
        {
          time: { kind: 'at', micros: 10_000_000 },
          action: { kind: 'configure', queue: 'orders', attributes: { VisibilityTimeout: '60', MessageRetentionPeriod: '86400' } },
        },
        { time: { kind: 'at', micros: 20_000_000 }, action: { kind: 'purge', queue: 'orders' } },
        { time: { kind: 'at', micros: 30_000_000 }, action: { kind: 'cancelRedrive', queue: 'orders-dead' } },
      ],
      retry: { timeoutMicros: 3_000_000, attempts: 3, backoffBaseMicros: 100_000, backoffCapMicros: 20_000_000, jitter: 'full' },
    }]);
  });

  it('are absent from a scenario without', () => expect(parse(GOOD)).not.toHaveProperty('operators'));

  it('a mistake is shown with its place', () => {
    expect(mistakesOf(withOperator('actions:\n  - { at: 10s, do: redrive, queue: orders }'))).toBe(`\
demo.yaml:27:40: QL_SCENARIO_CONFLICT
  "orders" is the dead-letter queue of no queue, so nothing can be moved back from it.
      25 |   on-call:
      26 |     actions:
    > 27 |       - { at: 10s, do: redrive, queue: orders }
         |                                        ^^^^^^
  Expected a queue that some \`deadLetter\` names.`);
  });

  it.each([
    ['an unknown queue', 'actions: [{ at: 1s, do: purge, queue: order }]', 'QL_SCENARIO_UNKNOWN_QUEUE'],
    ['an unknown target', 'actions: [{ at: 1s, do: redrive, queue: orders-dead, to: order }]', 'QL_SCENARIO_UNKNOWN_QUEUE'],
    ['a redrive to cancel of a queue that has none', 'actions: [{ at: 1s, do: cancel-redrive, queue: orders }]', 'QL_SCENARIO_CONFLICT'],
    ['an unknown queue to watch', 'watch: { queue: order, atLeast: 1 }', 'QL_SCENARIO_UNKNOWN_QUEUE'],
    ['no time', 'actions: [{ do: purge, queue: orders }]', 'QL_SCENARIO_MISSING_KEY'],
    ['two times', 'watch: { queue: orders, atLeast: 1 }\nactions: [{ at: 1s, afterAlert: 1s, do: purge, queue: orders }]', 'QL_SCENARIO_CONFLICT'],
    ['an alert that nobody raises', 'actions: [{ afterAlert: 1s, do: purge, queue: orders }]', 'QL_SCENARIO_CONFLICT'],
    ['a time after the end', 'actions: [{ at: 2min, do: purge, queue: orders }]', 'QL_SCENARIO_BAD_VALUE'],
    ['settings that are none', 'actions: [{ at: 1s, do: configure, queue: orders }]', 'QL_SCENARIO_MISSING_KEY'],
    ['half a second', 'actions: [{ at: 1s, do: configure, queue: orders, delay: 500ms }]', 'QL_SCENARIO_BAD_VALUE'],
    ['a rate beyond 500', 'actions: [{ at: 1s, do: redrive, queue: orders-dead, rate: 501 }]', 'QL_SCENARIO_BAD_VALUE'],
    ['a depth of 0', 'watch: { queue: orders, atLeast: 0 }', 'QL_SCENARIO_BAD_VALUE'],
  ])('%s is a mistake', (_, text, code) => expect(codes(text)).toEqual([code]));

  it('do in RabbitMQ what RabbitMQ can', () => {
    const text = 'name: r\npersonality: rabbitmq\nqueues: { q: {} }\noperators: { on-call: { actions: [{ at: 1s, do: purge, queue: q }, { at: 1s, do: configure, queue: q, delay: 1s }, { at: 1s, do: cancel-redrive, queue: q }] } }\n';
    expect(errorOf(() => parse(text)).problems.map(({ code }) => code)).toEqual(['QL_SCENARIO_CONFLICT', 'QL_SCENARIO_CONFLICT', 'QL_SCENARIO_CONFLICT']);
  });
});
