import type { MachineGroup } from './machines.js';
import { nearest } from './nearest.js';
import { quoted } from './printable.js';
import { asRecord } from './raw.js';
import type { Report } from './report.js';

/** Whether those that stay dead are machines that may, and whether any may. */
export function checkDead(raw: unknown, groups: readonly MachineGroup[], report: Report): void {
  const { dead, heal = 'all' } = asRecord(raw);
  const clients = groups.filter(({ path }) => path[0] !== 'broker').flatMap(({ machines }) => machines);
  const broker = groups.find(({ path }) => path[0] === 'broker')?.machines[0];
  for (const name of Object.keys(asRecord(dead))) {
    const path = ['dead', name];
    if (name === broker) {
      report(path, 'key', { code: 'QL_SCENARIO_CONFLICT', message: 'The broker is healed, always: nothing would be left to run.', expected: 'producers and consumers' });
    } else if (!clients.includes(name)) {
      report(path, 'key', { code: 'QL_SCENARIO_UNKNOWN_TARGET', message: `There is no machine ${quoted(name)}.`, expected: `one of ${clients.join(', ')}`, nearest: nearest(name, clients) });
    }
  }
  if (Object.keys(asRecord(dead)).length > 0 && heal === 'all') {
    report(['dead'], 'key', { code: 'QL_SCENARIO_CONFLICT', message: 'Nobody stays dead with heal: all.', expected: '`heal: core` beside it' });
  }
}
