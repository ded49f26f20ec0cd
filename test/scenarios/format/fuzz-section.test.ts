import { describe, expect, it } from 'vitest';
import { DEFAULT_FUZZ } from '../../../scenarios/index.js';
import { GOOD, mistakesOf, parse } from './given.js';

const fuzz = (section: string): string => `${GOOD}fuzz:\n${section.split('\n').map((line) => `  ${line}`).join('\n')}\n`;

describe('the fuzz section', () => {
  it('left out, varies what the defaults vary', () => {
    expect(parse(GOOD).fuzz).toEqual(DEFAULT_FUZZ);
    expect(DEFAULT_FUZZ).toMatchObject({ messages: { least: 2, most: 80 }, delayMicros: { least: 0, most: 5_000_000 }, vary: [], faults: { forMicros: null } });
  });

  it('takes ranges with units, single values, and keep', () => {
    expect(parse(fuzz('size: 64B..1KiB\nfailure: 5%\nproducers: keep\nfaults: { count: 3, for: 1ms .. 2s, only: [process, bit-rot] }')).fuzz).toMatchObject({
      sizeBytes: { least: 64, most: 1024 }, failure: { least: 0.05, most: 0.05 }, producers: null,
      faults: { count: { least: 3, most: 3 }, forMicros: { least: 1_000, most: 2_000_000 }, only: ['process', 'bit-rot'] },
    });
  });

  it('makes of a range of a setting some values between its ends', () => {
    const vary = parse(fuzz('vary:\n  queues.orders.visibilityTimeout: 1s..100s\n  broker.flush: [always, never]\n  queues.orders.deadLetter.maxReceiveCount: 1..4')).fuzz!.vary;
    expect(vary).toEqual([
      { path: 'queues.orders.visibilityTimeout', values: ['1s', '3s', '6s', '16s', '40s', '1min 40s'] },
      { path: 'broker.flush', values: ['always', 'never'] },
      { path: 'queues.orders.deadLetter.maxReceiveCount', values: ['1', '2', '3', '4'] },
    ]);
  });

  it('is no setting of the experiment', () => {
    expect(parse(GOOD).settings.some(({ path }) => path.startsWith('fuzz'))).toBe(false);
  });

  it.each([
    ['size: 1KiB..64B', 'QL_SCENARIO_BAD_VALUE', 'ends before it begins'],
    ['failure: 0%..140%', 'QL_SCENARIO_BAD_VALUE', 'reaches too high'],
    ['delay: 1..5', 'QL_SCENARIO_BAD_UNIT', 'has no unit'],
    ['faults: { only: [proces] }', 'QL_SCENARIO_UNKNOWN_CHOICE', 'Did you mean "process"?'],
    ['vary: { queues.order.delay: [1s] }', 'QL_SCENARIO_UNKNOWN_KEY', 'Did you mean "queues.orders.delay"?'],
    ['vary: { broker.flush: sometimes }', 'QL_SCENARIO_BAD_VALUE', 'is no range'],
    ['vary: { broker.flush: [] }', 'QL_SCENARIO_WRONG_TYPE', 'A list cannot stand here'],
    ['knobs: {}', 'QL_SCENARIO_UNKNOWN_KEY', '"knobs" is not a key of fuzz'],
  ])('says what is wrong with %s', (section, code, words) => {
    const text = mistakesOf(fuzz(section));
    expect(text).toContain(code);
    expect(text).toContain(words);
  });
});
