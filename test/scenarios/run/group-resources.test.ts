import { expect, it } from 'vitest';
import { busiestOf } from '../../../campaign/study/saturation.js';
import { bottleneck } from '../../../reports/words/parties.js';
import { EventKind, type NameTable, RecordingWindow } from '../../../history/index.js';
import { loadScenario, runScenario } from '../../../scenarios/index.js';

/** Few groups, of which one gets most, and more consumers than groups can keep busy. */
function skewed() {
  let window: RecordingWindow | null = null;
  const scenario = loadScenario('scenarios/fifo/ordering-per-key.yaml', {
    overrides: ['producers.shop.groups=6', 'producers.shop.groupChoice=zipf(2)', 'producers.shop.messages=1000', 'producers.shop.rate=100/s', 'expect=null'],
  });
  const result = runScenario(scenario, { observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows: 1_000_000, aroundMicros: 0 }))] });
  return { result, recording: (window as unknown as RecordingWindow).recording() };
}

it('the busiest message groups of a FIFO queue are resources, busy as long as a message of theirs is leased', () => {
  const { result, recording: { rows, names } } = skewed();
  const groups = result.measures.resources!.filter(({ kind }) => kind === 'group');
  expect(groups).toHaveLength(3);
  const groupOf = new Map<number, string>();
  const [leased, since, busy] = [new Map<string, Set<number>>(), new Map<string, number>(), new Map<string, number>()];
  for (const { kind, copy, peer, timeMicros } of rows) {
    if (kind === EventKind.place) groupOf.set(copy, names[peer]!);
    const group = groupOf.get(copy);
    if (group === undefined) continue;
    const held = leased.get(group) ?? new Set<number>();
    const before = held.size;
    if (kind === EventKind.leaseGrant) held.add(copy);
    else if (kind === EventKind.settle || kind === EventKind.leaseExpire || kind === EventKind.leaseRelease) held.delete(copy);
    leased.set(group, held);
    if (before === 0 && held.size === 1) since.set(group, timeMicros);
    if (before === 1 && held.size === 0) busy.set(group, (busy.get(group) ?? 0) + timeMicros - since.get(group)!);
  }
  for (const { name, busyMicros } of groups) expect(busyMicros, name).toBe(busy.get(name.replace('orders.fifo group ', '')));
  expect(groups[0]!.busyMicros).toBe(Math.max(...busy.values()));
  expect(result.measures.resources![0]).toBe(groups[0]);
  expect(bottleneck(result)).toMatch(/^The bottleneck is orders\.fifo group \S+: busy 9\d(\.\d)? % of the time\. Messages of one group are worked on in turn/);
  expect(busiestOf([result, result])[0]).toMatchObject({ name: 'busiest group of orders.fifo', kind: 'group', utilisation: groups[0]!.utilisation });
  expect(busiestOf([result]).filter(({ kind }) => kind === 'group')).toHaveLength(1);
});
