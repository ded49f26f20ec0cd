import { describe, expect, it } from 'vitest';
import { errorOf, parse } from './given.js';

const at = (bytes: number): string => `ü${'x'.repeat(bytes - 2)}`;

const file = ({ binding = 'a', routing = 'a', letters = 'a', policy = 'a' }): string => `name: demo
personality: rabbitmq
exchanges:
  in: { type: topic, bindings: [{ queue: jobs, key: ${binding} }] }
queues:
  jobs: { deadLetterExchange: in, deadLetterRoutingKey: ${letters} }
policies:
  p: { pattern: jobs, deadLetterRoutingKey: ${policy} }
producers:
  web: { exchange: in, rate: 1/s, routingKey: [b, ${routing}] }
`;

describe('what AMQP says in short strings has 255 octets at most, and not characters', () => {
  it.each([['binding', 4], ['routing', 10], ['letters', 6], ['policy', 8]] as const)('the %s key', (which, line) => {
    expect(() => parse(file({ [which]: at(255) }))).not.toThrow();
    const text = errorOf(() => parse(file({ [which]: at(256) }))).message;
    expect(text).toContain('has 256 octets in UTF-8');
    expect(text).toContain('at most 255 (a short string of AMQP)');
    expect(text).toMatch(new RegExp(`demo\\.yaml:${line}:\\d+`));
  });
});
