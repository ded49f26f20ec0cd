import { endingAt } from '../parts.js';
import { type Pass, tryFirst } from '../pass.js';
import { roundUp } from '../round-time.js';

/** What happens after the promise was broken cannot have broken it; but the end of the run may be what shows it. */
export const cutTheEnd: Pass = {
  name: 'cut the end',
  run: (scenario, attempt, { atMicros }) => {
    const ends = [atMicros, 2 * atMicros].map((until) => roundUp(until + 1)).filter((end) => end < scenario.durationMicros);
    return tryFirst(scenario, ends.map((end) => endingAt(scenario, end)), attempt);
  },
};
