import { describe, expect, it } from 'vitest';
import { NothingToShrinkError, RunsHere, shrink, type ShrinkRuns } from '../../../campaign/index.js';
import { runScenario, type Scenario } from '../../../scenarios/index.js';
import { MUTANT_SCENARIOS } from '../../mutants/mutant-scenarios.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { parse } from '../../scenarios/format/given.js';

/** What the file says when it is run: with the bug, and without. */
function verdictsOf(yaml: string, invariant: string, mutant: string): (string | undefined)[] {
  const scenario = parse(yaml);
  return [[mutant], []].map((mutants) => runScenario(scenario, { mutants }).verdicts.find((verdict) => verdict.invariant === invariant)?.verdict);
}

/** A power loss that matters, among faults that do not. */
const lossy = (): Scenario => {
  const base = MUTANT_SCENARIOS['reply-before-durable']!;
  return {
    ...base,
    producers: [aProducer({ interval: constant(MILLISECOND), messages: 1100 }), aProducer({ name: 'other', startMicros: 3 * SECOND, messages: 40 })],
    faults: [
      { at: 100 * MILLISECOND, fault: 'pause', target: 'consumer-1', for: SECOND, every: 500 * MILLISECOND, times: 4 },
      { at: 4 * SECOND, fault: 'packet-loss', target: 'broker', for: SECOND },
      { at: SECOND, fault: 'power-loss', target: 'broker', for: SECOND },
      { at: 3 * SECOND, fault: 'clock-jump', target: 'consumer-2', by: SECOND },
    ],
  };
};

/** The runs of this thread, whose candidates are judged in a way of their own. */
function judging(judge: (here: RunsHere) => ShrinkRuns['judge']): ShrinkRuns {
  const here = new RunsHere();
  return { explicit: (...asked) => here.explicit(...asked), judge: judge(here), whole: (...asked) => here.whole(...asked) };
}

