import { describe, expect, it } from 'vitest';
import { runScenario } from '../../scenarios/index.js';
import { parse } from '../scenarios/format/given.js';

const countsOf = (text: string) => runScenario(parse(text)).measures.counts;
const SQS = (consumer: string, rate = '1000/s'): string => `name: receives\nduration: 10s\nqueues: { jobs: {} }\nproducers: { p: { queue: jobs, rate: ${rate}, messages: 100 } }\nconsumers: { c: { queue: jobs, ${consumer} } }\n`;

describe('receives that got messages', () => {
  it('are as many as it took to take a backlog, a batch at a time', () => {
    expect(countsOf(SQS('start: 2s, batchSize: 10, concurrency: 10'))).toMatchObject({ receives: 10, leased: 100 });
    expect(countsOf(SQS('start: 2s, batchSize: 1'))).toMatchObject({ receives: 100 });
  });

  it('are those that waited for their messages, too', () => {
    const counts = countsOf(SQS('batchSize: 1', '10/s'));
    expect(counts['receives']).toBe(100);
    expect(counts['polls']! - counts['empty-polls']!).toBeGreaterThan(90);
  });

  it('are none where messages are pushed', () => {
    expect(countsOf('name: pushed\npersonality: rabbitmq\nduration: 2s\nqueues: { jobs: {} }\nproducers: { p: { queue: jobs, rate: 10/s } }\nconsumers: { c: { queue: jobs, prefetch: 5 } }\n')).toMatchObject({ receives: 0 });
  });
});
