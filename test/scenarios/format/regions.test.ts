import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../scenarios/index.js';
import { goodWith, mistakesOf, parse } from './given.js';

const withNetwork = (network: string): string => goodWith('queues:\n', `network:\n${network}queues:\n`);
const REGIONS = `  latency: 1ms
  regions: { eu: [broker, worker], us: web }
  routes:
    - { between: [us, eu], latency: 40ms }
    - { between: [eu, eu], latency: 2ms }
`;

describe('regions', () => {
  it('hold machines, numbered ones by one name, and have routes', () => {
    expect(parse(withNetwork(REGIONS)).network).toMatchObject({
      regions: [{ name: 'eu', machines: ['broker', 'worker-1', 'worker-2'] }, { name: 'us', machines: ['web'] }],
      routes: [{ between: ['us', 'eu'], latency: { kind: 'constant', value: 40_000 } }, { between: ['eu', 'eu'], latency: { kind: 'constant', value: 2_000 } }],
    });
  });

  it('make a send across the ocean take a round trip over it', () => {
    const near = runScenario({ ...parse(withNetwork('  latency: 1ms\n')), faults: [], durationMicros: 5_000_000 });
    const far = runScenario({ ...parse(withNetwork(REGIONS)), faults: [], durationMicros: 5_000_000 });
    const p50 = (run: typeof near): number => run.measures.latencies['send']?.p50Micros ?? 0;
    expect(p50(far) - p50(near)).toBeGreaterThan(2 * 38_000);
    expect(p50(far) - p50(near)).toBeLessThan(2 * 41_000);
    const delivery = (run: typeof near): number => run.measures.latencies['delivery']?.p50Micros ?? 0;
    expect(delivery(far) - delivery(near)).toBeLessThan(10_000);
  });

  it('leave a scenario without them as it was', () => {
    const plain = parse(goodWith('count: 2', 'count: 2'));
    expect(plain.network).not.toHaveProperty('regions');
  });

  it.each<[string, string, string]>([
    ['an unknown machine', '  regions: { eu: [brokr] }\n', '3:19: QL_SCENARIO_UNKNOWN_TARGET\n  There is no machine "brokr". Did you mean "broker"?'],
    ['a machine in two regions', '  regions: { eu: worker, us: [worker-2] }\n  routes: [{ between: [eu, us], latency: 1ms }]\n', 'QL_SCENARIO_CONFLICT\n  "worker-2" is already in the region "eu".'],
    ['an unknown region', '  regions: { eu: worker, us: web }\n  routes: [{ between: [eu, usa], latency: 1ms }, { between: [eu, us], latency: 1ms }]\n', 'QL_SCENARIO_UNKNOWN_REGION\n  There is no region "usa". Did you mean "us"?'],
    ['a route that is missing', '  regions: { eu: worker, us: web }\n', 'QL_SCENARIO_MISSING_KEY\n  It is not said how far it is between eu and us.'],
    ['a route twice', '  regions: { eu: worker, us: web }\n  routes: [{ between: [eu, us], latency: 1ms }, { between: [us, eu], latency: 2ms }]\n', 'QL_SCENARIO_CONFLICT\n  The route between eu and us is there twice.'],
    ['a route with one end', '  regions: { eu: worker }\n  routes: [{ between: [eu], latency: 1ms }]\n', 'QL_SCENARIO_'],
  ])('refuse %s', (_what, network, message) => {
    expect(mistakesOf(withNetwork(network))).toContain(message);
  });
});
