import { describe, expect, it } from 'vitest';
import { overridesOf, parseAxis, pointsOf, StudyError } from '../../../campaign/index.js';

describe('a grid', () => {
  it('has a point for every combination, the last axis fastest', () => {
    const axes = [parseAxis('consumers.worker.concurrency=1,10'), parseAxis('broker.flush=always, interval')];
    expect(pointsOf(axes)).toEqual([['1', 'always'], ['1', 'interval'], ['10', 'always'], ['10', 'interval']]);
    expect(overridesOf(axes, ['10', 'always'])).toEqual(['consumers.worker.concurrency=10', 'broker.flush=always']);
  });

  it('leaves commas within brackets and quotes to their values', () => {
    expect(parseAxis('a.time=lognormal(p50: 20ms, p99: 200ms),5ms').values).toEqual(['lognormal(p50: 20ms, p99: 200ms)', '5ms']);
    expect(parseAxis('a={ kind: plain, time: 1ms },"x,y"').values).toEqual(['{ kind: plain, time: 1ms }', '"x,y"']);
  });

  it.each(['broker.flush', '=1,2', 'a=1,,2', 'a=1,1', 'a='])('%j is no axis', (text) => {
    expect(() => parseAxis(text)).toThrow(StudyError);
  });

  it('has limits', () => {
    const axis = parseAxis(`a=${Array.from({ length: 32 }, (_, n) => n).join(',')}`);
    expect(() => pointsOf([axis, { ...axis, path: 'b' }])).toThrow('1024 points');
    expect(() => pointsOf([axis, axis])).toThrow('given twice');
  });
});
