import type { FaultDefinition } from './fault-definition.js';

export const bitRot: FaultDefinition = {
  kind: 'bit-rot',
  family: 'disk',
  targets: 'machine',
  duration: 'instant',
  doc: 'Flips bits of synced bytes. Reading again does not help, nor does a restart; writing over them does.',
  parameters: {
    bits: { unit: 'count', doc: 'How many bits.', default: 1, min: 1, max: 1_000_000 },
    file: { unit: 'text', doc: 'Only in files whose path begins so; empty for all.', default: '' },
  },
  begin({ machine, random, number, text }) {
    const prefix = text('file');
    let left = number('bits');
    while (left > 0 && machine.disk.rotBit(random, prefix)) left--;
    return null;
  },
};
