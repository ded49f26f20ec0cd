import { describe, expect, it } from 'vitest';
import { toldSteps } from '../../../reports/words/told-steps.js';

const story = (length: number) => Array.from({ length }, (_, index) => ({ atMicros: index, event: 'deliver', actor: 'worker', text: `step ${index}` }));
const told = (length: number, most: number, breach: number): (number | string)[] => toldSteps(story(length), most, breach).map((step) => (typeof step === 'number' ? step : step.text.slice(5)));

describe('a long story', () => {
  it('is told whole when it is short enough', () => {
    expect(toldSteps(story(12), 12, 3)).toEqual(story(12));
  });

  it('is told from its beginning, with what led to the breach, and to its end', () => {
    expect(told(100, 12, 50)).toEqual(['0', '1', '2', '3', 41, '45', '46', '47', '48', '49', '50', 47, '98', '99']);
  });

  it.each([0, 5, 97, 99, 1000])('never has more or fewer steps than it may, and the breach among them (at %d)', (breach) => {
    const steps = toldSteps(story(100), 12, breach);
    expect(steps.filter((step) => typeof step !== 'number')).toHaveLength(12);
    expect(steps.reduce<number>((sum, step) => sum + (typeof step === 'number' ? step : 1), 0)).toBe(100);
    expect(steps).toContainEqual(expect.objectContaining({ atMicros: Math.min(breach, 99) }));
  });
});
