import { describe, expect, it } from 'vitest';
import { sqs } from '../../../engine/index.js';
import { HOUR, MINUTE, SECOND, Stage } from './stage.js';

const limits = { ...sqs.broker.limits, maxSessions: 2, keepAliveMicros: 30 * SECOND };

describe('sessions whose client says nothing', () => {
  it('end, and make room for others, when nobody answers', () => {
    const stage = new Stage({ config: { limits } });
    const [gone, other] = [stage.client('gone'), stage.client('other')];
    gone.isAlive = false;
    expect(stage.client('third').isOpen).toBe(false);
    stage.world.pass(90 * SECOND);
    expect([gone.isOpen, other.isOpen]).toEqual([false, true]);
    expect(stage.client('third').isOpen).toBe(true);
  });

  it('stay while their client answers, or speaks by itself', () => {
    const stage = new Stage({ config: { limits } });
    const [quiet, busy] = [stage.client('quiet'), stage.client('busy')];
    busy.isAlive = false;
    for (let time = 0; time < HOUR; time += 25 * SECOND) {
      stage.world.pass(25 * SECOND);
      busy.counts();
    }
    expect([quiet.isOpen, busy.isOpen]).toEqual([true, true]);
    expect(quiet.counts()).toEqual([0, 0, 0]);
  });

  it('are not ended before a whole interval after they were asked', () => {
    const stage = new Stage({ config: { limits } });
    const client = stage.client('silent');
    client.isAlive = false;
    stage.world.pass(59 * SECOND);
    expect(client.isOpen).toBe(true);
  });

  it('take their long polls with them: what comes then is for others', () => {
    const stage = new Stage({ config: { limits: { ...limits, keepAliveMicros: 5 * SECOND } } });
    const [gone, other] = [stage.client('gone'), stage.client('other')];
    gone.post({ operation: 'receive', queue: 0, maxMessages: 1, timeoutMicros: null, waitMicros: 20 * SECOND });
    stage.world.pass(SECOND);
    gone.isAlive = false;
    stage.world.pass(16 * SECOND);
    other.send(1);
    expect(other.receiveOne().deliveryCount).toBe(1);
  });

  it('stay for ever where the personality asks for no sign of life', () => {
    const stage = new Stage({ config: { limits: { ...limits, keepAliveMicros: 0 } } });
    const client = stage.client('silent');
    client.isAlive = false;
    stage.world.pass(10 * MINUTE);
    expect(client.isOpen).toBe(true);
  });
});
