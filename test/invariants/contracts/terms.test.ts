import { expect, it } from 'vitest';
import { history, ORDERS } from '../history-builder.js';

const terms = (contract: typeof ORDERS, invariant: Parameters<ReturnType<typeof history>['verdict']>[0]): string | undefined => history(contract).sent(1).received(1).effect(1).acked(1).verdict(invariant).terms;

it('each verdict says what the contract of the run says of its promise', () => {
  expect(terms(ORDERS, 'lease-exclusive')).toBe('It must hold here, whatever strikes.');
  expect(terms({ ...ORDERS, strict: false }, 'lease-exclusive')).toBe('It must hold here; what excuses a breach: a queue that is not strict.');
  expect(terms(ORDERS, 'at-most-once-effects')).toMatch(/what excuses a breach: handlers that promise nothing.*; plain or ack-first handlers, and a send of which several copies were stored/);
});
