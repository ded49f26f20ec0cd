import type { RunResult } from '../run-result.js';
import { counted } from './numbers.js';

/** What clients did to guard themselves and their broker, one line each; empty when they did nothing of it. */
export function guardLines({ measures }: RunResult): string[] {
  const count = (name: string): number => measures.counts[name] ?? 0;
  const lines: readonly (readonly [number, string])[] = [
    [count('retries-refused'), `${counted(count('retries-refused'), 'retry', 'retries')} refused: the retry budget was used up`],
    [count('breaker-opened'), `circuit breakers opened ${counted(count('breaker-opened'), 'time')}, and refused ${counted(count('breaker-refused'), 'send')}`],
    [count('buffer-full'), `a producer's buffer was full ${counted(count('buffer-full'), 'time')}`],
    [count('pauses'), `consumers paused ${counted(count('pauses'), 'time')}: their buffer was full`],
  ];
  return lines.filter(([often]) => often > 0).map(([, text]) => text);
}
