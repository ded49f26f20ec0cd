import type { DiskFaultRule, DiskOperationKind } from '../disk/index.js';
import type { FaultDefinition } from './fault-definition.js';

const OPERATIONS: Readonly<Record<string, readonly DiskOperationKind[]>> = {
  read: ['read'],
  write: ['write'],
  sync: ['sync'],
  all: ['read', 'write', 'sync'],
};

export const diskError: FaultDefinition = {
  kind: 'disk-error',
  family: 'disk',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Operations of the disk fail with EIO and change nothing: a failed sync leaves its data unsynced, and a later one may succeed.',
  parameters: {
    operation: {
      unit: 'choice',
      doc: 'Which operations: reads (open and list among them), writes (and all that changes names), syncs, or all.',
      choices: ['read', 'write', 'sync', 'all'],
      default: 'all',
    },
    probability: { unit: 'probability', doc: 'Of each operation.', default: 1, min: 0, max: 1 },
    count: { unit: 'count', doc: 'How many fail at most; 0 for no limit.', default: 0, min: 0 },
  },
  begin({ machine, random, number, text }) {
    const { faults } = machine.disk;
    const count = number('count');
    const rule: DiskFaultRule = {
      kind: 'error',
      operations: OPERATIONS[text('operation')]!,
      probability: number('probability'),
      random,
      left: count === 0 ? Infinity : count,
    };
    faults.add(rule);
    return () => faults.remove(rule);
  },
};
