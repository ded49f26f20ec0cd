import { expect, it } from 'vitest';
import { history, ORDERS, withHandlers, withProducer } from '../history-builder.js';

const terms = (contract: typeof ORDERS, invariant: Parameters<ReturnType<typeof history>['verdict']>[0]): string | undefined => history(contract).sent(1).received(1).effect(1).acked(1).verdict(invariant).terms;
const only = (contract: typeof ORDERS): typeof ORDERS => ({ ...contract, queues: contract.queues.filter(({ name }) => name !== 'other') });

it('each verdict says what the contract of the run says of its promise', () => {
  expect(terms(ORDERS, 'lease-exclusive')).toBe('It must hold here, whatever strikes.');
  expect(terms({ ...ORDERS, clockDrift: 0.01 }, 'lease-exclusive')).toBe("It must hold here; what excuses a breach: a drifting clock, within the drift's bound.");
});

it('what the configuration alone excuses need not hold, whatever else might excuse it', () => {
  expect(terms({ ...ORDERS, strict: false, clockDrift: 0.01 }, 'lease-exclusive')).toBe('It need not hold here: the queues are not strict.');
  expect(terms(ORDERS, 'at-most-once-effects')).toBe('It need not hold here: the handlers of orders, other are plain.');
  expect(terms(ORDERS, 'exactly-once-effects')).toBe('It need not hold here: the handlers of orders, other are plain.');
  expect(terms(only(withHandlers('plain', 'inbox')), 'exactly-once-effects')).toBe('It need not hold here: the handlers of orders are plain and inbox.');
  expect(terms(only(withHandlers('ack-first')), 'exactly-once-effects')).toBe('It need not hold here: the handlers of orders are ack-first.');
  // Acknowledging first promises no more than one effect: that must hold.
  expect(terms(only(withHandlers('ack-first')), 'at-most-once-effects')).toMatch(/^It must hold here; what excuses a breach: ack-first handlers, and an acknowledgement/);
});

it('the faults that take what was stored are one phrase', () => {
  expect(terms(only(withHandlers('inbox')), 'exactly-once-effects')).toBe('It must hold here; what excuses a breach: what is lost by a replaced disk, damage on the disk, should one strike.');
});

it('what would excuse a breach is told apart by whether the scenario has the fault that it takes', () => {
  const contract = { ...only(withHandlers('inbox')), broker: { ...ORDERS.broker, flush: 'never' as const } };
  expect(terms({ ...contract, brokerFaults: ['power-loss'] }, 'exactly-once-effects'))
    .toBe('It must hold here; what excuses a breach: what is lost by a power loss (elsewhere, what is lost by a failed sync, a replaced disk, damage on the disk).');
  expect(terms({ ...contract, brokerFaults: ['pause'] }, 'exactly-once-effects'))
    .toBe('It must hold here: nothing in this scenario excuses a breach (elsewhere, what is lost by a power loss, a failed sync, a replaced disk, damage on the disk).');
});

it('what a restart takes takes a fault that restarts the broker', () => {
  const contract = { ...withProducer({ sendsTransient: true }), brokerFaults: ['disk-full'] };
  expect(terms(contract, 'acked-send-not-lost')).toMatch(/^It must hold here; what excuses a breach: messages with `persistent: false` in a classic queue, after a restart of the broker \(elsewhere, /);
  expect(terms({ ...contract, brokerFaults: ['pause'] }, 'acked-send-not-lost')).toMatch(/^It must hold here: nothing in this scenario excuses a breach \(elsewhere, messages with/);
});
