import { expect, it } from 'vitest';
import { LatestName } from '../../../engine/client/latest-name.js';
import { Recorder } from '../../../history/index.js';

it('is the number that the history has for the name, whatever was asked for before', () => {
  const recorder = new Recorder({ time: { now: 0 }, keep: 'off' });
  const latest = new LatestName(recorder);
  for (const name of ['orders', 'orders', 'bills', 'orders', '', 'bills']) expect(latest.of(name)).toBe(recorder.name(name));
});
