import { describe, expect, it } from 'vitest';
import { handleState, handleTooOld, leaseEnd, passesLeaseCap } from '../../../engine/queue/lease.js';
import { State } from '../../../engine/queue/states.js';
import { HandleState } from '../../../history/index.js';

const rules = { maxLeaseMicros: 100 };

describe('lease', () => {
  it('ends a timeout after it began or was extended', () => expect(leaseEnd(40, 25)).toBe(65));

  it('may be extended up to the cap after the receive and not a microsecond beyond', () => {
    expect(passesLeaseCap(rules, 10, 50, 60)).toBe(false);
    expect(passesLeaseCap(rules, 10, 50, 61)).toBe(true);
  });

  it('leaves a handle that may settle until the cap', () => {
    expect(handleTooOld(rules, 10, 110)).toBe(false);
    expect(handleTooOld(rules, 10, 111)).toBe(true);
  });

  it('makes a handle current, expired or superseded', () => {
    expect(handleState(State.leased, 3, 3)).toBe(HandleState.current);
    expect(handleState(State.ready, 3, 3)).toBe(HandleState.expired);
    expect(handleState(State.leased, 3, 2)).toBe(HandleState.superseded);
    expect(handleState(State.ready, 3, 2)).toBe(HandleState.superseded);
  });
});
