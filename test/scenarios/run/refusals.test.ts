import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../scenarios/index.js';
import { keyFigures } from '../../../reports/words/key-figures.js';
import { parse } from '../format/given.js';
import { rowsOf } from '../rows-of.js';

const run = (file: string) => runScenario(parse(`name: demo\npersonality: rabbitmq\nduration: 5s\nstopWhenDone: false\n${file}`), { seed: '1' });
const figures = (result: ReturnType<typeof run>) => Object.fromEntries(keyFigures(result).map(({ label, value, note }) => [label, `${value}: ${note}`]));

describe('a run tells what the broker refused', () => {
  it('SQS: a request, by the code of its error, with the message whose send it was', () => {
    const { rows, result } = rowsOf(parse('name: demo\nduration: 5s\nqueues: { jobs: {} }\nproducers: { web: { queue: jobs, rate: 1/s, messages: 3, size: 1025KiB } }\nconsumers: { one: { queue: jobs } }\n'));
    expect(result.measures.refusals).toEqual([{ code: 'InvalidParameterValue', closed: 'nothing', count: 3 }]);
    expect(figures(result)['Requests refused']).toBe('3: by the broker: InvalidParameterValue');
    const refused = rows.filter(({ event }) => event === 'refused');
    expect(refused.map(({ actor, dest, message }) => [actor, dest, message])).toEqual([1, 2, 3].map((message) => ['web', 'jobs', message]));
    expect(result.measures.counts).toMatchObject({ 'send-rejected': 3, 'channels-closed': 0, 'connections-closed': 0 });
  });

  it('the second consumer of a queue that another has for itself: 403, again and again', () => {
    const result = run(`
queues: { jobs: {} }
producers: { web: { queue: jobs, rate: 10/s } }
consumers:
  one: { queue: jobs, exclusive: true }
  other: { queue: jobs, start: 1s, stop: 4500ms, retry: { backoffBase: 1s, backoffCap: 1s, jitter: none } }
`);
    expect(result.measures.refusals).toEqual([{ code: '403 ACCESS_REFUSED', closed: 'channel', count: 4 }]);
    expect(figures(result)['Channels closed']).toBe('4: by the broker: 403 ACCESS_REFUSED');
    expect(result.measures.consumers!.map(({ name }) => name)).toEqual(['one']);
  });

  it('a queue that is gone: 404; and an exchange that nobody may publish to: 403', () => {
    const result = run(`
exchanges: { inner: { internal: true } }
queues: { jobs: { autoDelete: true }, other: {} }
producers:
  web: { exchange: inner, routingKey: x, rate: 1/s, messages: 1, retry: { attempts: 1 } }
consumers:
  one: { queue: jobs, stop: 1s }
  late: { queue: jobs, start: 2s, retry: { backoffBase: 10s, backoffCap: 10s, jitter: none } }
`);
    expect(result.measures.refusals).toEqual([{ code: '403 ACCESS_REFUSED', closed: 'channel', count: 1 }, { code: '404 NOT_FOUND', closed: 'channel', count: 1 }]);
    expect(figures(result)['Channels closed']).toBe('2: by the broker: 1 403 ACCESS_REFUSED, 1 404 NOT_FOUND');
  });

  it('what an operator asked for in vain, with its code', () => {
    const result = run(`
queues: { jobs: { autoDelete: true } }
producers: { web: { queue: jobs, rate: 1/s, messages: 2 } }
consumers: { one: { queue: jobs, stop: 3s } }
operators: { sam: { actions: [{ do: purge, queue: jobs, at: 4s }] } }
`);
    expect(result.operators).toMatchObject({ actions: [{ outcome: '404 NOT_FOUND' }] });
  });
});
