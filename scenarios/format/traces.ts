import type { DistributionSpec, Scenario } from '../model.js';
import { mistaken, parsed } from './mistake.js';
import type { ReadTrace } from './expressions/trace.js';
import { quoted } from './printable.js';
import { DURATION, formatQuantity, SIZE } from './quantities/index.js';
import { Source } from './source.js';

/** Trace files by the names that a scenario gives them: what {@link scenarioYaml} leaves beside the text. */
export type Traces = Readonly<Record<string, string>>;

/** The recorded values that a scenario draws from, as files that are read as the same values. */
export function tracesOf(scenario: Scenario): Traces {
  const traces = new Map<string, string>();
  visit(scenario, '', (spec, key) => {
    const dimension = key.endsWith('Bytes') ? SIZE : DURATION;
    traces.set(spec.file, spec.values.map((value) => formatQuantity(value, dimension)).join('\n'));
  });
  return Object.fromEntries(traces);
}

type Trace = Extract<DistributionSpec, { readonly kind: 'trace' }>;

/** The unit of a value is in the name of the field that holds it: only sizes are none of time. */
function visit(value: unknown, key: string, onTrace: (trace: Trace, key: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (isTrace(value)) onTrace(value, key);
  else if (Array.isArray(value)) for (const item of value) visit(item, key, onTrace);
  else for (const [name, item] of Object.entries(value)) visit(item, name, onTrace);
}

const isTrace = (value: object): value is Trace => 'kind' in value && value.kind === 'trace' && 'values' in value;

const notThere: ReadTrace = (file) => mistaken({ code: 'QL_SCENARIO_BAD_TRACE', message: `The trace file ${quoted(file)} does not come with the recorded run.` });

/** Reads traces that come with a scenario instead of files, and others as `orElse` does. */
export const readerOf = (traces: Traces, orElse: ReadTrace = notThere): ReadTrace => (file) => {
  const text = Object.hasOwn(traces, file) ? traces[file] : undefined;
  return text === undefined ? orElse(file) : parsed(new Source(file, text));
};
