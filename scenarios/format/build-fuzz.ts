import type { FuzzSpec, Setting } from '../model.js';
import { nearest } from './nearest.js';
import { quoted } from './printable.js';
import type { Report } from './report.js';
import { fuzzSection, type ParsedFuzz } from './schema/fuzz-section.js';

export function buildFuzz({ size, delay, handlerTime, vary, faults, ...same }: ParsedFuzz): FuzzSpec {
  return {
    ...same,
    sizeBytes: size,
    delayMicros: delay,
    handlerTimeMicros: handlerTime,
    vary: Object.entries(vary).map(([path, values]) => ({ path, values })),
    faults: { only: faults.only, without: faults.without, count: faults.count, forMicros: faults.for },
  };
}

/** The inverse of {@link buildFuzz}. */
export function unbuildFuzz({ sizeBytes, delayMicros, handlerTimeMicros, vary, faults, ...same }: FuzzSpec): ParsedFuzz {
  return {
    ...same,
    size: sizeBytes,
    delay: delayMicros,
    handlerTime: handlerTimeMicros,
    vary: Object.fromEntries(vary.map(({ path, values }) => [path, values])),
    // Its words are those that the format has: a program that writes others writes what cannot be read.
    faults: { only: faults.only, without: faults.without, count: faults.count, for: faults.forMicros } as unknown as ParsedFuzz['faults'],
  };
}

/** What `fuzz` varies in a scenario that says nothing of it. */
export const DEFAULT_FUZZ: FuzzSpec = buildFuzz(fuzzSection.parse({}));

const MAX_LISTED = 10;

/** Whether what is to be varied is there. Whether its values are possible is seen when they are set. */
export function checkKnobs(fuzz: FuzzSpec, settings: readonly Setting[], report: Report): void {
  const paths = settings.map(({ path }) => path);
  for (const { path } of fuzz.vary) {
    if (paths.includes(path)) continue;
    const near = nearest(path, paths);
    report(['fuzz', 'vary', path], 'key', {
      code: 'QL_SCENARIO_UNKNOWN_KEY',
      message: `The scenario has no setting ${quoted(path)}.`,
      expected: `the path of a setting, such as ${paths.filter((candidate) => candidate.includes('.')).slice(0, MAX_LISTED).join(', ')}`,
      nearest: near,
    });
  }
}
