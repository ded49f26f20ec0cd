import { describe, expect, it } from 'vitest';
import { LateAcknowledgements } from '../../../invariants/facts/late-acknowledgements.js';

describe('late acknowledgements', () => {
  it('are those that were confirmed and took nothing out', () => {
    const late = new LateAcknowledgements();
    late.asked(1, 7);
    late.settled(1);
    late.confirmed(1, 11);
    late.asked(2, 7);
    late.confirmed(2, 12);
    expect([late.has(11), late.has(12)]).toEqual([false, true]);
  });

  it('are those, too, whose settlement a recovery did not bring back', () => {
    const late = new LateAcknowledgements();
    late.asked(1, 7);
    late.settled(1);
    late.brokerRecovers();
    late.confirmed(1, 11);
    expect(late.has(11)).toBe(true);
  });

  it('keep nothing of acknowledgements whose outcome stays unknown, whose consumer died, or that are settled when nobody waits', () => {
    const late = new LateAcknowledgements();
    for (let handle = 0; handle < 1000; handle++) {
      late.asked(handle, 7);
      late.endedOtherwise(handle);
      late.settled(handle);
    }
    late.asked(1000, 8);
    late.asked(1001, 9);
    late.consumerStops(8);
    expect(late.pending).toBe(1);
  });
});
