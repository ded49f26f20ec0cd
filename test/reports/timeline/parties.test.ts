import { expect, it } from 'vitest';
import { EventKind, type RawRow } from '../../../history/index.js';
import { partiesIn } from '../../../reports/timeline/parties.js';

const names = ['', 'shop-10', 'shop-2', 'worker-1', 'broker', 'shop-2+worker-1', 'orders', 'dead'];
const row = (kind: EventKind, actor: number, dest = 0): RawRow => ({ index: 0, kind, timeMicros: 0, actor, peer: 0, dest, message: 1, copy: 0, a: 0, b: 0, c: 0 });

it('machines stand by what they do, brokers and consumers first, and queues in the order in which they are named', () => {
  const rows = [
    row(EventKind.sendInvoke, 1, 7), row(EventKind.sendInvoke, 2, 6), row(EventKind.nodeStart, 3), row(EventKind.faultBegin, 5), row(EventKind.deliver, 3, 6),
    row(EventKind.ackInvoke, 3, 6), row(EventKind.nodeStart, 4), row(EventKind.accept, 4, 6),
  ];
  const { machines, queues } = partiesIn(rows, (id) => names[id]!);
  expect(machines.map((id) => names[id])).toEqual(['broker', 'worker-1', 'shop-2', 'shop-10']);
  expect(queues.map((id) => names[id])).toEqual(['dead', 'orders']);
});