describe('shrinking', () => {
  it('finds the one fault and the few messages that break the promise, and writes a file that says so', async () => {
    const { yaml, before, after, result, stopped } = await shrink(lossy(), { mutants: ['reply-before-durable'] });
    expect(before).toMatchObject({ faults: 7, machines: 5 });
    expect(after.faults).toBe(1);
    expect(after.messages).toBeLessThanOrEqual(3);
    expect(after.machines).toBeLessThanOrEqual(3);
    expect(stopped).toBeNull();
    expect(yaml).toContain('# Broken promise acked-send-not-lost');
    expect(yaml).toMatch(/# Broker is without power for [^:]*: what was not synced may be lost\. After that, broker/);
    expect(parse(yaml).expect.promises).toMatchObject([{ invariant: 'acked-send-not-lost', verdict: 'holds' }]);
    expect(runScenario(parse(yaml), { mutants: ['reply-before-durable'] }).fingerprint).toBe(result.fingerprint);
    const again = await shrink(parse(yaml), { mutants: ['reply-before-durable'] });
    expect(again.result.fingerprint, again.yaml).toBe(result.fingerprint);
  }, 120_000);

  it.each([
    ['acknowledge-after-work', 'at-most-once-effects', 1], ['dead-letter-on-timeout', 'dlq-exact-trigger', 1],
  ])('leaves of %s a file that fails with the bug and holds without', async (mutant, invariant, messages) => {
    const { yaml, after } = await shrink(MUTANT_SCENARIOS[mutant]!, { mutants: [mutant] });
    expect(after).toMatchObject({ faults: 0, messages });
    expect(verdictsOf(yaml, invariant, mutant)).toEqual(['violated', 'holds']);
  }, 120_000);

  it('keeps the breach of the promise that is asked for, though another is broken before it', async () => {
    const mutants = ['reply-before-durable', 'scribble-body'];
    const first = await shrink(lossy(), { mutants });
    expect(first.failure.invariant).toBe('acked-send-not-lost');
    const { failure, result, yaml } = await shrink(lossy(), { mutants, promise: 'no-phantom' });
    expect(failure.invariant).toBe('no-phantom');
    expect(result.verdicts.find(({ invariant }) => invariant === 'no-phantom')).toMatchObject({ verdict: 'violated', met: false });
    expect(yaml).toContain('# Broken promise no-phantom');
    await expect(shrink(lossy(), { mutants, promise: 'message-ledger' })).rejects.toThrow('The run keeps message-ledger: there is nothing to make smaller.');
  }, 120_000);

  it('keeps of those that stay dead when faults stop the one that it takes, and writes down how it died', async () => {
    const scenario = aScenario({
      heal: 'core', stopWhenDone: false, durationMicros: 5 * SECOND, drainMicros: 60 * SECOND, producers: [aProducer()],
      queues: [aQueue('orders', { visibilityTimeoutMicros: 5 * SECOND })],
      consumers: ['one', 'two', 'three', 'four', 'five'].map((name) => aConsumer(name, { handler: { time: constant(100 * MILLISECOND) } })),
    });
    const options = { mutants: ['waiter-not-woken'] };
    expect(runScenario(scenario, options).run.dead).toHaveLength(2);
    const { scenario: smallest, yaml, after } = await shrink(scenario, options);
    expect(smallest.dead).toHaveLength(1);
    expect(after.faults).toBe(1);
    expect(parse(yaml).dead).toEqual(smallest.dead);
    expect(yaml).toContain(`# When faults stop, ${smallest.dead![0]!.machine} stays dead for good: `);
    expect(verdictsOf(yaml, 'lease-expiry-live', 'waiter-not-woken')).toEqual(['violated', 'holds']);
  }, 120_000);

  it('lowers a limit that has to be reached, so that few messages reach it', async () => {
    const { after, yaml } = await shrink(MUTANT_SCENARIOS['length-limit-off-by-one']!, { mutants: ['length-limit-off-by-one'] });
    expect(after.messages).toBeLessThanOrEqual(4);
    expect(verdictsOf(yaml, 'maxlen-ready', 'length-limit-off-by-one')).toEqual(['violated', 'holds']);
  }, 120_000);

  it('moves a crash that has to strike between two steps along with them', async () => {
    const { after, before } = await shrink(MUTANT_SCENARIOS['dead-letter-in-two-steps']!, { mutants: ['dead-letter-in-two-steps'] });
    expect(before.messages).toBeGreaterThan(10);
    expect(after.faults).toBe(1);
    expect(after.messages).toBeLessThanOrEqual(2);
  }, 120_000);

  it('abandons a candidate that goes on for longer than what it was made of', async () => {
    const events: number[] = [];
    const caps: number[] = [];
    await shrink(MUTANT_SCENARIOS['requeued-at-tail']!, {
      mutants: ['requeued-at-tail'], limits: { runs: 60 },
      runs: judging((here) => (scenario, options) => {
        caps.push(options.maxEvents ?? Infinity);
        const judged = here.judge(scenario, options);
        if (judged !== null) events.push(judged.outcome.run.events);
        return judged;
      }),
    });
    // What is made smaller is known to end.
    expect(caps[0]).toBe(Infinity);
    expect(Math.min(...caps)).toBeLessThan(caps[1]!);
    expect(caps.every((cap, index) => index === 0 || cap <= caps[index - 1]!)).toBe(true);
    expect(events.length).toBeGreaterThan(10);
  }, 60_000);

  it('takes what was lost with its thread for no smaller, and stops at the third', async () => {
    const lostAt = (which: (count: number) => boolean): Parameters<typeof shrink>[1] => {
      let count = 0;
      return { mutants: ['requeued-at-tail'], runs: judging((here) => (...asked) => (which(count += 1) ? 'lost' : here.judge(...asked))) };
    };
    const [whole, some, many] = [
      await shrink(MUTANT_SCENARIOS['requeued-at-tail']!, lostAt(() => false)), await shrink(MUTANT_SCENARIOS['requeued-at-tail']!, lostAt((count) => count === 3 || count === 5)),
      await shrink(MUTANT_SCENARIOS['requeued-at-tail']!, lostAt((count) => count > 5)),
    ];
    expect([whole.stopped, some.stopped, many.stopped, many.runs]).toEqual([null, null, 'lost-runs', 9]);
    expect(some.after.messages).toBe(whole.after.messages);
    expect(many.after.messages).toBeGreaterThan(whole.after.messages);
  }, 60_000);

  it('gives the same file every time, also when it may run only so often', async () => {
    const options = { mutants: ['acknowledge-after-work'], limits: { runs: 30 } };
    const [one, other] = [await shrink(MUTANT_SCENARIOS['acknowledge-after-work']!, options), await shrink(MUTANT_SCENARIOS['acknowledge-after-work']!, options)];
    expect([one.stopped, one.runs]).toEqual(['runs', 30]);
    expect(one.yaml).toBe(other.yaml);
  }, 60_000);

  it('ends with what it has when it is interrupted', async () => {
    const controller = new AbortController();
    const outcome = await shrink(MUTANT_SCENARIOS['acknowledge-after-work']!, {
      mutants: ['acknowledge-after-work'], signal: controller.signal, onProgress: ({ runs }) => { if (runs > 5) controller.abort(); },
    });
    expect(outcome.stopped).toBe('interrupted');
    expect(outcome.yaml).toContain('at-most-once-effects: holds');
  });

  it('says why there is nothing to shrink', async () => {
    const held = aScenario({ producers: [aProducer({ messages: 3 })], consumers: [aConsumer('consumer', { handler: { time: constant(1) } })] });
    await expect(shrink(held)).rejects.toThrow(NothingToShrinkError);
    await expect(shrink(held)).rejects.toThrow(/^The run held/);
  });
});
