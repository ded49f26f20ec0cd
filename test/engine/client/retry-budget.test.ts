import { describe, expect, it } from 'vitest';
import { RetryBudget } from '../../../engine/index.js';

const sdk = { share: 0.2, burst: 100, timeoutCost: 2 };

describe('a retry budget', () => {
  it('has the retries that it may save up at the start, and no more', () => {
    const budget = new RetryBudget(sdk);
    for (let retry = 1; retry <= 100; retry += 1) expect(budget.take('connection', 1)).toBe(1);
    expect(budget.take('connection', 1)).toBeNull();
  });

  it('takes more after a timeout: half as many are there', () => {
    const budget = new RetryBudget(sdk);
    for (let retry = 1; retry <= 50; retry += 1) expect(budget.take('timeout', 1)).toBe(2);
    expect(budget.take('timeout', 1)).toBeNull();
  });

  it('takes for each message of a batch, for all of them or for none', () => {
    const budget = new RetryBudget({ ...sdk, burst: 15 });
    expect(budget.take('throttling', 10)).toBe(1);
    expect(budget.take('throttling', 10)).toBeNull();
    expect(budget.take('throttling', 5)).toBe(1);
  });

  it('earns its share with what succeeds at once, so that in the long run one message in five may be sent again', () => {
    const budget = new RetryBudget({ ...sdk, burst: 1 });
    let retries = 0;
    for (let message = 1; message <= 1000; message += 1) {
      budget.succeeded(0);
      if (budget.take('connection', 1) !== null) retries += 1;
    }
    expect(retries).toBeGreaterThan(195);
    expect(retries).toBeLessThan(205);
  });

  it('gets back what a retry cost that succeeded, and never holds more than it may', () => {
    const budget = new RetryBudget({ ...sdk, burst: 4 });
    const cost = budget.take('timeout', 1)!;
    expect(budget.tokens).toBe(2);
    budget.succeeded(cost);
    budget.succeeded(0);
    expect(budget.tokens).toBe(4);
  });
});
