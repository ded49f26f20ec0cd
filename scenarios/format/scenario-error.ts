import { codeFrame } from './code-frame.js';
import { MAX_PROBLEMS, type Problem } from './problem.js';
import { printable } from './printable.js';

/**
 * Thrown when a scenario file cannot be used. It holds every mistake of the file, in the order of the text, at most
 * {@link MAX_PROBLEMS}. `code` is that of the first.
 */
export class ScenarioError extends Error {
  readonly code: string;
  readonly file: string;
  readonly problems: readonly Problem[];
  /** Mistakes beyond those listed. */
  readonly omitted: number;

  constructor(file: string, problems: readonly Problem[]) {
    const inFile = ({ place }: Problem): boolean => place === null || place.source.name === file;
    const ordered = [...problems.filter(inFile).sort(byPlace), ...problems.filter((problem) => !inFile(problem)).sort(byPlace)];
    const listed = ordered.slice(0, MAX_PROBLEMS);
    const omitted = ordered.length - listed.length;
    super([...listed.map((problem) => describeProblem(problem, file)), ...moreOf(omitted)].join('\n\n'));
    this.name = 'ScenarioError';
    this.code = listed[0]?.code ?? 'QL_SCENARIO_YAML';
    this.file = file;
    this.problems = listed;
    this.omitted = omitted;
  }
}

const start = ({ place }: Problem): number => place?.span.start ?? -1;
const byPlace = (a: Problem, b: Problem): number => start(a) - start(b);
const moreOf = (omitted: number): string[] => (omitted > 0 ? [`… and ${omitted} more.`] : []);

/** A mistake as people read it: place and code, the sentence, the code frame, what was expected. */
export function describeProblem(problem: Problem, file: string): string {
  const { code, message, expected, nearest, place } = problem;
  const rows = [
    `${placeOf(problem, file)}: ${code}`,
    `  ${message}${nearest === null ? '' : ` Did you mean "${printable(nearest)}"?`}`,
  ];
  if (place !== null) rows.push(indent(codeFrame(place.source, place.span)));
  if (expected !== '') rows.push(`  Expected ${expected}.`);
  return rows.join('\n');
}

function placeOf({ place }: Problem, file: string): string {
  if (place === null) return printable(file);
  const { line, column } = place.source.position(place.span.start);
  return `${printable(place.source.name)}:${line}:${column}`;
}

const indent = (text: string): string => text.replace(/^/gm, '    ');
