import { describe, expect, it } from 'vitest';
import { HandleState } from '../../../history/index.js';
import { FIFO, history } from '../history-builder.js';

describe('zombie-ack-safe', () => {
  const taken = () => history(FIFO).sentTo(1).received(1);
  const first = taken().handle(1);

  it('is violated by an acknowledgement whose lease was replaced while it was on its way, and that put it to the test', () => {
    const run = taken().at(29.9).ackInvoke(1).at(30).expire(1).received(1, 'consumer-2').settle(1, HandleState.superseded, first);
    expect(run.verdict('zombie-ack-safe')).toMatchObject({ verdict: 'violated', count: 1, exercised: 1 });
  });

  it('is put to the test once by an acknowledgement that was asked for under a replaced handle', () => {
    const run = taken().at(30).expire(1).received(1, 'consumer-2').oldAckInvoke(1).settle(1, HandleState.superseded, first);
    expect(run.verdict('zombie-ack-safe')).toMatchObject({ verdict: 'violated', count: 1, exercised: 1 });
  });
});
