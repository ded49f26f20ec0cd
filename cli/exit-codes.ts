/** What the process's exit code says. A contract: scripts and builds depend on it. */
export const EXIT_CODES = {
  ok: 0,
  promiseBroken: 1,
  usage: 2,
  invalidScenario: 3,
  nothingSelected: 4,
  thresholdMissed: 5,
  inconclusive: 6,
  internalFault: 70,
  interrupted: 130,
  closedPipe: 141,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

const MEANINGS: Readonly<Record<keyof typeof EXIT_CODES, string>> = {
  ok: 'every expectation held',
  promiseBroken: 'a promise was broken, or a scenario that must break did not',
  usage: 'wrong use of the command line, or a report that cannot be written',
  invalidScenario: 'a scenario file is invalid; nothing was run or written',
  nothingSelected: 'nothing was selected to run',
  thresholdMissed: 'a performance threshold was missed, or something became worse than it may',
  inconclusive: 'inconclusive: a run ended before it could be judged, or is too short to be sure of a threshold',
  internalFault: 'a fault of queuelab itself',
  interrupted: 'interrupted; what was finished is written',
  closedPipe: 'the reader of the output went away (`| head`)',
};

/** The table for `--help`. */
export function describeExitCodes(): string {
  const names = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];
  return ['Exit codes:', ...names.map((name) => `  ${String(EXIT_CODES[name]).padStart(3)}  ${MEANINGS[name]}`)].join('\n');
}
