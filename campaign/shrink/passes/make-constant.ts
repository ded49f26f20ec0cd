import type { DistributionSpec, Scenario } from '../../../scenarios/index.js';
import { type Pass, tryEach } from '../pass.js';
import { withoutRegions } from '../parts.js';
import { medianOf } from '../median.js';

/** A round constant near the middle of a distribution. */
const constantOf = (spec: DistributionSpec): DistributionSpec => ({ kind: 'constant', value: medianOf(spec) });

type Change = (scenario: Scenario) => Scenario;

const singleChanges: readonly Change[] = [
  (scenario) => ({ ...scenario, network: { ...scenario.network, loss: 0 } }),
  (scenario) => ({ ...scenario, network: { ...scenario.network, latency: constantOf(scenario.network.latency) } }),
  (scenario) => {
    const { routes } = scenario.network;
    return routes === undefined ? scenario : { ...scenario, network: { ...scenario.network, routes: routes.map((route) => ({ ...route, latency: constantOf(route.latency) })) } };
  },
  ...(['writeLatency', 'syncLatency', 'readLatency'] as const).map((key): Change => (scenario) => ({
    ...scenario, broker: { ...scenario.broker, disk: { ...scenario.broker.disk, [key]: constantOf(scenario.broker.disk[key]) } },
  })),
];

/** Everything at once, then one after the other: what the network and the disk still draw. */
const CHANGES: readonly Change[] = [
  withoutRegions,
  (scenario) => singleChanges.reduce((changed, change) => change(changed), scenario),
  ...singleChanges,
];

export const makeConstant: Pass = {
  name: 'make latencies constant',
  run: (scenario, attempt) => tryEach(scenario, CHANGES, attempt, (smallest, change) => change(smallest)),
};
