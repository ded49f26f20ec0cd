import { describe, expect, it } from 'vitest';
import { goodWith, mistakesOf, parse } from './given.js';

const withFault = (fault: string): string => goodWith('    fault: crash\n    target: worker-1\n', fault);

describe('errors of a service', () => {
  it('have a kind, a share, and requests that they are for', () => {
    const { faults } = parse(withFault('    fault: service-error\n    target: broker\n    error: unavailable\n    requests: send\n    probability: 20%\n    carriedOut: 50%\n'));
    expect(faults).toMatchObject([{ fault: 'service-error', target: 'broker', error: 'unavailable', requests: 'send', probability: 0.2, carriedOut: 0.5 }]);
  });

  it.each([
    ['at a client, to which nobody sends requests', '    fault: service-error\n    target: worker-1\n', 'QL_SCENARIO_CONFLICT\n  Nobody sends requests to "worker-1".'],
    ['an error that is none', '    fault: service-error\n    target: broker\n    error: "404"\n', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    ['more than all requests', '    fault: service-error\n    target: broker\n    probability: 120%\n', 'QL_SCENARIO_BAD_VALUE\n  "120%" is too large.'],
    ['requests that are none', '    fault: service-error\n    target: broker\n    requests: sends\n', 'Did you mean "send"?'],
  ])('are refused: %s', (_what, fault, message) => {
    expect(mistakesOf(withFault(fault))).toContain(message);
  });

  it('are refused where consumers are pushed to', () => {
    const rabbit = `personality: rabbitmq\n${withFault('    fault: service-error\n    target: broker\n')}`;
    expect(mistakesOf(rabbit)).toContain('QL_SCENARIO_CONFLICT\n  RabbitMQ does not answer requests one by one: this fault would strike nothing.');
  });
});
