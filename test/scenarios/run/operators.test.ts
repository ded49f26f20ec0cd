import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario, runScenario } from '../../../scenarios/index.js';
import { parse } from '../format/given.js';
import { rowsOf } from '../rows-of.js';

const SECOND = 1_000_000;
const redrive = loadScenario(join(import.meta.dirname, '../../../scenarios/dead-letter-redrive/with-alert.yaml'));

function rowsAndVerdicts(text: string) {
  const { rows, result } = rowsOf(parse(text));
  const delivered = rows.filter(({ event }) => event === 'deliver').map(({ timeMicros }) => timeMicros);
  return { operators: result.operators, verdicts: result.verdicts, result: { firstDelivery: Math.min(...delivered), delivered: delivered.length } };
}

describe('operators in a run', () => {
  it('raise an alert when a queue holds too much, once, and do what is planned after it', () => {
    const { operators } = runScenario(redrive);
    expect(operators!.alerts).toHaveLength(1);
    const [alert] = operators!.alerts;
    expect(alert).toMatchObject({ operator: 'on-call', queue: 'orders-dead' });
    expect(alert!.depth).toBeGreaterThanOrEqual(5);
    const [action] = operators!.actions;
    expect(action).toEqual({ atMicros: alert!.atMicros + 240 * SECOND, operator: 'on-call', action: 'redrive', queue: 'orders-dead', outcome: 'ok' });
  });

  it('have done what was planned while they only look', () => {
    const { result } = rowsOf(parse(`
name: left-over
duration: 10s
drain: 20s
queues: { orders: {}, other: {} }
producers: { shop: { queue: orders, rate: 1/s, messages: 5 } }
consumers: { late: { queue: orders, handler: { time: 1h } } }
operators: { on-call: { watch: { queue: orders, atLeast: 100, every: 10s }, actions: [{ at: 1s, do: purge, queue: other }] } }
`));
    expect(result.operators!.actions).toMatchObject([{ outcome: 'ok' }]);
    const drains = result.verdicts.find(({ invariant }) => invariant === 'drains')!;
    expect(drains.verdict).not.toBe('holds');
    expect(JSON.stringify(drains)).toContain('late');
    expect(JSON.stringify(result)).not.toContain('The operator');
  });

  it('do what was due while their machine was down when it is up again', () => {
    const faults = [{ at: 200 * SECOND, fault: 'crash', target: 'on-call', for: 300 * SECOND }];
    const { operators, measures } = runScenario({ ...redrive, faults });
    expect(operators!.actions).toMatchObject([{ atMicros: 500 * SECOND, outcome: 'ok' }]);
    expect(measures.counts['redriven']).toBe(200);
  });

  it('try again when the broker is away, and say what it answered', () => {
    const { operators, measures } = runScenario(parse(`
name: purge
duration: 60s
stopWhenDone: false
queues: { jobs: {} }
producers: { p: { queue: jobs, rate: 10/s, messages: 100 } }
operators:
  on-call:
    actions:
      - { at: 20s, do: purge, queue: jobs }
      - { at: 30s, do: purge, queue: jobs }
      - { at: 31s, do: configure, queue: jobs, visibilityTimeout: 5s }
    retry: { attempts: 20 }
faults:
  - { at: 19s, fault: crash, target: broker, for: 5s }
`));
    expect(operators!.actions.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['purge ok', 'purge PurgeQueueInProgress', 'configure ok']);
    expect(measures.counts['dropped']).toBe(100);
  });

  it('cancel a message move task: what was moved stays moved, the rest stays where it is, and there is nothing to cancel after that', () => {
    const actions = [
      { time: { kind: 'at', micros: 400 * SECOND }, action: { kind: 'redrive', queue: 'orders-dead', to: null, ratePerSecond: 5 } },
      { time: { kind: 'at', micros: 410 * SECOND + 100_000 }, action: { kind: 'cancelRedrive', queue: 'orders-dead' } },
      { time: { kind: 'at', micros: 420 * SECOND }, action: { kind: 'cancelRedrive', queue: 'orders-dead' } },
    ] as const;
    const { operators, measures, verdicts } = runScenario({ ...redrive, operators: [{ ...redrive.operators![0]!, watch: null, actions }] });
    expect(operators!.actions.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['redrive ok', 'cancelRedrive ok', 'cancelRedrive ResourceNotFoundException']);
    expect(measures.counts['redriven']).toBe(51);
    expect(verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });

  it('purge a queue that takes a while for it: what is sent meanwhile goes, too, and nothing that the judge knows is broken', () => {
    const { operators, verdicts, result } = rowsAndVerdicts(`
name: purge
duration: 60s
queues: { jobs: { purgeTakes: 10s } }
producers: { p: { queue: jobs, rate: 10/s, messages: 400 } }
consumers: { c: { queue: jobs, start: 40s } }
operators: { on-call: { actions: [{ at: 20.05s, do: purge, queue: jobs }] } }
`);
    expect(operators!.actions).toMatchObject([{ action: 'purge', outcome: 'ok' }]);
    expect(verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
    // Sent until 30.05 s: 301 of 400.
    expect(result.delivered).toBe(99);
  });

  it('give a FIFO queue another delay, which holds for what is in it: nothing that the judge knows is broken', () => {
    const { operators, verdicts, result } = rowsAndVerdicts(`
name: delays
duration: 120s
queues: { jobs.fifo: { fifo: true } }
producers: { p: { queue: jobs.fifo, rate: 10/s, messages: 100, groups: 5 } }
consumers: { c: { queue: jobs.fifo, start: 11s, handler: { time: 10ms } } }
operators:
  on-call:
    actions:
      - { at: 9.9s, do: configure, queue: jobs.fifo, delay: 60s }
      - { at: 30s, do: configure, queue: jobs.fifo, delay: 40s }
`);
    expect(operators!.actions.map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
    expect(verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
    expect(result.firstDelivery).toBeGreaterThanOrEqual(40 * SECOND);
    expect(result.delivered).toBe(100);
  });

  it('give a queue attributes that take a while: nothing that the judge knows is broken', () => {
    const { operators, verdicts, result } = rowsAndVerdicts(`
name: slow-attributes
duration: 120s
queues: { jobs: { retention: 1h, attributesTake: 20s, retentionTakes: 40s } }
producers: { p: { queue: jobs, rate: 10/s, messages: 100 } }
consumers: { c: { queue: jobs, start: 75s } }
operators: { on-call: { actions: [{ at: 1s, do: configure, queue: jobs, delay: 30s, retention: 1min }] } }
`);
    expect(operators!.actions).toMatchObject([{ action: 'configure', outcome: 'ok' }]);
    expect(verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
    // Sent within ten seconds, they were a minute old at 70 s.
    expect(result.delivered).toBe(0);
  });

  it('and what became of it, are in the history', () => {
    const { rows } = rowsOf(redrive);
    const told = rows.filter(({ event }) => event === 'alert' || event.startsWith('operate'));
    expect(told).toMatchObject([
      { event: 'alert', actor: 'on-call', dest: 'orders-dead' },
      { event: 'operate-invoke', actor: 'on-call', dest: 'orders-dead', operation: 'redrive' },
      { event: 'operate-end', actor: 'on-call', dest: 'orders-dead', operation: 'redrive', operationOutcome: 'ok' },
    ]);
  });

  it('leave no trace in the result of a run without them', () => {
    const { operators: _operators, ...alone } = redrive;
    expect(runScenario(alone)).not.toHaveProperty('operators');
  });
});

describe('operators of RabbitMQ', () => {
  const policies = () => loadScenario(join(import.meta.dirname, '../../../scenarios/rabbitmq/policies.yaml'));

  it('watch a queue, set a policy, and hear what became of it', () => {
    const { operators } = runScenario(policies());
    expect(operators!.alerts).toMatchObject([{ operator: 'sam', queue: 'jobs' }]);
    expect(operators!.actions).toMatchObject([{ action: 'setPolicy', queue: 'emergency', outcome: 'ok' }]);
  });

  it('ask again when the connection is lost, and hear what is refused', () => {
    const scenario = policies();
    const at = { kind: 'at', micros: 5 * SECOND } as const;
    const actions = [{ time: at, action: { kind: 'clearPolicy', queue: 'nobody', isOperator: false } }, { time: at, action: { kind: 'purge', queue: 'jobs' } }] as const;
    const { operators } = runScenario({
      ...scenario, operators: [{ ...scenario.operators![0]!, watch: null, actions }], faults: [{ at: 4.9 * SECOND, fault: 'crash', target: 'broker', for: SECOND }],
    });
    expect(operators!.actions.map(({ action, outcome }) => [action, outcome])).toEqual([['clearPolicy', "policy 'nobody' not found"], ['purge', 'ok']]);
  });
});
