import { afterAll, describe, expect, it } from 'vitest';
import { RunFaultError, shrink, ShrinkPool } from '../../../campaign/index.js';
import { InterruptedError, MAX_LOGGED_SENDS, WorkloadTooLargeError } from '../../../scenarios/index.js';
import { MUTANT_SCENARIOS } from '../../mutants/mutant-scenarios.js';
import { aConsumer, aProducer, aScenario, constant, DAY } from '../../scenarios/a-scenario.js';

const mutant = 'requeued-at-tail';
const small = aScenario({ producers: [aProducer({ messages: 3 })], consumers: [aConsumer('consumer-1')] });
const ask = { seed: '1', mutants: [] };
const noLimit = new ShrinkPool();
/** A run takes much longer than anyone waits: consumers poll for years. */
const slow = aScenario({ file: 'slow.yaml', producers: [aProducer({ messages: 3 })], consumers: [aConsumer('consumer-1')], durationMicros: 3_000 * DAY, stopWhenDone: false });

afterAll(() => noLimit.close());

describe('shrinking in a worker thread', { timeout: 120_000 }, () => {
  it('comes out as in this thread', async () => {
    const options = { mutants: [mutant], limits: { runs: 80 } };
    const [here, there] = [await shrink(MUTANT_SCENARIOS[mutant]!, options), await shrink(MUTANT_SCENARIOS[mutant]!, { ...options, runs: noLimit })];
    expect([there.yaml, there.runs, there.result.fingerprint]).toEqual([here.yaml, here.runs, here.result.fingerprint]);
  });

  it('ends a run that does not end in time: the first fails, and a candidate is lost alone', async () => {
    const strict = new ShrinkPool({ runMillis: 2_000 });
    const failure = await shrink(slow, { runs: strict }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RunFaultError);
    expect((failure as RunFaultError).message).toBe('The run of slow.yaml with seed 1 did not end within 2s of real time.');
    expect(await strict.judge(slow, { mutants: [] })).toBe('lost');
    expect((await strict.explicit(small, ask)).original.outcome).toBe('held');
    await strict.close();
  });

  it('ends a run at once when it is interrupted, and still runs the smallest whole', async () => {
    const interrupt = new AbortController();
    const pool = new ShrinkPool({ signal: interrupt.signal });
    const underWay = pool.judge(slow, { mutants: [] });
    setTimeout(() => interrupt.abort(), 1_000);
    expect(await underWay).toBe('lost');
    await expect(pool.explicit(slow, ask)).rejects.toThrow(InterruptedError);
    await expect(shrink(MUTANT_SCENARIOS[mutant]!, { mutants: [mutant], signal: interrupt.signal })).rejects.toThrow(InterruptedError);
    expect((await pool.whole(small, ask)).outcome).toBe('held');
    await pool.close();
  });

  it('verifies every run when it is asked to', async () => {
    const pool = new ShrinkPool({ verify: true });
    const options = { mutants: [mutant], limits: { runs: 20 } };
    expect((await shrink(MUTANT_SCENARIOS[mutant]!, { ...options, runs: pool })).yaml).toBe((await shrink(MUTANT_SCENARIOS[mutant]!, options)).yaml);
    await pool.close();
  });

  it('says when there is too much to write out, and what a run threw', async () => {
    const large = aScenario({ producers: [aProducer({ messages: MAX_LOGGED_SENDS + 1, interval: constant(1) })], consumers: [] });
    await expect(noLimit.explicit(large, ask)).rejects.toThrow(WorkloadTooLargeError);
    await expect(noLimit.explicit(small, { ...ask, mutants: ['no-such-mutant'] })).rejects.toMatchObject({ kind: 'threw', cause: { message: expect.stringContaining('no-such-mutant') as unknown } });
  });
});
