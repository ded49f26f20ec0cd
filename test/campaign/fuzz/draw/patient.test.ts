import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FUZZ_MAX_EVENTS, Search } from '../../../../campaign/index.js';
import { patient } from '../../../../campaign/fuzz/draw/patient.js';
import { judgeScenario, loadScenario, type Scenario } from '../../../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, constant, MINUTE, SECOND } from '../../../scenarios/a-scenario.js';

const file = aScenario({ consumers: ['one', 'two', 'three'].map((name) => aConsumer(name)), durationMicros: 10 * MINUTE });
const impatient = (settings: Partial<Scenario> = {}): Scenario =>
  ({ ...file, consumers: file.consumers.map((consumer) => ({ ...consumer, waitTimeMicros: 0 })), ...settings });
const sendingFor = (micros: number): Pick<Scenario, 'producers'> => ({ producers: [aProducer({ messages: 10, interval: constant(micros / 10) })] });
const waits = (drawn: Scenario, original = file): (number | null)[] => patient(drawn, original).consumers.map(({ waitTimeMicros }) => waitTimeMicros);

describe('consumers that do not wait for messages', () => {
  it('are left to a run that is short', () => {
    const drawn = impatient(sendingFor(10 * SECOND));
    expect(patient(drawn, file)).toEqual(drawn);
  });

  it('wait a second in one that is long, all but as many as it can bear', () => {
    expect(waits(impatient(sendingFor(5 * MINUTE)))).toEqual([SECOND, SECOND, SECOND]);
    // Each asks five hundred times a second.
    expect(waits(impatient(sendingFor(25 * SECOND)))).toEqual([0, 0, SECOND]);
    expect(waits(impatient({ ...sendingFor(25 * SECOND), durationMicros: 30 * SECOND }))).toEqual([0, 0, 0]);
  });

  it('wait a second where faults or delays make the run long, or a slow network does not', () => {
    const late = { at: 5 * MINUTE, fault: 'pause', target: 'one', for: SECOND } as const;
    expect(waits(impatient({ ...sendingFor(SECOND), faults: [late] }))).toEqual([SECOND, SECOND, SECOND]);
    expect(waits(impatient({ producers: [aProducer({ messages: 1, delayMicros: 5 * MINUTE })] }))).toEqual([SECOND, SECOND, SECOND]);
    expect(waits(impatient({ ...sendingFor(5 * MINUTE), network: { ...file.network, latency: constant(50_000) } }))).toEqual([0, 0, 0]);
  });

  it('may begin late, and ask less often for it', () => {
    const drawn = impatient(sendingFor(5 * MINUTE));
    expect(waits({ ...drawn, consumers: drawn.consumers.map((consumer) => ({ ...consumer, startMicros: 9.5 * MINUTE })) })).toEqual([0, 0, 0]);
  });

  it('are left where the file has them', () => {
    const drawn = impatient(sendingFor(5 * MINUTE));
    expect(waits(drawn, { ...file, consumers: [{ ...file.consumers[1]!, waitTimeMicros: 0 }, file.consumers[2]!] })).toEqual([SECOND, 0, SECOND]);
  });

  it('leave enough for runs of minutes to be judged', { timeout: 60_000 }, () => {
    const search = new Search({ scenario: loadScenario(join(import.meta.dirname, '../../../../scenarios/attic.yaml')), strategy: 'swarm', baseSeed: '1' });
    const drawn = Array.from({ length: 14 }, () => search.draw()).filter(({ scenario }) => scenario.consumers.length > 10);
    expect(drawn.length).toBeGreaterThan(3);
    for (const { scenario, seed } of drawn) expect(judgeScenario(scenario, { seed, maxEvents: FUZZ_MAX_EVENTS }).run.limit, seed).toBeNull();
  });
});
