import type { DiskFaultRule } from '../disk/index.js';
import type { FaultDefinition } from './fault-definition.js';

export const misdirectedWrite: FaultDefinition = {
  kind: 'misdirected-write',
  family: 'disk',
  targets: 'machine',
  duration: 'lasting',
  doc: 'The data of a write lands, whole, at another place of the same file, and the intended place keeps its old bytes; both report success. A write for which the file has no other place is not struck.',
  parameters: {
    probability: { unit: 'probability', doc: 'Of each write.', default: 1, min: 0, max: 1 },
    count: { unit: 'count', doc: 'How many are misdirected at most; 0 for no limit.', default: 1, min: 0 },
  },
  begin({ machine, random, number }) {
    const { faults } = machine.disk;
    const count = number('count');
    const rule: DiskFaultRule = {
      kind: 'misdirection',
      probability: number('probability'),
      random,
      left: count === 0 ? Infinity : count,
    };
    faults.add(rule);
    return () => faults.remove(rule);
  },
};
