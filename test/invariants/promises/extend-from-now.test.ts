import { describe, expect, it } from 'vitest';
import { history, SECOND, withOrders } from '../history-builder.js';

const LEASES = { leaseMicros: [30 * SECOND] };
/** A consumer that lost the answer to a receive asks for the same again. */
const repeating = () => history(withOrders({ ...LEASES, repeatsReceives: true }));

describe('extend-from-now', () => {
  it('is violated by an extension of another length than was asked for', () => {
    const run = history(withOrders(LEASES)).sent(1).received(1).at(10).extendInvoke(1, 5).extendLease(1, 30);
    expect(run.withVerdict('violated')).toEqual(['extend-from-now']);
    expect(run.verdict('extend-from-now').first?.text).toContain('was made to last 30s from 10.000s; consumers had asked for 5s');
  });

  describe('where receives are repeated under their attempt ids', () => {
    it('holds for a lease that such a receive begins anew, whatever was asked for before', () => {
      const run = repeating().sent(1).received(1).at(10).extendInvoke(1, 5).extendLease(1, 5).at(15).expire(1).grant(1).at(20).extendLease(1, 30).deliver(1).at(50).expire(1);
      expect(run.withVerdict('violated')).toEqual([]);
      expect(run.verdict('extend-from-now').verdict).toBe('holds');
    });

    it('holds when that lease is shorter than what was asked for once', () => {
      const run = repeating().sent(1).received(1).at(10).extendInvoke(1, 50).extendLease(1, 50).at(60).expire(1).grant(1).at(61).extendLease(1, 30).deliver(1).at(91).expire(1);
      expect(run.withVerdict('violated')).toEqual([]);
    });

    it('is violated by one that begins anew with a length that no receive asks for', () => {
      const run = repeating().sent(1).received(1).at(10).extendInvoke(1, 5).extendLease(1, 5).at(12).extendLease(1, 20);
      expect(run.withVerdict('violated')).toEqual(['extend-from-now']);
    });

    it('such a lease may not end before its time', () => {
      const run = repeating().sent(1).received(1).at(10).extendLease(1, 30).at(39).expire(1);
      expect(run.withVerdict('violated')).toEqual(['lease-not-early']);
    });
  });
});
