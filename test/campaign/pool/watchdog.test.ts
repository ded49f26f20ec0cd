import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { beat } from '../../../campaign/pool/pulse.js';
import { Watchdog } from '../../../campaign/pool/watchdog.js';

const LIMIT_MILLIS = 400;

function watching() {
  const ended: number[] = [];
  return { ended, dog: new Watchdog(LIMIT_MILLIS, (threadId) => ended.push(threadId)) };
}

/** As many steps, with something done before each, as make more than the limit. */
async function longerThanTheLimit(step: () => void = () => undefined): Promise<void> {
  for (let count = 0; count < 12; count++) {
    step();
    await pass(LIMIT_MILLIS / 8);
  }
}

describe('a watchdog', () => {
  it('ends the thread that is in one run for longer than the limit, once, and no other', async () => {
    const { ended, dog } = watching();
    const [stuck, waiting, over] = [dog.watch(), dog.watch(), dog.watch()];
    beat(stuck.pulse, 7);
    beat(over.pulse, 8);
    dog.release(over);
    await longerThanTheLimit();
    await longerThanTheLimit();
    expect([ended, stuck.isOverdue, waiting.isOverdue, over.isOverdue]).toEqual([[7], true, false, false]);
    dog.release(stuck);
    dog.release(waiting);
  });

  it('lets a worker be that begins one run after the other', async () => {
    const { ended, dog } = watching();
    const watched = dog.watch();
    await longerThanTheLimit(() => beat(watched.pulse, 7));
    expect(ended).toEqual([]);
    dog.release(watched);
  });

  it('counts no time in which it could not look', async () => {
    const { ended, dog } = watching();
    const watched = dog.watch();
    beat(watched.pulse, 7);
    const end = performance.now() + 2 * LIMIT_MILLIS;
    while (performance.now() < end) continue;
    await pass(0);
    expect(ended).toEqual([]);
    dog.release(watched);
  });
});
