import { expect, it } from 'vitest';
import { TurnQueue } from '../../live/index.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('keeps the order of what is deferred, and puts first what is to be first', async () => {
  const turns = new TurnQueue();
  const order: string[] = [];
  turns.defer(() => order.push('first'));
  turns.deferWith((text: string) => order.push(text), 'second');
  turns.deferFirst(() => order.push('the disk'));
  expect(order).toEqual([]);
  await turn();
  expect(order).toEqual(['the disk', 'first', 'second']);
});

it('hears the disk between two messages, and the messages between what the disk leads to', async () => {
  const turns = new TurnQueue();
  const order: string[] = [];
  turns.defer(() => {
    order.push('first');
    turns.deferFirst(() => {
      order.push('write');
      turns.deferFirst(() => order.push('sync'));
    });
  });
  turns.defer(() => order.push('second'));
  turns.defer(() => order.push('third'));
  await turn();
  expect(order).toEqual(['first', 'write', 'second', 'sync', 'third']);
});

it('lets nobody starve: a chain of completions takes turns with the messages', async () => {
  const turns = new TurnQueue();
  let completions = 0;
  const again = (): void => {
    completions += 1;
    if (completions < 1000) turns.deferFirst(again);
  };
  turns.deferFirst(again);
  let seen = -1;
  turns.defer(() => {
    seen = completions;
  });
  await turn();
  expect(seen).toBe(1);
  while (completions < 1000) await turn();
});
