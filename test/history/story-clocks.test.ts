import { describe, expect, it } from 'vitest';
import { clockWords, EventKind } from '../../history/index.js';
import type { RawRow } from '../../history/event-row.js';
import { StoryState } from '../../history/story-state.js';

const names = ['', 'consumer-2', 'broker', 'clock-jump', 'clock-drift', 'clock-strobe', 'pause'];
const nameOf = (id: number): string => names[id] ?? '';
const second = 1_000_000;

/** What the story knows of clocks after faults: [kind, seconds, machine, name of the fault, shift]. */
function words(faults: readonly (readonly ['faultBegin' | 'faultEnd', number, string, string, number])[], machine: string, seconds: number): string | null {
  const state = new StoryState(nameOf);
  for (const [kind, at, actor, fault, c] of faults) {
    const row: RawRow = { index: 0, kind: EventKind[kind], timeMicros: at * second, actor: names.indexOf(actor), peer: 0, dest: 0, message: 0, copy: 0, a: 0, b: names.indexOf(fault), c };
    state.apply(row);
  }
  return clockWords(machine, seconds * second, { state, nameOf });
}

describe('the clock of a machine', () => {
  it.each([
    ["consumer-2's clock ran 40ms ahead", [['faultBegin', 1, 'consumer-2', 'clock-jump', 40_000]], 30],
    ["consumer-2's clock ran 2s behind", [['faultBegin', 1, 'consumer-2', 'clock-jump', -2 * second]], 30],
    ["consumer-2's clock ran 1s ahead", [['faultBegin', 10, 'consumer-2', 'clock-drift', 50_000]], 30],
    ["consumer-2's clock ran 500ms behind", [['faultBegin', 10, 'consumer-2', 'clock-drift', 50_000], ['faultBegin', 11, 'consumer-2', 'clock-jump', -1_500_000]], 30],
    ["consumer-2's clock was thrown 4s ahead and right again, over and over", [['faultBegin', 1, 'consumer-2', 'clock-strobe', 4 * second]], 30],
  ] as const)('is told: %s', (told, faults, seconds) => {
    expect(words(faults, 'consumer-2', seconds)).toBe(told);
  });

  it('is right when the fault is over, is that of another machine, is too small, or is none of clocks', () => {
    expect(words([['faultBegin', 1, 'consumer-2', 'clock-jump', 40_000], ['faultEnd', 5, 'consumer-2', 'clock-jump', 40_000]], 'consumer-2', 30)).toBeNull();
    expect(words([['faultBegin', 1, 'broker', 'clock-jump', 40_000]], 'consumer-2', 30)).toBeNull();
    expect(words([['faultBegin', 1, 'consumer-2', 'clock-jump', 999]], 'consumer-2', 30)).toBeNull();
    expect(words([['faultBegin', 1, 'consumer-2', 'pause', 0]], 'consumer-2', 30)).toBeNull();
  });
});
