import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../scenarios/index.js';
import { parse } from '../format/given.js';

/** Ten messages with a format, of which no binding says the value, and ten without one. */
const scenario = (match: string) => parse(`
name: demo
personality: rabbitmq
duration: 5s
exchanges:
  images:
    type: headers
    alternate: others
    bindings: [{ queue: known, headers: { x-match: ${match}, format: null } }]
  others: { type: fanout, bindings: [{ queue: unknown }] }
queues: { known: {}, unknown: {} }
producers:
  camera: { exchange: images, headers: { format: png }, routingKey: '', interval: 10ms, messages: 10 }
  scanner: { exchange: images, headers: { colour: grey }, routingKey: '', interval: 10ms, messages: 10 }
consumers:
  one: { queue: known }
  two: { queue: unknown }
`);

describe('a binding with a header that has no value', () => {
  it.each(['all', 'any'])('takes the messages that have the header, whatever its value, where %s have to match', (match) => {
    const { measures, verdicts } = runScenario(scenario(match), { seed: '1' });
    const acknowledged = new Map(measures.queues!.map((queue) => [queue.name, queue.acknowledged]));
    expect([acknowledged.get('known'), acknowledged.get('unknown')]).toEqual([10, 10]);
    expect(verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });
});
