import type { Configuration, SendFate } from './configuration.js';

const KEPT = 'kept';
const LOST = 'may-be-lost';
const NONE = 'not-applicable';
const OPEN = 'not-stated';

type Fates = readonly [crash: SendFate, powerLoss: SendFate, destroyed: SendFate, totalPowerLoss: SendFate, leaderPartitioned: SendFate];

function row(system: string, setting: string, [crash, powerLoss, destroyed, total, partitioned]: Fates): Configuration {
  const fates = {
    crash, 'power-loss': powerLoss, 'failed-sync': OPEN, 'disk-replaced': destroyed, corruption: OPEN, 'total-power-loss': total, 'leader-partitioned': partitioned,
  } as const;
  return { system, setting, fates };
}

/**
 * What is known of systems and clusters that queuelab does not run yet, by the faults that strike them: a process, the power of one node, one node
 * for good, the power of all, the leader's links. No run is judged by these rows.
 */
export const REFERENCE_CONFIGURATIONS: readonly Configuration[] = [
  row('Amazon SQS', 'standard or FIFO, three availability zones', [KEPT, KEPT, KEPT, KEPT, KEPT]),
  row('RabbitMQ classic queue in a cluster', 'durable, persistent, confirms', [KEPT, LOST, LOST, LOST, { dependsOn: 'no-metadata-merge' }]),
  row('RabbitMQ quorum queue', 'three members, confirms', [KEPT, KEPT, KEPT, { dependsOn: 'synced-before-confirm' }, KEPT]),
  row('RabbitMQ stream', 'three members, confirms', [KEPT, KEPT, KEPT, LOST, KEPT]),
  row('Kafka', 'acks=0', [LOST, LOST, LOST, LOST, LOST]),
  row('Kafka', 'acks=1', [{ dependsOn: 'no-other-leader' }, LOST, LOST, LOST, LOST]),
  row('Kafka', 'acks=all, RF 3, min.insync.replicas=2, clean election', [KEPT, { dependsOn: 'not-last-replica-standing' }, KEPT, LOST, KEPT]),
  row('Kafka', 'acks=all, min.insync.replicas=1 (the default)', [
    { dependsOn: 'another-in-sync-replica' }, { dependsOn: 'another-in-sync-replica' }, LOST, LOST, { dependsOn: 'another-in-sync-replica' },
  ]),
  row('Kafka', 'unclean.leader.election.enable=true', [LOST, LOST, LOST, LOST, LOST]),
  row('Redis', 'no append-only file', [LOST, LOST, LOST, LOST, LOST]),
  row('Redis', 'one node, appendfsync everysec', [KEPT, { dependsOn: 'synced-within-a-second' }, LOST, LOST, NONE]),
  row('Redis', 'one node, appendfsync always', [KEPT, KEPT, LOST, KEPT, NONE]),
  row('Redis', 'asynchronous replica and Sentinel', [{ dependsOn: 'replicated-before-failover' }, LOST, LOST, LOST, LOST]),
  row('Redis', 'WAIT 1', [{ dependsOn: 'replicated-before-failover' }, LOST, LOST, LOST, LOST]),
  row('Redis', 'WAITAOF 1 all', [KEPT, KEPT, { dependsOn: 'replicated-before-failover' }, KEPT, LOST]),
];
