import { expect, it } from 'vitest';
import { EventKind, type NameTable, type Recording, RecordingWindow } from '../../history/index.js';
import { GroupShares, MAX_GROUPS, NO_GROUP } from '../../measures/group-shares.js';
import { loadScenario, runScenario } from '../../scenarios/index.js';

/** A flood of one tenant beside four quiet ones, in a queue that is fair or not. */
function flooded(isFair: boolean) {
  let window: RecordingWindow | null = null;
  const scenario = loadScenario('scenarios/noisy-neighbour/with-fair-queue.yaml', {
    overrides: ['producers.noisy.messages=2000', 'producers.quiet.messages=60', 'producers.quiet.groups=4', 'producers.quiet.rate=10/s', 'producers.quiet.start=500ms', ...(isFair ? [] : ['queues.jobs.fair=false', 'expect=null'])],
  });
  const result = runScenario(scenario, { observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows: 1_000_000, aroundMicros: 0 }))] });
  return { groups: result.measures.groups!, recording: (window as unknown as RecordingWindow).recording() };
}

/** By group, what the rows say: messages placed, and the mean time from their acceptance to their first lease. */
function fromRows({ rows, names }: Recording): Map<string, { placed: number; waitMeanMicros: number }> {
  const acceptedAt = new Map<number, number>();
  const groupOf = new Map<number, string>();
  const waits = new Map<string, number[]>();
  for (const { kind, copy, peer, timeMicros } of rows) {
    if (kind === EventKind.accept) acceptedAt.set(copy, timeMicros);
    else if (kind === EventKind.place) groupOf.set(copy, names[peer]!);
    else if (kind === EventKind.leaseGrant && acceptedAt.has(copy)) {
      const group = groupOf.get(copy)!;
      waits.set(group, [...(waits.get(group) ?? []), timeMicros - acceptedAt.get(copy)!]);
      acceptedAt.delete(copy);
    }
  }
  return new Map([...waits].map(([group, all]) => [group, { placed: all.length, waitMeanMicros: all.reduce((sum, wait) => sum + wait, 0) / all.length }]));
}

it('are what the history says, and show that a fair queue spares the quiet groups', () => {
  const [fair, unfair] = [flooded(true), flooded(false)];
  for (const { groups, recording } of [fair, unfair]) {
    const expected = fromRows(recording);
    expect(groups).toHaveLength(5);
    for (const { queue, name, placed, received, acknowledged, waitMeanMicros, waitMaxMicros } of groups) {
      const row = expected.get(name)!;
      expect([queue, placed, received, acknowledged]).toEqual(['jobs', row.placed, row.placed, row.placed]);
      expect(waitMeanMicros).toBeCloseTo(row.waitMeanMicros, 3);
      expect(waitMaxMicros).toBeGreaterThanOrEqual(waitMeanMicros);
    }
  }
  const quietest = ({ groups }: typeof fair): number => Math.max(...groups.filter(({ name }) => name.startsWith('quiet')).map(({ waitMeanMicros }) => waitMeanMicros));
  expect(quietest(fair)).toBeLessThan(quietest(unfair) / 4);
});

it('are told apart up to a limit, and in each queue by itself', () => {
  const shares = new GroupShares();
  const [first, other] = [shares.placed(1, 7), shares.placed(2, 7)];
  expect([first, other, shares.placed(1, 7)]).toEqual([1, 2, 1]);
  for (let group = 10; group < 10 + MAX_GROUPS; group++) shares.placed(1, group);
  expect(shares.placed(1, 99_999)).toBe(NO_GROUP);
  shares.received(NO_GROUP, 5);
  shares.acknowledged(NO_GROUP);
  const result = shares.result(String);
  expect(result).toHaveLength(MAX_GROUPS);
  expect(result[0]).toEqual({ queue: '1', name: '7', placed: 2, received: 0, acknowledged: 0, waitMeanMicros: 0, waitMaxMicros: 0 });
});
