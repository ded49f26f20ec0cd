import { dirname, resolve } from 'node:path';
import type { Scenario } from '../model.js';
import { mistaken, parsed, type Mistake } from './mistake.js';
import type { ReadTrace } from './expressions/trace.js';
import { parseScenario } from './parse-scenario.js';
import type { Problem } from './problem.js';
import { quoted } from './printable.js';
import { readSource } from './read-source.js';
import { ScenarioError } from './scenario-error.js';

export interface LoadOptions {
  /** What messages and results call the file; by default the path as given. */
  readonly name?: string;
  /** `path=value`, applied in order before anything is checked. */
  readonly overrides?: readonly string[];
}

/**
 * Reads and checks a scenario file.
 *
 * @param file as the user gave it; relative to the working directory
 * @throws ScenarioError with every mistake of the file
 */
export function loadScenario(file: string, options: LoadOptions = {}): Scenario {
  const name = options.name ?? file;
  const read = readSource(file, name);
  if (!read.ok) throw new ScenarioError(name, [withoutPlace(read.mistake)]);
  const { source, sha256 } = read.value;
  return parseScenario(source, { sha256, overrides: options.overrides ?? [], readTrace: traceReader(dirname(file)) });
}

/** Trace files are named relative to the scenario that names them. */
export function traceReader(folder: string): ReadTrace {
  return (name) => {
    const read = readSource(resolve(folder, name), name);
    if (read.ok) return parsed(read.value.source);
    const { message, expected } = read.mistake;
    return mistaken({ code: 'QL_SCENARIO_BAD_TRACE', message: `The trace file ${quoted(name)} cannot be used: ${message}`, ...(expected === undefined ? {} : { expected: 'a CSV file relative to the scenario' }) });
  };
}

function withoutPlace({ code, message, expected = '', nearest = null }: Mistake): Problem {
  return { code, message, expected, nearest, place: null };
}
