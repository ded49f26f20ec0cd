import { describe, expect, it } from 'vitest';
import { Event, type MessageEvent, type MessageState, nextState, REFUSED, State, TRANSITIONS } from '../../../engine/queue/states.js';

const states: MessageState[] = ['delayed', 'ready', 'leased', 'settled'];
const events: MessageEvent[] = ['mature', 'lease', 'extend', 'release', 'expire', 'settle', 'move', 'drop'];

/** The table of the file's comment, row by row; "." is a refusal. */
const table: Record<MessageState, string> = {
  delayed: 'ready . . . . . . settled',
  ready: '. leased leased ready . settled settled settled',
  leased: '. . leased ready ready settled . settled',
  settled: '. . . . . settled . .',
};

describe('states of a message', () => {
  for (const state of states) {
    for (const [index, event] of events.entries()) {
      const expected = table[state].split(' ')[index]!;
      it(`${state} × ${event}: ${expected === '.' ? 'refused' : expected}`, () => {
        expect(TRANSITIONS[state][event]).toBe(expected === '.' ? 'refused' : expected);
        expect(nextState(State[state], Event[event])).toBe(expected === '.' ? REFUSED : State[expected as MessageState]);
      });
    }
  }

  it('never leaves settled', () => {
    expect(events.map((event) => TRANSITIONS.settled[event]).filter((next) => next !== 'refused' && next !== 'settled')).toEqual([]);
  });
});
